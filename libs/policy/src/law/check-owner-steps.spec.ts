import type { UnitKind } from '../facts/lists';
import { approvalsSchema } from './law.schema';
import { checkOwnerSteps } from './check-owner-steps';
import type { RoleCode } from './roles';

type Kinds = Exclude<UnitKind, 'ABTEILUNG'>[];

const step = { id: 'OWNER', name: 'Entscheidung', role: 'OWNER', kind: 'APPROVE', seat: 'PROVIDER', rank: 60 };
const book = (roleAt: Record<string, string>, kinds: { owner: Kinds; works: Kinds }) => {
  const faults: string[] = [];
  checkOwnerSteps(
    approvalsSchema.parse({
      source: 'Probe',
      steps: [{ ...step, workingDays: 5, deputy: true, source: 'Probe', roleAt }],
      chains: [{ id: 'A0', name: 'Ohne', steps: [], source: 'Probe' }],
    }),
    [
      { code: 'OWNER', answersForProductsOf: kinds.owner },
      { code: 'EB_OWNER' as RoleCode, answersForProductsOf: kinds.works },
    ],
    (file, id, text) => void faults.push(`${file} ${id}: ${text}`),
  );
  return faults;
};
const apart: { owner: Kinds; works: Kinds } = { owner: ['AMT'], works: ['EIGENBETRIEB'] };

it('the role that answers for a product decides the step of its owner', () => {
  expect(book({ EIGENBETRIEB: 'EB_OWNER' }, apart)).toEqual([]);
});

it('a kind whose step falls back to another role is named, and what would mend it', () => {
  expect(book({}, apart)).toEqual([
    expect.stringMatching(/^approvals\.yaml OWNER: .*`EIGENBETRIEB`.*`EB_OWNER`.*`OWNER`.*`roleAt` bei `EIGENBETRIEB`/),
  ]);
});

it('a kind that answers to the plain role may not be given to another one', () => {
  expect(book({ EIGENBETRIEB: 'EB_OWNER', OFFICE: 'EB_OWNER' }, apart)).toHaveLength(1);
});
