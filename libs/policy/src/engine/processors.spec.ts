import { law, lawSources, someFacts } from '../../../../test/support/law';
import { decide, type Facts, type Source } from '..';

const consumer = { kind: 'PROCESSOR', worksFor: 'SAME_OFFICE', unit: 'dienstleister' } as const;
const recipient: NonNullable<Facts['recipient']> = {
  kind: 'GESELLSCHAFT',
  competition: false,
  processor: true,
  contract: 'VALID',
  gap: null,
  described: false,
};
/** A law book without the step of the instructing office and all that came with it, as cities have them in force. */
const sourcesBefore = lawSources()
  .filter(({ file }) => file !== 'rules/processing.yaml' && !file.startsWith('cases/'))
  .map((source): Source => {
    const content = structuredClone(source.content) as { steps?: { seat: string }[]; rules?: { id: string }[] };
    if (content.steps) content.steps = content.steps.filter(({ seat }) => seat !== 'CONTROLLER');
    // of today it asks who receives
    if (content.rules) content.rules = content.rules.filter(({ id }) => id !== 'R-CON-04');
    return { ...source, content };
  });
const before = law(sourcesBefore);

test('a law book that does not ask the instructing office gives a processor nothing, whatever it permits', () => {
  const decision = decide(before, someFacts({ consumer, recipient, product: { openness: 'INTERNAL' } }));
  expect([decision.outcome, decision.because.map(({ code }) => code)]).toEqual(['FORBID', ['controller_not_asked']]);
});

test('what was decided before it was known who receives is replayed as it was', () => {
  const facts = someFacts({ consumer, product: { openness: 'INTERNAL' } });
  // a replay goes by what the program of then kept by itself
  const replayed = law(sourcesBefore, { enforcers: null, forms: null, standing: [] });
  expect(decide(replayed, facts).outcome).not.toBe('FORBID');
});

test('the office itself, and a law book that asks it, are not touched by that', () => {
  expect(decide(before, someFacts({ recipient: { ...recipient, processor: false } })).outcome).toBe('PERMIT');
  const asked = decide(law(), someFacts({ consumer, recipient, product: { openness: 'INTERNAL' } }));
  expect(asked.chain?.stages[0]!.map(({ seat }) => seat)).toEqual(['CONTROLLER']);
});

test('of a processor nobody said anything about, the strictest is taken', () => {
  const decision = decide(law(), someFacts({ consumer }));
  expect([decision.outcome, decision.because.map(({ code }) => code)]).toEqual(['FORBID', ['contract_missing']]);
});
