/**
 * Checks a proof that clauses can not hold together. It shares nothing with whoever found it, no line and no idea but the
 * one rule: a clause follows if denying each of its literals leads, by unit propagation through the clauses before it, to
 * a clause of which nothing is left. Source: Goldberg and Novikov, "Verification of Proofs of Unsatisfiability for CNF
 * Formulas" (DATE 2003); the rule is known as RUP.
 *
 * `claim`: what is to follow from the given clauses with the help of the lemmas, which are checked in their order; the
 * empty clause says that the given ones contradict each other.
 */
export function proves(
  given: readonly (readonly number[])[],
  lemmas: readonly (readonly number[])[],
  claim: readonly number[],
): boolean {
  const known = new Known();
  for (const clause of given) if (!known.keep(clause)) return true;
  for (const lemma of lemmas) {
    if (!known.entails(lemma)) return false;
    if (!known.keep(lemma)) return true;
  }
  return known.entails(claim);
}

/** Where a literal stands in a table: even for a variable, odd for its negation. */
const place = (literal: number): number => (literal > 0 ? 2 * literal : -2 * literal + 1);

/** Clauses that are taken as true, and all that follows from them at once. */
class Known {
  /** by literal: 1 true, -1 false, 0 open */
  private readonly truth: number[] = [];
  /** literals made true, in order */
  private readonly made: number[] = [];
  /** by literal: clauses that wait for it to become false. Each waits at two of its literals, or it is settled */
  private readonly waiting: number[][][] = [];

  /** Takes a clause as true for good. False: then everything contradicts itself. */
  keep(clause: readonly number[]): boolean {
    const literals = [...new Set(clause)];
    for (const literal of literals) this.enlarge(Math.abs(literal));
    // those that are not false to the front: at the first two it waits
    literals.sort((a, b) => this.truth[place(b)]! - this.truth[place(a)]!);
    const [first, second] = literals;
    if (first === undefined || this.truth[place(first)]! < 0) return false;
    if (second !== undefined) {
      this.waiting[place(first)]!.push(literals);
      this.waiting[place(second)]!.push(literals);
      if (this.truth[place(second)]! >= 0 || this.truth[place(first)]! > 0) return true;
    }
    return this.makes(first);
  }

  /** Whether denying the clause contradicts what is known. */
  entails(clause: readonly number[]): boolean {
    const before = this.made.length;
    const contradicted = !clause.every((literal) => {
      this.enlarge(Math.abs(literal));
      return this.makes(-literal);
    });
    while (this.made.length > before) {
      const literal = this.made.pop()!;
      this.truth[place(literal)] = 0;
      this.truth[place(-literal)] = 0;
    }
    return contradicted;
  }

  /** Makes a literal true, and all that follows. False on a contradiction. */
  private makes(start: number): boolean {
    if (this.truth[place(start)] !== 0) return this.truth[place(start)]! > 0;
    let next = this.made.length;
    this.set(start);
    while (next < this.made.length) {
      const gone = -this.made[next++]!;
      const clauses = this.waiting[place(gone)]!;
      let staying = 0;
      for (let at = 0; at < clauses.length; at++) {
        const clause = clauses[at]!;
        if (clause[0] === gone) {
          clause[0] = clause[1]!;
          clause[1] = gone;
        }
        const other = clause[0]!;
        if (this.truth[place(other)]! <= 0 && this.waitsElsewhere(clause)) continue;
        clauses[staying++] = clause;
        if (this.truth[place(other)]! > 0) continue;
        if (this.truth[place(other)] === 0) {
          this.set(other);
          continue;
        }
        while (++at < clauses.length) clauses[staying++] = clauses[at]!;
        clauses.length = staying;
        return false;
      }
      clauses.length = staying;
    }
    return true;
  }

  private waitsElsewhere(clause: number[]): boolean {
    for (let at = 2; at < clause.length; at++) {
      const literal = clause[at]!;
      if (this.truth[place(literal)]! < 0) continue;
      clause[at] = clause[1]!;
      clause[1] = literal;
      this.waiting[place(literal)]!.push(clause);
      return true;
    }
    return false;
  }

  private set(literal: number): void {
    this.truth[place(literal)] = 1;
    this.truth[place(-literal)] = -1;
    this.made.push(literal);
  }

  private enlarge(variable: number): void {
    for (let at = this.truth.length; at < 2 * variable + 2; at++) {
      this.truth.push(0);
      this.waiting.push([]);
    }
  }
}
