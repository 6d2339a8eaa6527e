import { law, lawSources, someFacts } from '../../../../test/support/law';
import { type Decision, decide, readCases, type Ruleset, type Source, STANDING } from '..';

// A law book in force may be older than the words that people fill in today: what it does not say is kept all the same.

/** What a program asked of every law book before it asked for the owner's limits, processors and desks. */
const BEFORE = ['PUBLICATION', 'BASIS', 'SPECIAL_BASIS', 'CRIMINAL_BASIS', 'PRIVILEGED'] as const;
const everything = { enforcers: null, forms: null };

interface Texts {
  rules?: { id: string; setsAside?: string[]; when?: Record<string, unknown> }[];
  evidence?: Record<string, unknown>[];
}
/** The shipped law without the chapters that keep these words, and with kinds of evidence that name no desk. */
function olderLaw(): Source[] {
  const gone = /^R-(?:LIM|KIU|AVV)-|^R-STA-(?:01|12|13)$/;
  return structuredClone(lawSources())
    .filter(({ file }) => !/owner-limits|artificial-intelligence|processing|^cases/.test(file))
    .map((source) => {
      const content = source.content as Texts;
      if (content.rules) {
        content.rules = content.rules.filter(({ id }) => !gone.test(id));
        for (const rule of content.rules)
          if (rule.setsAside) rule.setsAside = rule.setsAside.filter((id) => !gone.test(id));
      }
      if (content.evidence) content.evidence = content.evidence.map(({ code, name }) => ({ code, name }));
      return source;
    });
}
const older = law(olderLaw());
const olderThen = law(olderLaw(), { ...everything, standing: BEFORE });
const shipped = law();
const codes = ({ because }: Decision): (string | undefined)[] => because.map(({ code }) => code);

type Change = NonNullable<Parameters<typeof someFacts>[0]>;
const internal = { openness: 'INTERNAL' } as const;
const processor = { kind: 'PRIVATE', competition: false, processor: true, gap: null, described: false } as const;
const words: [string, Change, string][] = [
  ['recipients', { product: { ...internal, recipientKinds: ['SAME_OFFICE'] } }, 'recipient_not_offered'],
  [
    'a processor',
    {
      product: { ...internal, recipientKinds: ['OTHER_OFFICE'] },
      recipient: { ...processor, kind: 'OTHER_OFFICE', contract: 'VALID' },
    },
    'processor_not_offered',
  ],
  ['who finds it', { product: { ...internal, discoverScope: 'OWN' } }, 'outside_scope'],
  ['forms', { product: { ...internal, offers: ['API_LIVE'] } }, 'form_not_offered'],
  ['a longest use', { product: { ...internal, maxDays: 1 }, periodMonths: 3 }, 'longer_than_offered'],
  ['that it is not public', { product: { accessRights: 'NON_PUBLIC' } }, 'classification_contradicts'],
  ['that it bears on security', { product: { securityRelevant: true } }, 'security_relevant'],
  [
    'no use by AI',
    { product: { ...internal, aiUse: 'NEIN', allowedPurposes: ['KI_TRAINING'] }, purpose: { code: 'KI_TRAINING' } },
    'ai_not_allowed',
  ],
  [
    'conditions of AI',
    {
      product: {
        ...internal,
        aiUse: 'MIT_BEDINGUNGEN',
        aiConditions: 'nur Berichte',
        allowedPurposes: ['KI_AUSWERTUNG'],
      },
      purpose: { code: 'KI_AUSWERTUNG' },
    },
    'ai_conditions_missing',
  ],
];

test.each(words)('an older law keeps what the owner said: %s', (_, change, code) => {
  const facts = someFacts(change);
  expect(codes(decide(older, facts))).toContain(code);
  // as a program decided that did not know it yet: its decisions are replayed as they were taken
  expect(codes(decide(olderThen, facts))).not.toContain(code);
});

const named: [string, Change, string][] = [
  ['no contract', { recipient: { ...processor, contract: 'MISSING' } }, 'contract_missing'],
  ['a contract that ended', { recipient: { ...processor, contract: 'EXPIRED' } }, 'contract_missing'],
  ['an interest of its own', { recipient: { ...processor, contract: 'VALID', competition: true } }, 'competition'],
];
test.each(named)('under an older law no processor with %s gets data of the critical grid', (_, change, code) => {
  const facts = someFacts({
    product: { openness: 'RESTRICTED', secrecy: ['KRITIS'] },
    consumer: { kind: 'SAME_OFFICE' },
    ...change,
  });
  expect(codes(decide(older, facts))).toContain(code);
  expect(codes(decide(olderThen, facts))).not.toContain(code);
});

test.each(['SAME_OFFICE', 'OTHER_OFFICE'] as const)(
  'under an older law a processor of internal data needs its contract, whatever the data are: %s',
  (kind) => {
    const facts = someFacts({
      product: internal,
      consumer: { kind },
      recipient: { ...processor, contract: 'MISSING' },
    });
    expect(codes(decide(older, facts))).toContain('contract_missing');
  },
);

test.each([
  ['a third country', { thirdCountry: true, evidence: ['GARANTIEN_DRITTLAND'] }],
  ['tender documents', { product: { ...internal, secrecy: ['VERGABE'] }, evidence: ['ZUSCHLAG_ERTEILT'] }],
  ['an automated decision', { automatedDecision: true, evidence: ['GRUNDLAGE_ART_22'] }],
] as [string, Change][])('evidence that no desk looks at lifts nothing: %s', (_, change) => {
  const facts = someFacts({ product: internal, ...change });
  expect(decide(older, facts).outcome).toBe('FORBID');
  expect(decide(olderThen, facts).outcome).not.toBe('FORBID');
});

test('evidence that no desk looks at makes no purpose compatible either', () => {
  const relation = (by: Ruleset): string =>
    by.purposeRelation({
      code: 'FORSCHUNG',
      evidence: ['FORSCHUNGSKONZEPT'],
      product: { allowedPurposes: [] },
      consumer: { kind: 'RESEARCH' },
    });
  expect([relation(older), relation(olderThen), relation(shipped)]).toEqual(['CHANGED', 'PRIVILEGED', 'PRIVILEGED']);
});

test.each([
  ['an office', { releasedByStatistics: true }, {}],
  ['an office, as a live interface', { releasedByStatistics: true }, { form: 'API_LIVE' }],
  ['a processor', {}, { consumer: { kind: 'SAME_OFFICE' }, recipient: { ...processor, contract: 'VALID' } }],
] as [string, Change['product'], Change][])(
  'under an older law no rows of statistics go to %s',
  (_, product, change) => {
    const facts = someFacts({ product: { ...internal, secrecy: ['STATISTIK'], ...product }, ...change });
    expect(codes(decide(older, facts))).toContain('statistical_secrecy');
    expect(codes(decide(olderThen, facts))).not.toContain('statistical_secrecy');
  },
);

test('a law that says all of it itself is the only one that speaks', () => {
  const desks = ['PRIVILEGED', 'BASIS_DOCUMENT'] as const;
  const names = new Set<string>(STANDING.filter((name) => !desks.some((one) => one === name)));
  const quiet = law(undefined, { ...everything, standing: desks });
  for (const { facts } of readCases(lawSources(), shipped)) {
    const asked = shipped.engine.law.model.read(facts);
    const { rules, because } = decide(shipped, asked);
    expect([...rules, ...because.map(({ rule }) => rule)].filter((rule) => names.has(rule))).toEqual([]);
    expect(decide(quiet, asked).outcome).toBe(decide(shipped, asked).outcome);
  }
});
