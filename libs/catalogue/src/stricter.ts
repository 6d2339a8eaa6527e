/** Which of two statements about the same data opens less; both are made. */
type Stricter<V> = (one: V, other: V) => V;

/** The list runs from loose to strict. */
export const higherOf =
  <W extends string>(list: readonly W[]): Stricter<W> =>
  (one, other) =>
    list.indexOf(one) >= list.indexOf(other) ? one : other;
/** The list runs from strict to loose. */
export const lowerOf =
  <W extends string>(list: readonly W[]): Stricter<W> =>
  (one, other) =>
    list.indexOf(one) <= list.indexOf(other) ? one : other;

/** What forbids holds as soon as one says it, what opens only where both do. */
export const either: Stricter<boolean> = (one, other) => one || other;
export const both: Stricter<boolean> = (one, other) => one && other;
export const all = <W extends string>(one: readonly W[], other: readonly W[]): W[] => [...new Set([...one, ...other])];
export const common = <W extends string>(one: readonly W[], other: readonly W[]): W[] =>
  one.filter((word) => other.includes(word));

export const most: Stricter<number> = (one, other) => Math.max(one, other);
export const least: Stricter<number> = (one, other) => Math.min(one, other);
/** Days as `2026-12-31`. */
export const earlier: Stricter<string> = (one, other) => (one < other ? one : other);
