import { law, lawSources, someFacts } from '../../../../test/support/law';
import { someInputs } from '../../../../test/bench/policy/inputs';
import { COLUMN, type Decision, decide, type Facts, readCases, type Ruleset, SECRECY, type Source } from '..';

// A legal basis is a word of whoever asks. That one is named lets data about persons go at all; where the word of one lifts
// what another rule forbids, somebody must look at it.

const sources = lawSources();
const ruleset = law(sources);

/** Refusals for want of any basis that carries: naming one is all that they ask. */
const ANY_BASIS = [
  'legal_basis_missing',
  'task_missing',
  'basis_not_carrying',
  'special_basis_missing',
  'criminal_basis_missing',
];
const stepsOf = ({ chain }: Decision): string[] => chain?.stages.flat().map(({ id }) => id) ?? [];

/** Rules that refuse, apart from those that only ask for any basis. */
const refusing = ({ outcome, because, rules }: Decision): string[] =>
  outcome === 'FORBID'
    ? because
        .filter(({ rule, code }) => rules.includes(rule) && !ANY_BASIS.includes(code ?? ''))
        .map(({ rule }) => rule)
    : [];

/** Rules whose refusal the word of a basis lifts without anybody who looks, with that basis. */
function believed(by: Ruleset, requests: readonly Facts[]): string[] {
  const found = new Set<string>();
  for (const facts of requests) {
    const asked = refusing(decide(by, facts));
    for (const { code } of by.legalBases) {
      const others = facts.legalBasis.filter((one) => one !== code);
      const lifted =
        others.length < facts.legalBasis.length ? refusing(decide(by, { ...facts, legalBasis: others })) : asked;
      if (lifted.length === 0) continue;
      const now = decide(by, { ...facts, legalBasis: [...others, code] });
      if (now.outcome !== 'FORBID' && stepsOf(now).length === 0)
        for (const rule of lifted) found.add(`${rule}: ${code}`);
    }
  }
  return [...found].sort();
}

/** Every column and secrecy or theme, rows and tables, for each purpose that a basis may be bound to; documents all or none. */
const themes = ruleset.vocabulary.themes.map(({ code }) => code);
const documents = ruleset.vocabulary.evidence.map(({ code }) => code);
const subjects: Partial<Facts['product']>[] = [
  ...SECRECY.map((secrecy) => ({ secrecy: [secrecy] })),
  ...themes.map((theme) => ({ themes: [theme] })),
];
const generated = subjects.flatMap((subject) =>
  COLUMN.flatMap((kind) =>
    (['ROWLEVEL', 'TABLE_AGG'] as const).flatMap((form) =>
      (['NONE', 'PERSONAL'] as const).flatMap((personalRef) =>
        ['KLIMA_UMWELT', 'STADTPLANUNG'].map((code) =>
          someFacts({
            product: {
              openness: 'INTERNAL',
              personalRef,
              coveredBySatzung: true,
              criminalRecords: false,
              allowedPurposes: ['KLIMA_UMWELT', 'STADTPLANUNG'],
              ...subject,
            },
            consumer: { kind },
            purpose: { code },
            form,
            legalBasis: ['DSGVO_6_1_E'],
            contract: { status: 'VALID', kinds: ['DUV'] },
          }),
        ),
      ),
    ),
  ),
);
const requests = [
  ...readCases(sources, ruleset).map(({ facts }) => ruleset.engine.law.model.read(facts)),
  ...someInputs(500, 13, ruleset),
  ...generated,
];

test('no word of a basis lifts a refusal that nobody looks at', () => {
  expect(believed(ruleset, requests)).toEqual([]);
}, 120_000);

test('with every document there is, whoever relies on a basis that lifts a refusal meets a desk', () => {
  expect(
    believed(
      ruleset,
      generated.map((facts) => ({ ...facts, evidence: documents })),
    ),
  ).toEqual([]);
}, 120_000);

test.each<[string, string, string]>([
  ['rules/secrecy.yaml', 'R-ENT-02', 'MSBG'],
  ['rules/heat-building-geo.yaml', 'R-SAN-01', 'BAUGB_138'],
])(
  'the walk notices a basis of %s %s that is believed',
  (file, id, basis) => {
    const changed = sources.map((source): Source => {
      if (source.file !== file) return source;
      const text = JSON.stringify(source.content)
        .replaceAll(',"evidence":{"in":["RECHTSNORM"]}', '')
        .replaceAll(',{"evidence":{"in":["RECHTSNORM"]}}', '');
      return { file, content: JSON.parse(text) as unknown };
    });
    expect(believed(law(changed), generated)).toContain(`${id}: ${basis}`);
  },
  120_000,
);
