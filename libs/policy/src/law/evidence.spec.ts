import { law, lawSources, someFacts } from '../../../../test/support/law';
import { someInputs } from '../../../../test/bench/policy/inputs';
import {
  COLUMN,
  type Decision,
  decide,
  EVERYTHING,
  type Facts,
  readCases,
  RulesetFault,
  type Ruleset,
  type Source,
} from '..';

const sources = lawSources();
const ruleset = law(sources);

const changed = (file: string, change: (content: never) => void): Source[] =>
  sources.map((source) => {
    if (source.file !== file) return source;
    const content = structuredClone(source.content);
    change(content as never);
    return { file, content };
  });
interface Kind {
  code: string;
  desk?: string;
  carries?: object;
}
const kinds = (change: (list: Kind[]) => void): Source[] =>
  changed('vocabulary.yaml', ({ evidence }: { evidence: Kind[] }) => change(evidence));
const withRule = (rule: object, from = sources): Source[] => [
  ...from,
  {
    file: 'rules/draft.yaml',
    content: {
      chapter: 'Entwurf',
      rules: [{ id: 'R-ZZZ-01', because: 'Eine Regel zur Probe.', source: 'Probe', mark: 'D', ...rule }],
    },
  },
];
const faultsOf = (list: Source[]): string[] => {
  try {
    law(list);
    return [];
  } catch (error) {
    if (!(error instanceof RulesetFault)) throw error;
    return error.faults.map(({ id, text }) => `${id ?? '-'}: ${text}`);
  }
};

const stepsOf = ({ chain }: Decision): string[] => chain?.stages.flat().map(({ id }) => id) ?? [];
const RANK: Record<Decision['outcome'], number> = { FORBID: 0, APPROVAL: 1, PERMIT_OBL: 2, PERMIT: 3 };

/** Whether a decision asks for less than another: another outcome, a step or an obligation gone. Shares nothing with the loader. */
const isMilder = (now: Decision, before: Decision): boolean =>
  RANK[now.outcome] > RANK[before.outcome] ||
  (before.outcome !== 'FORBID' &&
    now.outcome !== 'FORBID' &&
    (stepsOf(before).some((step) => !stepsOf(now).includes(step)) ||
      before.obligations.some(({ id }) => !now.obligations.some((other) => other.id === id))));

/** With this evidence, and the relation of the purpose that follows from it. */
const showing = (by: Ruleset, facts: Facts, evidence: readonly string[]): Facts => {
  const { purpose, product, consumer } = facts;
  const relation = by.purposeRelation({ ...purpose, evidence, product, consumer });
  return { ...facts, evidence: [...evidence], purpose: { ...purpose, relation } };
};

/** Where evidence makes a decision milder and nobody looks: everything the cases and many random requests ask, with one and with two kinds. */
function unseen(by: Ruleset, requests: readonly Facts[]): string[] {
  // what a register of the data space keeps was looked at when it was entered
  const documents = by.vocabulary.evidence.filter(({ register }) => !register).map(({ code }) => code);
  const found = new Set<string>();
  for (const facts of requests) {
    const registered = facts.evidence.filter((code) => !documents.includes(code));
    const bare = decide(by, showing(by, facts, registered));
    const shown = [
      ...documents.map((code) => [code]),
      facts.evidence.filter((code) => documents.includes(code)),
      documents,
    ];
    for (const evidence of shown) {
      const now = decide(by, showing(by, facts, [...registered, ...evidence]));
      if (isMilder(now, bare) && !stepsOf(now).includes('EVIDENCE'))
        found.add(`${now.rules.join(' ')}: ${evidence.join(' ')}`);
    }
  }
  return [...found];
}
const requests = [
  ...readCases(sources, ruleset).map(({ facts }) => ruleset.engine.law.model.read(facts)),
  ...someInputs(1_500, 11, ruleset),
];

test('wherever evidence makes a decision milder, the same law makes a desk look', () => {
  expect(unseen(ruleset, requests)).toEqual([]);
});

test('in no office is research believed, also where the law of a purpose is changed', () => {
  const everybody = COLUMN.flatMap((kind) =>
    (['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'] as const).flatMap((personalRef) =>
      ['STADTFORSCHUNG', 'FORSCHUNG', 'KLIMA_UMWELT'].map((code) =>
        someFacts({
          product: {
            openness: 'RESTRICTED',
            personalRef,
            coveredBySatzung: true,
            criminalRecords: false,
            allowedPurposes: ['PFLICHTAUFGABE'],
          },
          consumer: { kind },
          purpose: { code },
          legalBasis: ['DSGVO_6_1_E', 'HDSIG_22_2', 'DSGVO_9_2_F', 'DSGVO_9_2_J'],
          contract: { status: 'VALID', kinds: ['DUV'] },
        }),
      ),
    ),
  );
  expect(unseen(ruleset, everybody)).toEqual([]);
  const own = everybody.find(
    ({ consumer, purpose }) => consumer.kind === 'SAME_OFFICE' && purpose.code === 'FORSCHUNG',
  )!;
  expect(decide(ruleset, showing(ruleset, own, [])).outcome).toBe('FORBID');
  expect(stepsOf(decide(ruleset, showing(ruleset, own, ['FORSCHUNGSKONZEPT'])))).toContain('EVIDENCE');
  // a lawyer makes another purpose compatible by another document, and says nothing of a desk
  const more = changed('purposes.yaml', ({ purposes }: { purposes: { code: string; privileged?: object }[] }) => {
    purposes.find(({ code }) => code === 'KLIMA_UMWELT')!.privileged = { evidence: ['DATENSCHUTZKONZEPT'] };
  });
  const opened = everybody.find(
    ({ consumer, purpose }) => consumer.kind === 'SAME_OFFICE' && purpose.code === 'KLIMA_UMWELT',
  )!;
  expect(decide(law(more), showing(law(more), opened, ['DATENSCHUTZKONZEPT'])).outcome).toBe('APPROVAL');
  expect(unseen(law(more), everybody)).toEqual([]);
});

