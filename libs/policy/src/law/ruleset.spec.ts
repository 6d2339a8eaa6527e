import { enforcersOf, law, lawSources, sha256, someFacts } from '../../../../test/support/law';
import {
  type Capabilities,
  decide,
  EVERYTHING,
  readFacts,
  readRuleset,
  type Ruleset,
  RulesetFault,
  type Source,
} from '..';
import { MODEL } from '../facts/fact-model';

const sources = lawSources();
const RULE = {
  id: 'R-ZZZ-01',
  effect: 'forbid',
  when: { 'calc.column': { eq: 'PUBLIC' } },
  because: 'Eine Regel zur Probe.',
  source: 'Probe',
  mark: 'D',
};

const faultsOf = (list: readonly Source[], can: Capabilities = EVERYTHING): string[] => {
  try {
    readRuleset(list, can, sha256);
    return [];
  } catch (error) {
    if (!(error instanceof RulesetFault)) throw error;
    return error.faults.map(({ file, id, text }) => `${file} ${id ?? '-'}: ${text}`);
  }
};
const withRules = (...rules: object[]): Source[] => [
  ...sources,
  { file: 'rules/draft.yaml', content: { chapter: 'Entwurf', rules } },
];
const rule = (change: object): string[] => faultsOf(withRules({ ...RULE, ...change }));
const changed = (file: string, change: (content: never) => void): Source[] =>
  sources.map((source) => {
    if (source.file !== file) return source;
    const content = structuredClone(source.content);
    change(content as never);
    return { file, content };
  });

test('the law book that ships has no fault', () => expect(faultsOf(sources)).toEqual([]));

test.each<[string, object, RegExp]>([
  ['a misspelt fact', { when: { 'product.secrcy': { in: ['SOZIAL'] } } }, /die Angabe `product\.secrcy` gibt es nicht/],
  ['a fact that is only a part', { when: { product: { eq: 'x' } } }, /die Angabe `product` gibt es nicht/],
  ['a member of every object', { when: { constructor: { eq: 'x' } } }, /die Angabe `constructor` gibt es nicht/],
  [
    'a misspelt value',
    { when: { 'product.secrecy': { in: ['SOZIALES'] } } },
    /den Wert `SOZIALES` gibt es nicht; erlaubt: .*`SOZIAL`/,
  ],
  [
    'an unknown purpose',
    { when: { 'purpose.code': { eq: 'NEUGIER' } } },
    /den Wert `NEUGIER` gibt es nicht in der Liste `purposes`/,
  ],
  [
    'an unknown legal basis',
    { when: { legalBasis: { in: ['BGB_1'] } } },
    /den Wert `BGB_1` gibt es nicht in der Liste `legalBases`/,
  ],
  [
    'unknown evidence',
    { when: { evidence: { in: ['BRIEF'] } } },
    /den Wert `BRIEF` gibt es nicht in der Liste `evidence`/,
  ],
  ['an unknown test', { when: { form: { regex: '.*' } } }, /die Prüfung `regex` gibt es nicht/],
  ['an empty list', { when: { form: { in: [] } } }, /`in` braucht eine Liste mit mindestens einem Eintrag/],
  ['an empty condition', { when: {} }, /die Bedingung ist leer/],
  ['an empty any', { when: { any: [] } }, /`any` braucht eine Liste mit mindestens einem Eintrag/],
  ['no condition', { when: undefined }, /es fehlt eine Bedingung/],
  [
    'an order where there is none',
    { when: { form: { gte: 'ROWLEVEL' } } },
    /`gte` ist nur erlaubt, wo die Werte eine Reihenfolge haben/,
  ],
  [
    'a list compared like a word',
    { when: { 'product.secrecy': { eq: 'SOZIAL' } } },
    /bei einer Liste ist `eq` nur mit `\[\]` erlaubt/,
  ],
  ['a word compared like a list', { when: { form: { all: ['ROWLEVEL'] } } }, /`all` ist nur bei Listen erlaubt/],
  [
    'a text compared by its content',
    { when: { 'product.licence': { eq: 'CC0' } } },
    /nur die Frage erlaubt, ob er da ist/,
  ],
  ['yes or no as a word', { when: { 'product.hasOwner': { eq: 'true' } } }, /erlaubt sind `true` und `false`/],
  [
    'an unknown obligation',
    { effect: 'oblige', obligations: ['O-NONSENSE'] },
    /die Auflage `O-NONSENSE` gibt es nicht/,
  ],
  [
    'an unknown parameter',
    { effect: 'oblige', obligations: [{ 'O-RETAIN': { weeks: 3 } }] },
    /`O-RETAIN` hat keinen Parameter `weeks`/,
  ],
  ['a missing parameter', { effect: 'oblige', obligations: ['O-RETAIN'] }, /`O-RETAIN` braucht den Parameter `days`/],
  [
    'an unknown word for a parameter',
    { effect: 'oblige', obligations: [{ 'O-SDC': 'LOCKER' }] },
    /`profile`: den Wert `LOCKER` gibt es nicht/,
  ],
  ['an unknown chain', { effect: 'approve', chain: 'A9' }, /die Kette `A9` gibt es nicht/],
  ['an unknown step', { effect: 'approve', requires: ['PFOERTNER'] }, /den Schritt `PFOERTNER` gibt es nicht/],
  ['an approval without a chain', { effect: 'approve' }, /braucht eine Kette oder einen Schritt/],
  ['an obligation rule without obligation', { effect: 'oblige' }, /es fehlt eine Auflage/],
  ['an unknown effect', { effect: 'allow' }, /`effect`/],
  ['a misspelt key', { wenn: {} }, /wenn/],
  ['no source', { source: '' }, /`source`/],
  ['no sentence for people', { because: 'Nein' }, /`because`/],
  ['a contested rule without a note', { mark: 'U' }, /muss in `note` sagen/],
  ['an id of another form', { id: 'VERBOT-1' }, /`id`/],
])('%s is refused', (_, change, fault) => {
  expect(rule(change).join('\n')).toMatch(fault);
});

