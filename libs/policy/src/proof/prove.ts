import { decide } from '../engine/decide';
import { OUTCOME, type Outcome } from '../engine/decision';
import { evaluate } from '../engine/match';
import type { Facts } from '../facts/facts';
import { decidedFacts } from '../law/decision-paths';
import { conditionsOf, type Never, premiseOf, type Principle } from '../law/principles';
import type { Ruleset } from '../law/ruleset';
import { assignmentOf } from './assignment';
import { type ConclusionFormula, conclusionOf } from './conclusion-formula';
import { factsOf } from './facts-of';
import { type Formula, Formulas } from './formula';
import { formulaOf } from './principle-formula';
import { isProven, Question, type Refutation } from './question';
import type { Clause } from './sat';
import { smallest } from './smallest';
import { FactSpace, type Words } from './space';
import { wordsOf } from './words';
import { World } from './world';

/** What became of one principle. */
export type Verdict =
  | { kind: 'HOLDS'; principle: Principle; proof: Refutation; checked: boolean }
  /** nothing there is that it speaks of */
  | { kind: 'EMPTY'; principle: Principle }
  | { kind: 'REFUTED'; principle: Principle; counter: Counter };

/** The plainest exchange, or pair of exchanges, that breaks a principle. */
export interface Counter {
  facts: Facts;
  /** of a comparison: the second exchange */
  second: Facts | null;
  /** whether `decide` says the same of it */
  confirmed: boolean;
}

/**
 * Proves the principles of one law book over all facts, or finds the plainest counter-example. `usual`: the plainest
 * exchange there is. What the law says counts, not what is built. Pure and synchronous: some hundred milliseconds to
 * begin with, some ten for each principle.
 */
export class Prover {
  /** @internal */
  readonly formulas: Formulas;
  /** @internal */
  readonly first: Side;
  private readonly words: Words;
  private readonly space: FactSpace;
  private readonly seconds = new Map<string, Side>();
  private readonly usual: ReadonlySet<string>;
  private readonly assume: Formula;

  constructor(
    private readonly ruleset: Ruleset,
    private readonly plain: Facts,
    private readonly given: Given = {},
  ) {
    const { assume, list } = ruleset.principles;
    const { model, codes } = ruleset.engine.law;
    const { beside } = given;
    this.formulas = beside?.formulas ?? new Formulas();
    this.words = beside?.words ?? given.words ?? wordsOf([ruleset], [assume, ...list.flatMap(conditionsOf)]);
    this.space = beside?.space ?? new FactSpace(this.formulas, model.table, this.words);
    this.first = this.side(this.space, beside?.first);
    this.usual = beside?.usual ?? assignmentOf(this.space, plain, model.evaluate(plain, codes).calc);
    this.assume = formulaOf(this.first.world, this.first.conclusion, assume);
  }

  prove(principle: Principle): Verdict {
    const { formulas } = this;
    const { premise, breaches, spaces } = this.asked(principle);
    const question = new Question(formulas);
    premise.forEach((one) => question.require(one));
    if (!question.can()) return { kind: 'EMPTY', principle };
    const broken = breaches.find((one) => !question.never(one));
    if (broken === undefined) {
      question.can(formulas.or(...breaches));
      const proof = question.refutation();
      return { kind: 'HOLDS', principle, proof, checked: isProven(proof) };
    }
    const holds = smallest(question, formulas, spaces, this.usual, [broken]);
    const [facts, second = null] = spaces.map((space) => factsOf(space, holds, this.plain));
    const counter = { facts: facts!, second };
    return { kind: 'REFUTED', principle, counter: { ...counter, confirmed: this.breaks(principle, counter) } };
  }

  /**
   * What `prove` asks, as clauses for whoever else can say whether they hold together: of a principle that holds the first
   * can and the second can not. Nothing that our solver found is in them.
   */
  clauses(principle: Principle): { premise: readonly Clause[]; breach: readonly Clause[] } {
    const { premise, breaches } = this.asked(principle);
    const given = (...all: readonly Formula[]): readonly Clause[] => {
      const question = new Question(this.formulas);
      all.forEach((one) => question.require(one));
      return question.required;
    };
    return { premise: given(...premise), breach: given(...premise, this.formulas.or(...breaches)) };
  }