test('a program of before made nobody look at research, and its decisions are replayed so', () => {
  const own = someFacts({
    product: { openness: 'RESTRICTED', personalRef: 'PSEUDONYMISED', allowedPurposes: ['PFLICHTAUFGABE'] },
    consumer: { kind: 'SAME_OFFICE' },
    purpose: { code: 'FORSCHUNG' },
    legalBasis: ['DSGVO_6_1_E'],
  });
  const shown = showing(ruleset, own, ['FORSCHUNGSKONZEPT']);
  expect(stepsOf(decide(law(sources, { ...EVERYTHING, standing: [] }), shown))).toEqual([]);
  expect(stepsOf(decide(ruleset, shown))).toEqual(['EVIDENCE']);
});

test('also where a rule is added that says nothing of a desk', () => {
  const rules = [
    {
      effect: 'forbid',
      when: {
        'calc.column': { eq: 'OTHER_OFFICE' },
        'product.secrecy': { in: ['VERGABE'] },
        not: { evidence: { in: ['ZUSCHLAG_ERTEILT'] } },
      },
    },
    {
      effect: 'approve',
      requires: ['LEGAL'],
      when: { thirdCountry: { eq: true }, evidence: { not: { in: ['GARANTIEN_DRITTLAND'] } } },
    },
    {
      effect: 'oblige',
      obligations: ['O-NOMERGE'],
      when: { thirdCountry: { eq: true }, evidence: { not: { all: ['GARANTIEN_DRITTLAND'] } } },
    },
    { effect: 'permit', when: { thirdCountry: { eq: true }, evidence: { in: ['GARANTIEN_DRITTLAND'] } } },
  ];
  for (const rule of rules) expect(unseen(law(withRule(rule)), requests)).toEqual([]);
});

test('the walk notices when nobody looks', () => {
  // as a law book of before under a program of before: its kinds name no desk, so nothing is added, and all of them count
  const silent = kinds((list) => list.forEach((kind) => (delete kind.desk, delete kind.carries)));
  expect(faultsOf(silent)).toEqual([]);
  const before = { enforcers: null, forms: null, standing: [] };
  expect(unseen(law(silent, before), requests).length).toBeGreaterThan(10);
});

test.each<[string, Source[], RegExp]>([
  [
    'a rule that asks for evidence of something else',
    withRule({
      effect: 'forbid',
      when: { thirdCountry: { eq: true }, not: { evidence: { in: ['GENEHMIGUNG_LANDESBEHOERDE'] } } },
    }),
    /^R-ZZZ-01: der Nachweis `GENEHMIGUNG_LANDESBEHOERDE` trägt nicht/,
  ],
  [
    'one of two that does not fit',
    withRule({
      effect: 'forbid',
      when: { thirdCountry: { eq: true }, not: { evidence: { in: ['GARANTIEN_DRITTLAND', 'RECHTSNORM'] } } },
    }),
    /^R-ZZZ-01: der Nachweis `RECHTSNORM` trägt nicht/,
  ],
  [
    'a basis beside it that it does not carry',
    withRule({
      effect: 'forbid',
      when: {
        'product.secrecy': { in: ['STEUER'] },
        not: { legalBasis: { in: ['AO_30_4_3', 'AO_30_4_5'] }, evidence: { in: ['EINWILLIGUNG'] } },
      },
    }),
    /^R-ZZZ-01: der Nachweis `EINWILLIGUNG` trägt nicht/,
  ],
  [
    'a permit that asks for evidence alone',
    withRule({ effect: 'permit', when: { evidence: { in: ['RECHTSNORM'] } } }),
    /^R-ZZZ-01: der Nachweis `RECHTSNORM` trägt nicht/,
  ],
  ['a kind without desk', kinds((list) => void delete list[0]!.desk), /^RECHTSNORM: es fehlt der Schritt/],
  ['a kind that carries nothing', kinds((list) => void delete list[0]!.carries), /^RECHTSNORM: es fehlt, was/],
  ['a desk that looks at no evidence', kinds((list) => void (list[0]!.desk = 'OWNER')), /`OWNER` ist kein Schritt/],
  [
    'a fact it carries that is none',
    kinds((list) => void (list[0]!.carries = { weather: ['RAIN'] })),
    /^RECHTSNORM: die Angabe `weather` gibt es nicht/,
  ],
])('a law book with %s does not load', (_, list, text) =>
  expect(faultsOf(list)).toContainEqual(expect.stringMatching(text)),
);
