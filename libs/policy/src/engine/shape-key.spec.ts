import { shapeKeys } from './shape-key';

/** Every combination of values, and of a value that no list knows. */
function numbers(lists: readonly (readonly string[])[]): number[] {
  const { parts } = shapeKeys(lists);
  return lists.reduce<number[]>(
    (sums, values, at) =>
      sums.flatMap((sum) => [...values, 'what no list knows'].map((value) => sum + (parts[at]![value] ?? 0))),
    [0],
  );
}
const words = (count: number): string[] => Array.from({ length: count }, (_, at) => `word ${at}`);

test.each([1, 2, 7, 8, 15, 16, 17, 31, 32])(
  'lists of %i values: every combination has a number of its own',
  (count) => {
    const all = numbers([words(3), words(count), words(count + 1)]);
    expect(new Set(all).size).toBe(all.length);
    expect(Math.max(...all)).toBe(shapeKeys([words(3), words(count), words(count + 1)]).size - 1);
  },
);

test('more combinations than a small integer holds are refused, up to them none is', () => {
  expect(() => shapeKeys([words(2 ** 15), words(2 ** 15)])).toThrow('too many');
  expect(shapeKeys([words(2 ** 15 - 1), words(2 ** 15 - 1)]).size).toBe(2 ** 30);
});