  /**
   * Of what a principle speaks, each way in which it could be broken, and the facts it is about.
   * @internal
   */
  asked(principle: Principle): { premise: Formula[]; breaches: Formula[]; spaces: FactSpace[] } {
    const { world, conclusion } = this.first;
    const premise = [this.assume, formulaOf(world, conclusion, premiseOf(principle))];
    const { compare } = principle;
    if (!compare) return { premise, breaches: [-formulaOf(world, conclusion, principle.holds!)], spaces: [this.space] };
    const second = this.second(compare.change);
    premise.push(
      formulaOf(second.world, second.conclusion, this.ruleset.principles.assume),
      formulaOf(second.world, second.conclusion, compare.second),
    );
    const breaches = compare.never.flatMap((one) => this.turned(one, this.first, second));
    return { premise, breaches, spaces: [this.space, second.world.space] };
  }

  /**
   * The second exchange of comparisons in which these facts change.
   * @internal
   */
  second(change: readonly string[]): Side {
    const key = change.join();
    let side = this.seconds.get(key);
    if (!side) {
      const other = this.given.beside?.second(change);
      side = this.side(other?.world.space ?? this.space.otherwise(this.words, change), other);
      this.seconds.set(key, side);
    }
    return side;
  }

  private side(space: FactSpace, other?: Side): Side {
    const world = new World(space, this.ruleset, this.given.alike ? other?.world : undefined);
    return { world, conclusion: conclusionOf(world) };
  }

  /** Whether these facts break a principle, as `decide` decides them. */
  breaks(principle: Principle, { facts, second }: Pick<Counter, 'facts' | 'second'>): boolean {
    const { assume } = this.ruleset.principles;
    const first = this.decided(facts);
    if (!evaluate(assume, first) || !evaluate(premiseOf(principle), first)) return false;
    if (!principle.compare) return !evaluate(principle.holds!, first);
    const other = this.decided(second!);
    return (
      evaluate(assume, other) &&
      evaluate(principle.compare.second, other) &&
      principle.compare.never.some((one) => this.isTurned(one, first.decision, other.decision))
    );
  }

  private decided(facts: Facts) {
    const { model, codes } = this.ruleset.engine.law;
    return { ...model.evaluate(facts, codes), decision: decidedFacts(decide(this.ruleset, facts)) };
  }

  /** Each way in which the second exchange could be what it must not be: small questions are answered faster than their sum. */
  private turned(never: Never, first: Side, second: Side): Formula[] {
    const { formulas } = this;
    const [was, is] = [first.conclusion, second.conclusion];
    const open = -is.outcome.FORBID;
    switch (never) {
      case 'OPENED':
        return [formulas.and(was.outcome.FORBID, open)];
      case 'STRICTER':
        return PAIRS.filter(([a, b]) => STRICTNESS[b] > STRICTNESS[a]).map(([a, b]) =>
          formulas.and(was.outcome[a], is.outcome[b]),
        );
      case 'FEWER_STEPS':
        return this.ruleset.steps.map(({ id }) =>
          formulas.and(open, was.steps.get(id)!, ...this.standingFor(id).map((one) => -is.steps.get(one)!)),
        );
      case 'FEWER_OBLIGATIONS':
        return [...was.obligations].map(([id, bound]) => formulas.and(open, bound, -is.obligations.get(id)!));
    }
  }

  private isTurned(never: Never, was: ReturnType<typeof decidedFacts>, is: ReturnType<typeof decidedFacts>): boolean {
    const strictness = ({ outcome }: typeof was) => STRICTNESS[outcome as Outcome];
    if (never === 'STRICTER') return strictness(is) > strictness(was);
    if (is.outcome === 'FORBID') return false;
    if (never === 'OPENED') return was.outcome === 'FORBID';
    if (never === 'FEWER_OBLIGATIONS') return was.obligations.some((id) => !is.obligations.includes(id));
    return was.steps.some((id) => !this.standingFor(id).some((one) => is.steps.includes(one)));
  }

  /** A step and whatever stands in its place. */
  private standingFor(id: string): string[] {
    return [id, ...this.ruleset.steps.filter(({ replaces }) => replaces === id).map((step) => step.id)];
  }
}

/** For whoever proves of several law books at once. */
interface Given {
  /** what the facts have to tell apart; absent: what this law book speaks of */
  words?: Words;
  /** of another law book: the same facts and formulas */
  beside?: Prover;
  /** that law book works out the same from facts (`HOW`); only rules, cells and chains are others */
  alike?: boolean;
}
export interface Side {
  world: World;
  conclusion: ConclusionFormula;
}

/** A permit with obligations is no stricter than one without: obligations are compared as such. */
const STRICTNESS: Readonly<Record<Outcome, number>> = { PERMIT: 0, PERMIT_OBL: 0, APPROVAL: 1, FORBID: 2 };
const PAIRS = OUTCOME.flatMap((a) => OUTCOME.map((b): [Outcome, Outcome] => [a, b]));