test('an id that is there twice is refused', () => {
  expect(faultsOf(withRules(RULE, RULE)).join()).toMatch(/R-ZZZ-01: steht doppelt da/);
});

describe('a law may name what the program can not carry out yet', () => {
  const without = (...parts: string[]) =>
    law(sources, { enforcers: enforcersOf(sources).filter((name) => !parts.includes(name)), forms: ['ROWLEVEL'] });

  test('it loads, means the same, and refuses in the decision what rests on it: an obligation', () => {
    const masked = someFacts({ fields: [{ name: 'gutachter', class: 'DIRECT_ID', needed: false }] });
    masked.fieldClasses = ['DIRECT_ID'];
    expect(decide(law(), masked)).toMatchObject({ outcome: 'PERMIT_OBL' });
    const today = without('exchange.mask');
    expect(today.hash).toBe(law().hash);
    expect(today.unbuilt.map(({ id }) => id)).toEqual(['O-MASK']);
    const refused = decide(today, masked);
    expect(refused).toMatchObject({ outcome: 'FORBID', rules: ['R-GEN-18'], obligations: [], chain: null });
    const [reason] = refused.because.filter(({ code }) => code === 'not_enforceable_yet');
    expect(reason).toMatchObject({
      rule: 'R-GEN-18',
      text: expect.stringContaining('„Geschützte Felder werden verdeckt“'),
    });
    expect(decide(today, someFacts())).toMatchObject({ outcome: 'PERMIT' });
  });

  test.each(['TABLE_AGG', 'GEO_AGG', 'DOCUMENT', 'API_LIVE'] as const)('a form: %s', (form) => {
    const asked = someFacts({ form });
    const said = decide(law(), asked);
    const refused = decide(without(), asked);
    expect(said.outcome).not.toBe('FORBID');
    expect(refused).toMatchObject({ outcome: 'FORBID', rules: ['FORM'], obligations: [], chain: null });
    expect(refused.because[0]).toMatchObject({
      code: 'not_enforceable_yet',
      text: expect.stringContaining('„einzelne Datensätze“'),
    });
    expect(decide(without(), someFacts()).outcome).toBe('PERMIT');
  });

  test('both at once are told at once, and what the law forbids stays forbidden by the law alone', () => {
    const statistics = someFacts({ product: { openness: 'INTERNAL', personalRef: 'AGGREGATED' }, form: 'TABLE_AGG' });
    const codes = ({ because }: ReturnType<typeof decide>) => because.map(({ code }) => code ?? '-');
    const now = decide(without('disclosure.tables'), statistics);
    expect(codes(now).filter((code) => code === 'not_enforceable_yet')).toHaveLength(2);
    const forbidden = someFacts({ product: { hasOwner: false }, form: 'TABLE_AGG' });
    expect(decide(without(), forbidden)).toEqual(decide(law(), forbidden));
  });

  test('forms that are not built share no conclusion with those that are', () => {
    const today = without();
    const outcomes = () =>
      (['ROWLEVEL', 'TABLE_AGG', 'GEO_AGG'] as const).map(
        (form) => decide(today, someFacts({ form })).because[0]?.text,
      );
    const once = outcomes();
    expect(new Set(once).size).toBe(3);
    expect(outcomes()).toEqual(once);
  });
});

