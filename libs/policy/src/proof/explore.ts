import { FALSE, type Formula, type Formulas } from './formula';

/** Asks which of several ways is taken, each with the formula under which it is; exactly one of them holds. */
export type Choose = (ways: readonly Formula[]) => number;

/**
 * Runs a function on all its ways: each time it asks, every answer is tried once. Gives what came out, each value with the
 * formula under which it does. The function must be pure and ask the same questions after the same answers. Source:
 * King, "Symbolic Execution and Program Testing" (CACM 1976), by running anew instead of forking.
 */
export function explore<T>(formulas: Formulas, run: (choose: Choose) => T): Map<T, Formula> {
  const found = new Map<T, Formula[]>();
  const taken: { at: number; ways: readonly Formula[] }[] = [];
  do {
    let asked = 0;
    const value = run((ways) => {
      const step = (taken[asked] ??= { at: ways.findIndex((way) => way !== FALSE), ways });
      asked++;
      return step.at;
    });
    const way = formulas.and(...taken.map(({ at, ways }) => ways[at]!));
    const list = found.get(value);
    if (list) list.push(way);
    else found.set(value, [way]);
  } while (turned());
  return new Map([...found].map(([value, ways]) => [value, formulas.or(...ways)]));

  /** Takes the next way at the last place that has one; false when all were taken. */
  function turned(): boolean {
    for (;;) {
      const last = taken.pop();
      if (!last) return false;
      const at = last.ways.findIndex((way, place) => place > last.at && way !== FALSE);
      if (at >= 0) return taken.push({ at, ways: last.ways }) > 0;
    }
  }
}
