import type { Facts } from '../facts/facts';
import { type Case, plainFacts, readCases, runCase } from '../law/cases';
import { conditionsOf, type Principle } from '../law/principles';
import { readRuleset } from '../law/read-ruleset';
import { EVERYTHING, type Ruleset, RulesetFault, type Source } from '../law/ruleset';
import { partsOf } from './compare';
import type { Formula } from './formula';
import { loosened, type Loosening } from './loosen';
import { Prover, type Side } from './prove';
import { isProven, Question } from './question';
import type { Words } from './space';
import { wordsOf } from './words';

/**
 * What becomes of a loosened law book. REFUSED: it does not load. CASE, PRINCIPLE: one of them fails. SAME: every decision
 * is the same, which is proved. SURVIVED: something is decided otherwise, and nobody notices.
 */
export const FATE = ['REFUSED', 'CASE', 'PRINCIPLE', 'SAME', 'SURVIVED'] as const;
export type Fate =
  | { kind: 'REFUSED' | 'SAME' | 'SURVIVED'; by: null }
  /** name of the case, id of the principle */
  | { kind: 'CASE' | 'PRINCIPLE'; by: string };

/** After so many law books the formulas of all of them are let go. */
const KEPT = 200;

/**
 * Asks of one loosening after the other whether the law book notices: first its cases, then its principles. What noticed
 * lately is asked first. The principles must hold of the law book as it is. Source: mutation analysis, DeMillo, Lipton and
 * Sayward, "Hints on Test Data Selection" (IEEE Computer 1978).
 */
export class Mutation {
  private readonly cases: Case[];
  private readonly principles: Principle[];
  private readonly plain: Facts;
  /** provers of the law book as it is, by what they tell apart */
  private readonly provers = new Map<string, Prover>();
  private asked = 0;

  constructor(
    private readonly sources: readonly Source[],
    private readonly ruleset: Ruleset,
  ) {
    this.cases = readCases(sources, ruleset);
    this.principles = [...ruleset.principles.list];
    this.plain = plainFacts(sources, ruleset);
  }

  fate(loosening: Loosening): Fate {
    const sources = loosened(this.sources, loosening);
    let ruleset: Ruleset;
    try {
      ruleset = readRuleset(sources, EVERYTHING, () => '');
    } catch (error) {
      if (error instanceof RulesetFault) return { kind: 'REFUSED', by: null };
      throw error;
    }
    // how purposes stand to each other is worked out as a case is read
    const cases = loosening.kind === 'PURPOSE' ? readCases(sources, ruleset) : this.cases;
    const failing = cases.find((one) => runCase(ruleset, one).length > 0);
    if (failing) {
      if (cases === this.cases) toFront(this.cases, failing);
      return { kind: 'CASE', by: failing.name };
    }
    return this.proved(ruleset, !['BASIS', 'PURPOSE'].includes(loosening.kind));
  }

  private proved(ruleset: Ruleset, alike: boolean): Fate {
    const old = this.prover(ruleset);
    const now = new Prover(ruleset, this.plain, { beside: old, alike });
    const { formulas } = old;
    const differs = differsIn(old.first, now.first);
    // what cases do not see may still be read by a principle: which bases carry
    const read = alike ? differs : formulas.or(differs, ...carriedOtherwise(old.first, now.first));
    const question = new Question(formulas);
    question.require(read);
    if (!question.can()) {
      if (!isProven(question.refutation()))
        throw new Error('the proof that two law books are the same is not accepted');
      return { kind: 'SAME', by: null };
    }
    const written = new Map(ruleset.principles.list.map((one) => [one.text.id, one]));
    const broken = this.principles.find(({ text: { id } }) => {
      const principle = written.get(id)!;
      const { premise, breaches } = now.asked(principle);
      const breach = formulas.and(...premise, formulas.or(...breaches));
      const { change } = principle.compare ?? {};
      // it held: where it is broken now, one of the exchanges it speaks of is decided otherwise
      if (!change && !readsRules(principle)) return question.can(breach);
      const other = new Question(formulas);
      const seconds = change ? [differsIn(old.second(change), now.second(change))] : [];
      if (alike && !readsRules(principle)) other.require(formulas.or(read, ...seconds));
      return other.can(breach);
    });
    if (!broken) return question.can(differs) ? { kind: 'SURVIVED', by: null } : { kind: 'SAME', by: null };
    toFront(this.principles, broken);
    return { kind: 'PRINCIPLE', by: broken.text.id };
  }

  /** Of the law book as it is, over facts that tell apart what the other one asks as well. */
  private prover(other: Ruleset): Prover {
    if (++this.asked % KEPT === 0) this.provers.clear();
    const { assume, list } = this.ruleset.principles;
    const words: Words = wordsOf([this.ruleset, other], [assume, ...list.flatMap(conditionsOf)]);
    const key = JSON.stringify(words);
    let prover = this.provers.get(key);
    if (!prover) this.provers.set(key, (prover = new Prover(this.ruleset, this.plain, { words })));
    return prover;
  }
}

/** So many of a list, by chance; the same ones for the same seed (mulberry32). */
export function sampleOf<T>(list: readonly T[], size: number, seed: number): T[] {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return list
    .map((one): [number, T] => [next(), one])
    .sort(([a], [b]) => a - b)
    .slice(0, size)
    .map(([, one]) => one);
}

const differsIn = (old: Side, now: Side): Formula => {
  const { formulas } = old.world.space;
  return formulas.or(...partsOf(formulas, old.conclusion, now.conclusion).map(({ when }) => when));
};

const readsRules = (principle: Principle): boolean =>
  JSON.stringify(conditionsOf(principle)).includes('decision.rules');

/** For each legal basis when it carries, or lifts a ban, in one law book and not in the other. */
function carriedOtherwise(old: Side, now: Side): Formula[] {
  const { formulas } = old.world.space;
  const { codes } = now.world.ruleset.engine.law;
  return ['calc.carriedBy', 'calc.specialBy', 'calc.criminalBy'].flatMap((path) =>
    [...codes.legalBases].map((code) => {
      const [was, is] = [old, now].map(({ world }) => world.condition({ path, op: 'in', value: [code], list: true }));
      return -formulas.same(was!, is!);
    }),
  );
}

function toFront<T>(list: T[], one: T): void {
  list.splice(list.indexOf(one), 1);
  list.unshift(one);
}
