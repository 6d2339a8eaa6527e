import type { Source } from '#lib/policy';
import { law, lawSources } from '../../../test/support/law';
import { changesBetween } from './changes';
import type { Change } from './changes.view';
import { readable } from './readable';

const shipped = lawSources();
const read = (sources: readonly Source[]) => {
  const ruleset = law([...sources]);
  return { ...readable(ruleset, sources), content: ruleset.content };
};
const before = read(shipped);

interface Role {
  code: string;
  permissions: string[];
  incompatible: { role: string; reach: string }[];
}
interface Content {
  roles: Role[];
  machineClients: { permissions: string[] };
  choice: object[];
  instruments: { settles: string[] }[];
  limits: { retentionDays: number };
  steps: { id: string; needs?: string }[];
  facts: Record<string, string>;
}
function changed(file: string, change: (content: Content) => unknown): Change[] {
  const sources = structuredClone(shipped);
  change(sources.find((source) => source.file === file)!.content as Content);
  return changesBetween(before, read(sources));
}
const role = (roles: Role[], code: string): Role => roles.find((one) => one.code === code)!;

test('a right that is taken away is told as one', () => {
  expect(
    changed('roles.yaml', ({ roles }) => {
      const isb = role(roles, 'ISB');
      isb.permissions = isb.permissions.filter((one) => one !== 'audit.read');
      role(roles, 'ADMIN').permissions.push('audit.read');
    }),
  ).toEqual([
    {
      name: 'Rolle Plattform-Administration',
      before: [],
      after: ['Recht gegeben: Protokoll lesen und prüfen'],
    },
    {
      name: 'Rolle Informationssicherheitsbeauftragte/r',
      before: ['Recht: Protokoll lesen und prüfen'],
      after: ['Recht entzogen: Protokoll lesen und prüfen'],
    },
  ]);
});

test('a conflict that is loosened or new is told at both roles, and what a programme may do', () => {
  expect(
    changed('roles.yaml', ({ roles, machineClients }) => {
      role(roles, 'LEGAL').incompatible = [{ role: 'OPENDATA', reach: 'ANYWHERE' }];
      machineClients.permissions.push('reveal.read');
    }),
  ).toEqual([
    expect.objectContaining({
      name: 'Rolle Datennutzer/in',
      after: ['Unvereinbarkeit aufgehoben: Rechtsamt / Vertragsprüfung in derselben Stelle'],
    }),
    expect.objectContaining({
      name: 'Rolle Rechtsamt / Vertragsprüfung',
      after: [
        'Unvereinbarkeit aufgehoben: Datennutzer/in in derselben Stelle',
        'Unvereinbarkeit neu: Open-Data-Koordination',
      ],
    }),
    expect.objectContaining({
      name: 'Rolle Open-Data-Koordination',
      after: ['Unvereinbarkeit neu: Rechtsamt / Vertragsprüfung'],
    }),
    {
      name: 'Fachverfahren',
      before: [],
      after: ['Recht gegeben: lesen, wann Personen im Protokoll offengelegt werden'],
    },
  ]);
});

test('another choice of the instrument is told in words', () => {
  const [choice] = changed('instruments.yaml', (content) => {
    content.choice = content.choice.filter((_, at) => at !== 2);
  });
  expect(choice!.name).toBe('Formen der Vereinbarung: welche gilt');
  expect(choice!.before[0]).toMatch(
    /^3\. Vermerk über die Weitergabe: .* Gilt: Wie offen das Datenprodukt ist: offen und /,
  );
});

test.each<[string, (content: Content) => unknown, string]>([
  ['obligations.yaml', ({ limits }) => (limits.retentionDays += 1), 'Eintrag obligations'],
  ['vocabulary.yaml', ({ facts }) => (facts.form = 'Gestalt der Daten'), 'Eintrag vocabulary'],
  ['approvals.yaml', ({ steps }) => (steps.find(({ id }) => id === 'GS')!.needs = 'ADMISSION'), 'Eintrag approvals GS'],
  [
    'instruments.yaml',
    ({ instruments }) => instruments[0]!.settles.push('Aktenzeichen'),
    'Form der Vereinbarung: Vermerk über die Weitergabe',
  ],
])('nothing that gives another hash goes unseen: %s', (file, change, name) => {
  expect(changed(file, change).map((one) => one.name)).toContain(name);
});

test('comments, order and cases are no change', () => {
  expect(changed('roles.yaml', ({ roles }) => roles.reverse())).toEqual([]);
  const without = shipped.filter(({ file }) => file !== 'cases/general.yaml');
  expect(changesBetween(before, read(without))).toEqual([]);
});
