import type { Formula, Formulas } from './formula';
import { proves } from './check';
import { type Clause, Solver } from './sat';

/** Why something can not be: clauses, what follows from them step by step, and what was to be shown. */
export interface Refutation {
  clauses: readonly Clause[];
  lemmas: readonly Clause[];
  claim: Clause;
}

/**
 * Asks whether formulas can hold together. Only what they are made of becomes clauses, each node one variable with the
 * clauses that tie it to its parts. Source: Tseitin, "On the Complexity of Derivation in Propositional Calculus" (1968).
 */
export class Question {
  private readonly solver = new Solver();
  private readonly numbers = new Map<number, number>();
  private readonly byName = new Map<string, number>();
  private claim: Clause = [];

  constructor(private readonly formulas: Formulas) {}

  /** From now on this holds. */
  require(formula: Formula): void {
    this.solver.add([this.literal(formula)]);
  }

  /** Whether what was required can hold together with these. */
  can(...formulas: readonly Formula[]): boolean {
    const literals = formulas.map((one) => this.literal(one));
    this.claim = literals.map((one) => -one);
    return this.solver.solve(literals);
  }

  /** Whether this can not be, ever: then that is known from now on. */
  never(formula: Formula): boolean {
    if (this.can(formula)) return false;
    this.solver.conclude([-this.literal(formula)]);
    return true;
  }

  /** After a yes: whether a variable holds in the answer; undefined when nothing asked speaks of it. */
  answer(variable: string): boolean | undefined {
    const number = this.byName.get(variable);
    return number === undefined ? undefined : this.solver.holds(number);
  }

  /** After a yes: the answer as it is now, whatever is asked later. */
  snapshot(): (variable: string) => boolean {
    const holding = new Set([...this.byName].flatMap(([name, number]) => (this.solver.holds(number) ? [name] : [])));
    return (variable) => holding.has(variable);
  }

  /** What was required, as clauses. */
  get required(): readonly Clause[] {
    return this.solver.clauses;
  }

  /** After a no: the proof of it. */
  refutation(): Refutation {
    const { clauses, lemmas } = this.solver;
    return { clauses, lemmas, claim: this.claim };
  }

  private literal(formula: Formula): number {
    const at = Math.abs(formula);
    let number = this.numbers.get(at);
    if (number === undefined) {
      const node = this.formulas.nodeOf(at);
      const parts = typeof node === 'string' ? [] : node.map((part) => this.literal(part));
      number = this.numbers.size + 1;
      this.numbers.set(at, number);
      if (typeof node === 'string') this.byName.set(node, number);
      else {
        for (const part of parts) this.solver.add([-number, part]);
        this.solver.add([number, ...parts.map((part) => -part)]);
      }
    }
    return formula > 0 ? number : -number;
  }
}

/** Whether the separate checker accepts a proof. */
export const isProven = ({ clauses, lemmas, claim }: Refutation): boolean => proves(clauses, lemmas, claim);
