import { law, lawSources } from '../../../../test/support/law';
import { decide, readCases, type Ruleset, type Source } from '..';
import { evaluate } from '../engine/match';
import { plainFacts } from '../law/cases';
import type { PrinciplesText } from '../law/principles';
import { caseOf } from './case-of';
import { type Counter, Prover, type Verdict } from './prove';

const sources = lawSources();
const ruleset = law(sources);
const plain = plainFacts(sources, ruleset);
const prover = new Prover(ruleset, plain);
const { list } = ruleset.principles;

/** The same law book with other principles. */
function promising(change: (text: PrinciplesText) => PrinciplesText): Ruleset {
  return law(
    sources.map(({ file, content }): Source =>
      file === 'principles.yaml'
        ? { file, content: change(structuredClone(content) as PrinciplesText) }
        : { file, content },
    ),
  );
}
const proveIn = (other: Ruleset, id: string): Verdict =>
  new Prover(other, plain).prove(other.principles.list.find(({ text }) => text.id === id)!);

/** A counter-example is confirmed, and what it is as a case is read and decided alike. */
function confirms({ facts, second, confirmed }: Counter): void {
  expect(confirmed).toBe(true);
  for (const one of second ? [facts, second] : [facts]) {
    const fixtures = sources.filter(({ file }) => file === 'cases/fixtures.yaml');
    const written = caseOf('Gegenbeispiel', one, plain, ruleset);
    const [read] = readCases([...fixtures, { file: 'cases/counter.yaml', content: [written] }], ruleset);
    const { outcome, rules } = decide(ruleset, structuredClone(one));
    const back = decide(ruleset, ruleset.engine.law.model.read(read!.facts));
    expect([back.outcome, back.rules]).toEqual([outcome, rules]);
  }
}

test('there are at least thirty principles, each with its source', () => {
  expect(list.length).toBeGreaterThanOrEqual(30);
});

test.each(list.map((one) => [one.text.id, one.text.sentence, one] as const))(
  '%s holds: %s',
  (_id, _sentence, one) => {
    const verdict = prover.prove(one);
    if (verdict.kind === 'REFUTED')
      expect(caseOf('Gegenbeispiel', verdict.counter.facts, plain, ruleset)).toBe('nothing of the kind');
    expect(verdict).toMatchObject({ kind: 'HOLDS', checked: true });
  },
  120_000,
);

const exceptions = list.flatMap((one) =>
  (one.text.except ?? []).map(({ because }, at) => [one.text.id, at + 1, because, one] as const),
);
test.each(exceptions)(
  '%s is broken without its exception %i, by facts that are decided so: %s',
  (_id, number, _because, one) => {
    const verdict = prover.prove({ ...one, except: one.except.filter((_, at) => at !== number - 1) });
    expect(verdict.kind).toBe('REFUTED');
    if (verdict.kind === 'REFUTED') confirms(verdict.counter);
  },
  120_000,
);

const added = (principle: object): Ruleset =>
  promising((text) => ({
    ...text,
    principles: [
      { id: 'L-99', sentence: 'Ein Leitsatz zur Probe.', source: 'Probe', mark: 'D', ...principle } as never,
    ],
  }));

test('a principle that speaks of nothing is told as empty', () => {
  const other = added({
    given: { 'calc.column': { eq: 'PRIVATE' }, 'decision.outcome': { eq: 'PERMIT' } },
    always: { 'decision.steps': { in: ['OWNER'] } },
  });
  expect(proveIn(other, 'L-99').kind).toBe('EMPTY');
});

test('a principle that is not so has the plainest counter-example', () => {
  const other = added({ never: { 'decision.outcome': { eq: 'APPROVAL' }, 'calc.personalRef': { gte: 'PERSONAL' } } });
  const verdict = proveIn(other, 'L-99');
  expect(verdict.kind).toBe('REFUTED');
  if (verdict.kind !== 'REFUTED') return;
  confirms(verdict.counter);
  const { facts } = caseOf('Probe', verdict.counter.facts, plain, ruleset) as { facts: Record<string, object> };
  expect(Object.values(facts).flatMap((one) => Object.keys(one)).length).toBeLessThanOrEqual(5);
});

test('a principle that names what there is not does not load', () => {
  expect(() => added({ always: { 'decision.steps': { in: ['CHEF'] } } })).toThrow('CHEF');
  expect(() => added({ always: { 'decision.laune': { eq: 'GUT' } } })).toThrow('decision.laune');
  expect(() => added({ always: { form: { eq: 'ROWLEVEL' } }, never: { form: { eq: 'ROWLEVEL' } } })).toThrow(
    'genau eines',
  );
  expect(() => added({ compare: { change: ['calc.column'], never: ['OPENED'] } })).toThrow('calc.column');
});

test('principles are part of the law: another exception is another law, and a book without any has the hash it had', () => {
  const { hash } = promising(({ assume, ...rest }) => ({ ...rest, assume: assume.slice(1) }));
  expect(hash).not.toBe(ruleset.hash);
  const none = law(sources.filter(({ file }) => file !== 'principles.yaml'));
  expect(none.principles.list).toEqual([]);
  expect(none.content).not.toHaveProperty('principles');
});

test('what is assumed of the relation of purposes is how it is worked out', () => {
  const { model, codes } = ruleset.engine.law;
  const evidence = ruleset.vocabulary.evidence.map(({ code }) => code);
  const shown = [[], ...evidence.map((one) => [one]), evidence];
  for (const { code } of ruleset.purposes) {
    for (const documents of shown) {
      for (const allowed of [[], [code]]) {
        const facts = structuredClone(plain);
        facts.evidence = documents;
        facts.product.allowedPurposes = allowed;
        facts.purpose.code = code;
        facts.purpose.relation = ruleset.purposeRelation({ ...facts.purpose, ...facts });
        expect(evaluate(ruleset.principles.assume, model.evaluate(facts, codes))).toBe(true);
      }
    }
  }
});
