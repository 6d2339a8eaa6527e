import { type Principle, Prover, type Ruleset, type Verdict } from '../../libs/policy/src';
import { plainFacts } from '../../libs/policy/src/law/cases';
import type { PrinciplesText } from '../../libs/policy/src/law/principles';
import type { Asks } from '../bench/prove/clauses';
import { z3 } from '../bench/prove/z3';
import { law, lawSources } from '../support/law';

/*
 * Another solver, by other people, is asked every question that the proof of the principles rests on. It takes threads and
 * some hundred megabytes, so it runs in .ci/run and where somebody asks for it.
 */
const on = process.env.DATENRAUM_Z3 === '1';
if (!on) console.log('second-opinion: z3 is skipped; DATENRAUM_Z3=1 asks it');
const asked = on ? describe : describe.skip;

const sources = lawSources();
const ruleset = law(sources);
const plain = plainFacts(sources, ruleset);
const { list } = ruleset.principles;

/** The law book with one more principle, which speaks of nothing. */
const empty: Ruleset = law(
  sources.map(({ file, content }) => {
    if (file !== 'principles.yaml') return { file, content };
    const text = content as PrinciplesText;
    const given = { 'calc.column': { eq: 'PRIVATE' }, 'decision.outcome': { eq: 'PERMIT' } };
    const one = { id: 'L-99', sentence: 'Ein Leitsatz zur Probe.', source: 'Probe', mark: 'D', given, always: { form: { eq: 'ROWLEVEL' } } }; // prettier-ignore
    return { file, content: { ...text, principles: [...text.principles, one] } };
  }),
);

asked('z3 says what our solver says', () => {
  let prover: Prover;
  let opinion: { asks: Asks; end: () => Promise<void> };
  beforeAll(async () => {
    prover = new Prover(ruleset, plain);
    opinion = await z3();
  }, 60_000);
  afterAll(() => opinion.end());

  async function said(one: Principle, by = prover): Promise<Verdict['kind']> {
    const { premise, breach } = by.clauses(one);
    if (!(await opinion.asks(premise))) return 'EMPTY';
    return (await opinion.asks(breach)) ? 'REFUTED' : 'HOLDS';
  }

  test.each(list.map((one) => [one.text.id, one.text.sentence, one] as const))(
    'of %s: %s',
    async (_id, _text, one) => {
      expect(await said(one)).toBe(prover.prove(one).kind);
    },
    60_000,
  );

  const exceptions = list.flatMap((one) => one.except.map((_, at) => [one.text.id, at + 1, one] as const));
  test.each(exceptions)(
    'of %s without its exception %i',
    async (_id, number, one) => {
      const without = { ...one, except: one.except.filter((_, at) => at !== number - 1) };
      expect(await said(without)).toBe('REFUTED');
    },
    60_000,
  );

  test('of a principle that speaks of nothing', async () => {
    const by = new Prover(empty, plain);
    const one = empty.principles.list.find(({ text }) => text.id === 'L-99')!;
    expect([await said(one, by), by.prove(one).kind]).toEqual(['EMPTY', 'EMPTY']);
  }, 60_000);
});
