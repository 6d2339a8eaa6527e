import { law, lawSources, someFacts } from '../../../../test/support/law';
import { someInputs } from '../../../../test/bench/policy/inputs';
import {
  COLUMN,
  type Decision,
  decide,
  type Facts,
  readCases,
  type Ruleset,
  saidToday,
  SECRECY,
  type Source,
} from '..';

// A legal basis is a word of whoever asks. That one is named lets data about persons go at all; where the word of one lifts
// what another rule forbids, somebody must look at it.

const sources = lawSources();
const ruleset = law(sources);

/** Refusals for want of any basis that carries: naming one is all that they ask. What lifts a ban (Art. 9, 10) is none of them. */
const ANY_BASIS = ['legal_basis_missing', 'task_missing', 'basis_not_carrying'];
const stepsOf = ({ chain }: Decision): string[] => chain?.stages.flat().map(({ id }) => id) ?? [];

/** Rules that refuse, apart from those that only ask for any basis. */
const refusing = ({ outcome, because, rules }: Decision): string[] =>
  outcome === 'FORBID'
    ? because
        .filter(({ rule, code }) => rules.includes(rule) && !ANY_BASIS.includes(code ?? ''))
        .map(({ rule }) => rule)
    : [];

const running = ({ emergency }: Facts): boolean => emergency?.confirmed === true && emergency.inTime === true;

/** Rules whose refusal the word of a basis lifts without anybody who looks, with that basis. */
function believed(by: Ruleset, requests: readonly Facts[]): string[] {
  const found = new Set<string>();
  for (const facts of requests) {
    const asked = refusing(decide(by, facts));
    for (const { code, carries = [] } of by.legalBases) {
      // of a danger that a second person confirmed two people know
      if (running(facts) && carries.some(({ emergency }) => emergency)) continue;
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
/** Data of a special category or about crimes: to every column, for each purpose an exception may be bound to, under each secrecy. */
const BESIDE = ['DSGVO_6_1_E', 'HDSIG_22_2', 'HDSIG_24', 'HESSLSTATG_12', 'SGB10_69'];
const banned = [[], ['GESUNDHEIT'], ['BESCHAEFTIGTE'], ['SOZIAL']].flatMap((secrecy) =>
  COLUMN.flatMap((kind) =>
    ['KLIMA_UMWELT', 'FORSCHUNG', 'STATISTIK'].flatMap((code) =>
      [
        { criminalRecords: false, legalBasis: BESIDE },
        { criminalRecords: true, legalBasis: [...BESIDE, 'DSGVO_9_2_F'] },
      ].map(({ criminalRecords, legalBasis }) =>
        someFacts({
          product: {
            openness: 'RESTRICTED',
            personalRef: 'SPECIAL',
            secrecy: secrecy as Facts['product']['secrecy'],
            coveredBySatzung: true,
            criminalRecords,
            allowedPurposes: ['KLIMA_UMWELT', 'FORSCHUNG', 'STATISTIK'],
          },
          consumer: { kind },
          purpose: { code },
          legalBasis,
          contract: { status: 'VALID', kinds: ['DUV'] },
        }),
      ),
    ),
  ),
);
const requests = [
  ...readCases(sources, ruleset).map(({ facts }) => ruleset.engine.law.model.read(facts)),
  ...someInputs(500, 13, ruleset),
  ...generated,
  ...banned,
];

test('no word of a basis lifts a refusal that nobody looks at', () => {
  expect(believed(ruleset, requests)).toEqual([]);
}, 120_000);

test('with every document there is, whoever relies on a basis that lifts a refusal meets a desk', () => {
  expect(
    believed(
      ruleset,
      [...generated, ...banned].map((facts) => ({ ...facts, evidence: documents })),
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

test('the walk covers every exception of Art. 9 and Art. 10, and notices one that is believed', () => {
  const silent = sources.map((source): Source => {
    if (source.file !== 'legal-bases.yaml') return source;
    const content = structuredClone(source.content) as {
      legalBases: { kind: string; carries: { evidence?: string[] }[] }[];
    };
    for (const { kind, carries } of content.legalBases)
      if (kind === 'ART_9' || kind === 'ART_10') for (const carry of carries) delete carry.evidence;
    return { file: source.file, content };
  });
  const found = believed(law(silent), banned);
  const lifting = ruleset.legalBases.filter(
    ({ kind, carries = [] }) => (kind === 'ART_9' || kind === 'ART_10') && carries.length > 0,
  );
  for (const { code } of lifting) expect(found.map((one) => one.split(': ')[1])).toContain(code);
}, 120_000);

test.each(['DSGVO_9_2_E', 'BZRG_41'])('a draft in which %s lifts a ban without a document is no law', (code) => {
  const draft = sources.map((source): Source => {
    if (source.file !== 'legal-bases.yaml') return source;
    const content = structuredClone(source.content) as {
      legalBases: { code: string; carries: { evidence?: string[] }[] }[];
    };
    for (const basis of content.legalBases)
      if (basis.code === code) for (const one of basis.carries) delete one.evidence;
    return { file: source.file, content };
  });
  expect(saidToday(sources)).toEqual([]);
  expect(saidToday(draft)).toMatchObject([{ id: code }]);
});
