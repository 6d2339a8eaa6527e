/** One number for each combination of values of several lists. */
export interface ShapeKeys {
  /** by list: what a value adds to the number; a value that is not in the list adds 0 and so shares with nobody */
  parts: readonly Readonly<Record<string, number>>[];
  /** how many numbers there are, from 0 on */
  size: number;
}

/** Beyond this the sums would be no small integers of the processor any more. */
const MOST_SHAPES = 2 ** 30;

/**
 * Numbers the combinations of values: each list has as many places as it has values, and one for whatever it does not
 * know. A longer list makes larger numbers, never a number that two combinations share.
 */
export function shapeKeys(lists: readonly (readonly (string | boolean | null)[])[]): ShapeKeys {
  let size = 1;
  const parts = lists.map((values) => {
    const weight = size;
    size *= values.length + 1;
    return Object.fromEntries(values.map((value, at) => [String(value), (at + 1) * weight]));
  });
  if (size > MOST_SHAPES) throw new Error(`${size} shapes are too many: leave out a fact that splits the law book`);
  return { parts, size };
}
