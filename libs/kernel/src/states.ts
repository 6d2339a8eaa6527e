/** One state: its German word, and the steps that lead out of it by name. */
interface StateEntry<S extends string> {
  readonly label?: string;
  readonly to: Readonly<Record<string, S>>;
}
type Table<T> = { readonly [S in keyof T]: StateEntry<keyof T & string> };
type StepOf<T> = { [S in keyof T]: T[S] extends { to: infer To } ? keyof To & string : never }[keyof T];

/** The states something goes through. `S`: stored in its row. `D`: worked out at a moment, never stored. */
export interface States<S extends string, Step extends string = string, D extends string = never> {
  /** in the order of the table */
  readonly stored: readonly [S, ...S[]];
  /** the stored ones, then the derived ones */
  readonly all: readonly [S | D, ...(S | D)[]];
  /** German, for people; empty where the table has no word */
  readonly label: Readonly<Record<S | D, string>>;
  /** every pair a row may go from and to; the database holds the same table, and a test of the stage compares the two */
  readonly transitions: readonly (readonly [from: S, to: S])[];
  canMove(from: S, to: S): boolean;
  /** no step leads out of it */
  isFinal(state: S): boolean;
  stepsFrom(state: S): Step[];
  /** where a step leads, or null when this state does not know it */
  after(state: S, step: Step): S | null;
}
export type StoredStateOf<X> = X extends { stored: readonly (infer S extends string)[] } ? S : never;
export type StateOf<X> = X extends { all: readonly (infer S extends string)[] } ? S : never;

/**
 * Declares the states of one thing: data first, everything else is read from it. `derived` gives the words of states
 * that time or another row makes and nobody stores.
 */
export function defineStates<
  const T extends Table<T>,
  const D extends Readonly<Record<string, string>> = Readonly<Record<never, string>>,
>(table: T, derived?: D): States<keyof T & string, StepOf<T>, keyof D & string> {
  type S = keyof T & string;
  type Derived = keyof D & string;
  const rows = Object.entries(table) as [S, StateEntry<S>][];
  const steps = Object.fromEntries(rows.map(([state, { to }]) => [state, to])) as Record<
    S,
    Readonly<Record<string, S>>
  >;
  const stored = rows.map(([state]) => state);
  const transitions = rows.flatMap(([from, { to }]) => Object.values(to).map((next) => [from, next] as const));
  return {
    stored: stored as [S, ...S[]],
    all: [...stored, ...Object.keys(derived ?? {})] as unknown as [S, ...(S | Derived)[]],
    label: {
      ...Object.fromEntries(rows.map(([state, { label = '' }]) => [state, label])),
      ...derived,
    } as unknown as Record<S | Derived, string>,
    transitions,
    canMove: (from, to) => transitions.some(([a, b]) => a === from && b === to),
    isFinal: (state) => Object.keys(steps[state]).length === 0,
    stepsFrom: (state) => Object.keys(steps[state]) as StepOf<T>[],
    after: (state, step) => (Object.hasOwn(steps[state], step) ? (steps[state][step] ?? null) : null),
  };
}