test('a step for a role that does not exist is refused', () => {
  const list = changed(
    'approvals.yaml',
    (content: { steps: { role: string }[] }) => (content.steps[0]!.role = 'HAUSMEISTER'),
  );
  expect(faultsOf(list)).toEqual(['approvals.yaml REQ_HEAD: die Rolle `HAUSMEISTER` gibt es nicht']);
});

test('all faults of all files are told at once, with file and id', () => {
  const list = [
    ...changed('purposes.yaml', (content: { purposes: { legalBases: string[] }[] }) =>
      content.purposes[0]!.legalBases.push('NICHTS'),
    ),
    {
      file: 'rules/draft.yaml',
      content: {
        chapter: 'Entwurf',
        rules: [
          { ...RULE, when: { nichts: { eq: 1 } } },
          { ...RULE, id: 'R-ZZZ-02', effect: 'approve', chain: 'A9' },
        ],
      },
    },
  ];
  expect(faultsOf(list)).toEqual([
    'purposes.yaml PFLICHTAUFGABE: die Rechtsgrundlage `NICHTS` gibt es nicht',
    'rules/draft.yaml R-ZZZ-01: die Angabe `nichts` gibt es nicht',
    'rules/draft.yaml R-ZZZ-02: die Kette `A9` gibt es nicht',
  ]);
});

test('a law book without rules, without a file or with nothing in it is refused', () => {
  expect(faultsOf(sources.filter(({ file }) => !file.startsWith('rules/')))).toContain('rules -: es gibt keine Regel');
  expect(faultsOf(sources.filter(({ file }) => file !== 'matrix.yaml'))).toContain('matrix.yaml -: die Datei fehlt');
  expect(faultsOf([]).length).toBeGreaterThan(5);
  expect(faultsOf(sources.map(({ file }) => ({ file, content: null }))).length).toBeGreaterThan(5);
});

test('a chain with a step that is not built is refused, never shortened', () => {
  const publish = someFacts({
    product: { openness: 'INTERNAL' },
    consumer: { kind: 'PUBLIC' },
    purpose: { code: 'OPEN_DATA' },
  });
  expect(decide(law(), publish)).toMatchObject({ outcome: 'APPROVAL', chain: { ids: ['A2'] } });
  const today = law(sources, { ...EVERYTHING, steps: ['REQ_HEAD', 'STEWARD', 'DSB', 'ISB', 'LEGAL', 'OWNER', 'GS'] });
  const refused = decide(today, publish);
  expect(refused).toMatchObject({ outcome: 'FORBID', chain: null, obligations: [] });
  expect(refused.rules).toEqual(['M:INTERNAL-NONE:PUBLIC', 'R-OPN-02']);
  const missing = refused.because.filter(({ code }) => code === 'chain_not_available');
  expect(missing.map(({ text }) => text).join()).toMatch(/Open-Data-Koordination/);
});

