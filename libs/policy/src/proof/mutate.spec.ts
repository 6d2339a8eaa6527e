import { law, lawSources } from '../../../../test/support/law';
import type { RuleText } from '../law/law.schema';
import { type Loosening, looseningsOf } from './loosen';
import { Mutation, sampleOf } from './mutate';

const sources = lawSources();
const ruleset = law(sources);
const all = looseningsOf(sources, ruleset);
const mutation = new Mutation(sources, ruleset);

const shown = ({ kind, id, edit }: Loosening): string => `${kind} ${id}: ${edit.words}`;

test('every rule that refuses, asks or binds, every cell that does not simply permit, and every step of a chain is loosened', () => {
  const loosenedIds = (...kinds: Loosening['kind'][]) =>
    new Set(all.flatMap(({ id, kind }) => (kinds.includes(kind) ? [id] : [])));
  const protective = ruleset.rules.filter(({ effect, variants = [{}] }) =>
    variants.some((own: Partial<RuleText>) => !['permit', 'note'].includes(own.effect ?? effect ?? 'note')),
  );
  expect(protective.map(({ id }) => id).filter((id) => !loosenedIds('RULE').has(id))).toEqual([]);
  const cells = ruleset.cells.filter(({ effect }) => effect !== 'PERMIT').map(({ id }) => id);
  expect(cells.filter((id) => !loosenedIds('CELL').has(id))).toEqual([]);
  for (const { id, steps } of ruleset.chains)
    expect(all.filter((one) => one.kind === 'STEP' && one.id === id)).toHaveLength(steps.length);
});

// by chance, but the same in each run; all of them: npm run policy -- mutate
const SAMPLE = 24;
const whole = all.filter(({ kind }) => ['RULE', 'STEP', 'CELL'].includes(kind));
test.each(sampleOf(whole, SAMPLE, 1).map((one) => [shown(one), one] as const))(
  'a law book loosened by %s is noticed, or decides the same',
  (_, one) => {
    expect(mutation.fate(one).kind).not.toBe('SURVIVED');
  },
  180_000,
);

test('what no case and no principle notices is told', () => {
  const silent = new Mutation(
    sources.filter(({ file }) => !file.startsWith('cases/') || file === 'cases/fixtures.yaml'),
    ruleset,
  );
  // another rule asks for A4 as well: only where it becomes A5 the cell alone says so
  const eased = all.find(
    ({ id, edit }) => id === 'M:RESTRICTED-AGGREGATED:OTHER_PUBLIC' && edit.words === 'PERMIT statt A4',
  );
  expect(silent.fate(eased!)).toEqual({ kind: 'SURVIVED', by: null });
  expect(mutation.fate(eased!).kind).toBe('CASE');
}, 180_000);
