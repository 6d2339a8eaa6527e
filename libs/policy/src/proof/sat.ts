import { Order } from './order';

/** Literals: a variable from 1 on, negative for its negation. */
export type Clause = readonly number[];

/** Where a literal stands in a table. */
const place = (literal: number): number => (literal > 0 ? 2 * literal : 1 - 2 * literal);
/** After how many conflicts to begin anew, and how much later each time. */
const FIRST_RESTART = 100;
const LATER = 1.3;

/**
 * Says whether clauses can hold together (conflict-driven clause learning). It writes down every clause it learnt
 * (`lemmas`), in order: each follows from those before it by unit propagation, so that a checker can follow. Source:
 * Marques-Silva and Sakallah, "GRASP" (IEEE TC 1999); Moskewicz et al., "Chaff" (DAC 2001: two watched literals,
 * activities); Eén and Sörensson, "An Extensible SAT-solver" (SAT 2003: first unique implication point, assumptions).
 */
export class Solver {
  /** every clause given, as it was given */
  readonly clauses: Clause[] = [];
  /** every clause learnt */
  readonly lemmas: Clause[] = [];
  /** by literal: clauses to look at once it is false */
  private readonly watches: number[][][] = [[], []];
  private readonly truth: number[] = [0];
  private readonly level: number[] = [0];
  private readonly reason: (number[] | null)[] = [null];
  private readonly phase: number[] = [-1];
  private readonly order = new Order();
  private readonly trail: number[] = [];
  /** how long the trail was before each decision */
  private readonly marks: number[] = [];
  private head = 0;
  private contradictory = false;
  private model: number[] = [];

  add(clause: Clause): void {
    this.undo(0);
    this.clauses.push(clause);
    const literals = [...new Set(clause)];
    for (const literal of literals) this.know(Math.abs(literal));
    if (literals.some((one) => literals.includes(-one) || this.valueOf(one) > 0)) return;
    const open = literals.filter((one) => this.valueOf(one) === 0);
    if (open.length === 0) this.contradictory = true;
    else if (open.length === 1) this.assign(open[0]!, null);
    else this.watch(open);
  }

  /** Takes over what a refusal under assumptions has shown: their denial follows by unit propagation. */
  conclude(lemma: Clause): void {
    this.lemmas.push(lemma);
    this.add(lemma);
    this.clauses.pop();
  }

  /** Whether all clauses can hold together with these literals; then `holds` tells how. */
  solve(assumptions: readonly number[] = []): boolean {
    this.undo(0);
    for (const one of assumptions) this.know(Math.abs(one));
    let conflicts = 0;
    let limit = FIRST_RESTART;
    for (;;) {
      const conflict = this.contradictory ? [] : this.propagate();
      if (conflict) {
        if (this.marks.length === 0) {
          this.contradictory = true;
          return false;
        }
        this.learn(conflict);
        if (++conflicts < limit) continue;
        conflicts = 0;
        limit *= LATER;
        this.undo(0);
        continue;
      }
      const next = this.next(assumptions);
      if (next === 0) {
        this.model = [...this.truth];
        return true;
      }
      if (this.valueOf(next) < 0) return false;
      this.marks.push(this.trail.length);
      if (this.valueOf(next) === 0) this.assign(next, null);
    }
  }

  /** Whether a variable holds in the answer found last; one that no clause names does not. */
  holds(variable: number): boolean {
    return (this.model[variable] ?? 0) > 0;
  }

  /** The next assumption, then the most active open variable; 0 when all are assigned. */
  private next(assumptions: readonly number[]): number {
    if (this.marks.length < assumptions.length) return assumptions[this.marks.length]!;
    for (let variable = this.order.pop(); variable !== 0; variable = this.order.pop())
      if (this.truth[variable] === 0) return variable * this.phase[variable]!;
    return 0;
  }

  private know(variable: number): void {
    while (this.truth.length <= variable) {
      this.order.push(this.truth.length);
      this.truth.push(0);
      this.level.push(0);
      this.reason.push(null);
      this.phase.push(-1);
      this.watches.push([], []);
    }
  }