test('purposes that are a use by artificial intelligence are those its rules name, and those of a book of before', () => {
  const asked = law().rules.find(({ id }) => id === 'R-KIU-02')!.when!['purpose.code'] as { not: { in: string[] } };
  const marked = (book: Ruleset) => book.purposes.map(({ code }) => code).filter((code) => book.meansAi(code));
  expect(marked(law())).toEqual(asked.not.in);
  const before = changed('purposes.yaml', ({ purposes }: { purposes: { usesAi?: true }[] }) => {
    for (const purpose of purposes) delete purpose.usesAi;
  });
  expect(marked(law(before))).toEqual(asked.not.in);
});

test('the owner of data of a company is the company, not the city', () => {
  const company = someFacts({ product: { openness: 'INTERNAL', provider: 'GESELLSCHAFT' } });
  const owner = decide(law(), company)
    .chain?.stages.flat()
    .find(({ id }) => id === 'OWNER');
  expect(owner?.role).toBe('GES_OWNER');
});

test('facts outside the vocabulary are refused with all their faults', () => {
  expect(() => readFacts({ ...someFacts(), form: 'FAX', extra: 1 })).toThrow(/`form`[\s\S]*extra/);
});

test.each<[string, object]>([
  ['consumer', { consumer: { kind: 'MARSIANER' } }],
  ['form', { form: 'FAX' }],
  ['phase', { phase: 'SPAETER' }],
  ['secret', { product: { secrecy: ['SOZAL'] } }],
  ['provider', { product: { provider: 'VEREIN' } }],
  ['class of a field', { fields: [{ name: 'x', class: 'HARMLOS', needed: true }] }],
  ['state of a contract', { contract: { status: 'BALD' } }],
  ['level', { product: { protection: { c: 'egal' } } }],
  ['state of the review', { product: { review: 'BALD' } }],
  ['task', { product: { task: 'FREMD' } }],
  ['theme', { product: { themes: ['BUNDESWER'] } }],
  ['yes or no', { product: { rawSensor: 'true' } }],
  ['answer that is not there', { thirdCountry: undefined }],
])('a %s outside its list is refused, whatever the rules say', (_, change) => {
  expect(decide(law(), someFacts(change))).toMatchObject({ outcome: 'FORBID', rules: ['UNCLASSIFIED'] });
});

test('names of fields cannot be written to look like other fields', () => {
  const masked = (...names: string[]) =>
    decide(ruleset, someFacts({ fields: names.map((name) => ({ name, class: 'DIRECT_ID' as const, needed: false })) }))
      .obligations;
  const ruleset = law();
  expect(masked('a,b')).toEqual([{ id: 'O-MASK', params: { fields: ['a,b'] }, enforcement: 'ENFORCED' }]);
  expect(masked('a', 'b')).toEqual([{ id: 'O-MASK', params: { fields: ['a', 'b'] }, enforcement: 'ENFORCED' }]);
  expect(masked('a","b')).toEqual([{ id: 'O-MASK', params: { fields: ['a","b'] }, enforcement: 'ENFORCED' }]);
});

test('every fact a rule can name has a German meaning, and every purpose its classes', () => {
  const ruleset = law();
  expect([...MODEL.known.keys()].filter((path) => !ruleset.meaning(path))).toEqual([]);
  expect(Object.keys(ruleset.vocabulary.withdrawn!).sort()).toEqual(MODEL.withdrawable.map(({ path }) => path).sort());
  expect(ruleset.meaning('consumer.personnelDecisions')).toMatch(/; fehlt: ja$/);
  expect(ruleset.meaning('consumer.salesArm')).toMatch(/; fehlt: nein$/);
  expect(ruleset.neededClasses('KLIMA_UMWELT')).toEqual(['NONE', 'QUASI_ID']);
  expect(ruleset.neededClasses('NEUGIER')).toEqual(['NONE']);
  expect(ruleset.suggestedLegalBases('WAERMEPLANUNG')).toContain('WPG_10');
  expect(ruleset.label('secrecy', 'SOZIAL')).toBe('Sozialgeheimnis');
});
