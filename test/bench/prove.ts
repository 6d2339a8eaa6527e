import { type Facts, Prover, type Ruleset, type Source } from '../../libs/policy/src';
import { plainFacts } from '../../libs/policy/src/law/cases';
import { Solver } from '../../libs/policy/src/proof/sat';
import { law, lawSources } from '../support/law';
import { random } from './policy/inputs';
import type { Asks } from './prove/clauses';
import { manyRules } from './prove/many-rules';
import { minisat } from './prove/minisat';
import { z3 } from './prove/z3';

/** Times are milliseconds of processor time. Ratios are ours over theirs, on the same clauses: below 1 we are faster. */
export interface ProveResult {
  name: 'prove';
  ratios: Partial<Record<'minisat' | 'z3', number>>;
  rules: number;
  /** all principles proved, each proof checked by the separate checker; the first time, with all that is made once */
  all: { principles: number; holding: number; milliseconds: number };
  /** of one principle, warm: built, solved and checked */
  principle: { median: number; p95: number; slowest: string };
  /** the clauses of all principles solved, and nothing else */
  solving: Partial<Record<'ours' | 'minisat' | 'z3', number>>;
  /** law books with fewer and with more rules: to translate, and to prove some principles */
  growth: { rules: number; translated: number; principles: number; milliseconds: number }[];
  /** what was not measured, and why */
  skipped: string[];
  node: string;
}

const ROUNDS = 2;
/** so many rules; some principles are enough to see how it grows */
const SIZES = [97, 300, 1000];
const GROWTH_PRINCIPLES = 12;

/** Proves all principles, and asks two other solvers for the same answers; they must say the same, or their time means nothing. */
export async function run(): Promise<ProveResult> {
  const sources = lawSources();
  const ruleset = law(sources);
  const plain = plainFacts(sources, ruleset);
  const { list } = ruleset.principles;

  const before = processorTime();
  const prover = new Prover(ruleset, plain);
  const holding = list.filter((one) => prover.prove(one).kind === 'HOLDS').length;
  const all = { principles: list.length, holding, milliseconds: Math.round(processorTime() - before) };
  if (holding < list.length) throw new Error(`${list.length - holding} principles do not hold`);

  const times: { id: string; time: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const one of list) {
      const from = processorTime();
      prover.prove(one);
      times.push({ id: one.text.id, time: processorTime() - from });
    }
  times.sort((a, b) => a.time - b.time);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
  const principle = { median: rounded(at(0.5).time), p95: rounded(at(0.95).time), slowest: times.at(-1)!.id };

  const questions = list.map((one) => prover.clauses(one));
  const solving: ProveResult['solving'] = { ours: await timed(questions, ours) };
  const skipped: string[] = [];
  for (const [name, begin] of [
    ['minisat', async () => ({ asks: await minisat(), end: () => Promise.resolve() })],
    ['z3', z3],
  ] as const) {
    const solver = await begin().catch((error: unknown) => void skipped.push(`${name}: ${String(error)}`));
    if (!solver) continue;
    solving[name] = await timed(questions, solver.asks);
    await solver.end();
  }
  const ratio = (name: 'minisat' | 'z3') =>
    solving[name] === undefined ? {} : { [name]: Number((solving.ours! / solving[name]).toPrecision(3)) };

  return {
    name: 'prove',
    ratios: { ...ratio('minisat'), ...ratio('z3') },
    rules: ruleset.rules.length,
    all,
    principle,
    solving,
    growth: SIZES.map((size) => grown(sources, size, plain, list)),
    skipped,
    node: process.version,
  };
}

/** Our solver on clauses alone, as the others have them. */
const ours: Asks = (clauses) => {
  const solver = new Solver();
  clauses.forEach((one) => solver.add(one));
  return solver.solve();
};

async function timed(questions: ReturnType<Prover['clauses']>[], asks: Asks): Promise<number> {
  const from = processorTime();
  for (const { premise, breach } of questions) {
    if (!(await asks(premise))) throw new Error('a principle is said to speak of nothing');
    if (await asks(breach)) throw new Error('a principle that is proved is said to be broken');
  }
  return Math.round(processorTime() - from);
}

function grown(
  sources: readonly Source[],
  size: number,
  plain: Facts,
  list: Ruleset['principles']['list'],
): ProveResult['growth'][number] {
  const ruleset = law(manyRules(sources, size, random(size)));
  const from = processorTime();
  const prover = new Prover(ruleset, plain);
  const translated = processorTime() - from;
  const some = list.filter(({ compare }) => !compare).slice(0, GROWTH_PRINCIPLES);
  const begun = processorTime();
  for (const one of some) prover.prove(one);
  return {
    rules: ruleset.rules.length,
    translated: Math.round(translated),
    principles: some.length,
    milliseconds: Math.round(processorTime() - begun),
  };
}

/** Other programs on the machine do not count, our threads do. */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const rounded = (time: number): number => Number(time.toPrecision(3));