  private valueOf(literal: number): number {
    return literal > 0 ? this.truth[literal]! : -this.truth[-literal]!;
  }

  private watch(clause: number[]): void {
    this.watches[place(clause[0]!)]!.push(clause);
    this.watches[place(clause[1]!)]!.push(clause);
  }

  private assign(literal: number, reason: number[] | null): void {
    const variable = Math.abs(literal);
    this.truth[variable] = literal > 0 ? 1 : -1;
    this.level[variable] = this.marks.length;
    this.reason[variable] = reason;
    this.trail.push(literal);
  }

  /** Draws all that follows at once; a clause of which nothing is left is the conflict. */
  private propagate(): number[] | null {
    while (this.head < this.trail.length) {
      const gone = -this.trail[this.head++]!;
      const list = this.watches[place(gone)]!;
      let kept = 0;
      for (let i = 0; i < list.length; i++) {
        const clause = list[i]!;
        // the one that is gone stands second
        if (clause[0] === gone) [clause[0], clause[1]] = [clause[1]!, gone];
        if (this.valueOf(clause[0]!) > 0 || !this.moved(clause)) {
          list[kept++] = clause;
          if (this.valueOf(clause[0]!) > 0) continue;
          if (this.valueOf(clause[0]!) < 0) {
            for (i++; i < list.length; i++) list[kept++] = list[i]!;
            list.length = kept;
            return clause;
          }
          this.assign(clause[0]!, clause);
        }
      }
      list.length = kept;
    }
    return null;
  }

  /** Watches another literal in place of the second, if one is not false. */
  private moved(clause: number[]): boolean {
    for (let at = 2; at < clause.length; at++) {
      const literal = clause[at]!;
      if (this.valueOf(literal) < 0) continue;
      clause[at] = clause[1]!;
      clause[1] = literal;
      this.watches[place(literal)]!.push(clause);
      return true;
    }
    return false;
  }

  /** Resolves the conflict back to the first unique implication point, keeps that clause and goes back to where it bites. */
  private learn(conflict: number[]): void {
    const now = this.marks.length;
    const seen = new Set<number>();
    const learnt: number[] = [];
    let open = 0;
    let at = this.trail.length;
    let cause: readonly number[] = conflict;
    let point = 0;
    do {
      for (const literal of cause) {
        const variable = Math.abs(literal);
        if (literal === point || seen.has(variable) || this.level[variable] === 0) continue;
        seen.add(variable);
        this.order.bump(variable);
        if (this.level[variable] === now) open++;
        else learnt.push(literal);
      }
      do point = this.trail[--at]!;
      while (!seen.has(Math.abs(point)));
      cause = this.reason[Math.abs(point)] ?? [];
      open--;
    } while (open > 0);
    // what the others say already is left out; the highest of them second: it is watched beside the new truth
    const needed = learnt.filter((literal) => !this.isImplied(literal, seen));
    needed.sort((a, b) => this.level[Math.abs(b)]! - this.level[Math.abs(a)]!);
    const clause = [-point, ...needed];
    this.lemmas.push([...clause]);
    this.order.decay();
    this.undo(needed.length > 0 ? this.level[Math.abs(needed[0]!)]! : 0);
    if (clause.length > 1) this.watch(clause);
    this.assign(-point, clause.length > 1 ? clause : null);
  }

  /** Whether a literal of a lemma follows from the others (Sörensson and Biere, "Minimizing Learned Clauses", SAT 2009). */
  private isImplied(literal: number, seen: ReadonlySet<number>): boolean {
    const reason = this.reason[Math.abs(literal)];
    return (
      reason != null &&
      reason.every((one) => one === -literal || seen.has(Math.abs(one)) || this.level[Math.abs(one)] === 0)
    );
  }

  private undo(level: number): void {
    if (this.marks.length <= level) return;
    const length = this.marks[level]!;
    for (let at = this.trail.length - 1; at >= length; at--) {
      const literal = this.trail[at]!;
      const variable = Math.abs(literal);
      this.truth[variable] = 0;
      this.phase[variable] = Math.sign(literal);
      this.order.push(variable);
    }
    this.trail.length = length;
    this.marks.length = level;
    this.head = length;
  }
}
