import { type Condition, isList, reach, type Scalar, type Value } from './conditions';
import type { View } from './calc';

export type Test = (view: View) => boolean;
/** Values known beforehand, by path: the rest of the condition is generated for them. */
export type Known = ReadonlyMap<string, Scalar>;

/**
 * Works the known values into a condition. true or false when nothing is left to ask, else what remains.
 * This is what makes one ability per shape small: most rules speak about the classification and the consumer.
 */
export function remainder(condition: Condition, known: Known): Condition | boolean {
  if ('all' in condition) return joined(condition.all, known, true);
  if ('any' in condition) return joined(condition.any, known, false);
  if ('not' in condition) {
    const rest = remainder(condition.not, known);
    return typeof rest === 'boolean' ? !rest : { not: rest };
  }
  const value = known.get(condition.path);
  return value === undefined ? condition : holds(condition, value);
}

function joined(parts: Condition[], known: Known, every: boolean): Condition | boolean {
  const left: Condition[] = [];
  for (const part of parts) {
    const rest = remainder(part, known);
    if (rest === !every) return !every;
    if (typeof rest !== 'boolean') left.push(rest);
  }
  if (left.length === 0) return every;
  if (left.length === 1) return left[0]!;
  return every ? { all: left } : { any: left };
}

/** One test on one value, read straight from the grammar. Slow and plain: used while compiling and explaining. */
export function holds(test: { path: string; op: string; value: Value }, value: unknown): boolean {
  const wanted = Array.isArray(test.value) ? test.value : [test.value];
  if (Array.isArray(value)) {
    if (test.op === 'eq') return value.length === 0;
    if (test.op === 'in') return wanted.some((item) => value.includes(item));
    return wanted.every((item) => value.includes(item));
  }
  if (test.op === 'eq' || test.op === 'in') return wanted.includes(value as Scalar);
  const order = reach(test.path, test.op as 'gte' | 'lte', test.value);
  if (order) return order.includes(value as string);
  if (typeof value !== 'number') return false;
  return test.op === 'gte' ? value >= (test.value as number) : value <= (test.value as number);
}

/** The value at a path of the view. Paths come from the closed vocabulary only. */
export function valueAt(view: View, path: string): unknown {
  let at: unknown = view;
  for (const key of path.split('.')) at = (at as Record<string, unknown>)[key];
  return at;
}

/** Evaluates a condition without compiling it. */
export function evaluate(condition: Condition, view: View): boolean {
  if ('all' in condition) return condition.all.every((part) => evaluate(part, view));
  if ('any' in condition) return condition.any.some((part) => evaluate(part, view));
  if ('not' in condition) return !evaluate(condition.not, view);
  return holds(condition, valueAt(view, condition.path));
}

/** A condition in the query language of CASL; its own matcher reads it, ours finds the generated test under it. */
export function asQuery(condition: Condition): Record<string, unknown> {
  if ('all' in condition) return { $and: condition.all.map(asQuery) };
  if ('any' in condition) return { $or: condition.any.map(asQuery) };
  if ('not' in condition) return { $nor: [asQuery(condition.not)] };
  const { path, op, value } = condition;
  if (isList(path)) return { [path]: op === 'eq' ? { $size: 0 } : { [`$${op}`]: value } };
  const order = op === 'gte' || op === 'lte' ? reach(path, op, value) : null;
  return { [path]: order ? { $in: [...order] } : { [`$${op}`]: value } };
}

/** Generates the test of a condition: closures for its very path, operator and values, no walk at run time. */
export function generate(condition: Condition): Test {
  if ('all' in condition) return every(condition.all.map(generate));
  if ('any' in condition) return some(condition.any.map(generate));
  if ('not' in condition) {
    const test = generate(condition.not);
    return (view) => !test(view);
  }
  return testOf(condition.path, condition.op, condition.value);
}

function every(tests: Test[]): Test {
  const [a, b, c] = tests;
  if (tests.length === 2) return (view) => a!(view) && b!(view);
  if (tests.length === 3) return (view) => a!(view) && b!(view) && c!(view);
  return (view) => {
    for (let i = 0; i < tests.length; i++) if (!tests[i]!(view)) return false;
    return true;
  };
}

function some(tests: Test[]): Test {
  const [a, b, c] = tests;
  if (tests.length === 2) return (view) => a!(view) || b!(view);
  if (tests.length === 3) return (view) => a!(view) || b!(view) || c!(view);
  return (view) => {
    for (let i = 0; i < tests.length; i++) if (tests[i]!(view)) return true;
    return false;
  };
}

type Get = (view: View) => unknown;

function getter(path: string): Get {
  const [a, b, c] = path.split('.') as [string, string?, string?];
  type Level = Record<string, Record<string, Record<string, unknown>>>;
  if (c) return (view) => (view as unknown as Level)[a]![b!]![c];
  if (b) return (view) => (view as unknown as Level)[a]![b];
  return (view) => (view as unknown as Level)[a];
}

function testOf(path: string, op: string, value: Value): Test {
  const get = getter(path);
  if (isList(path)) return listTest(get as (view: View) => readonly unknown[], op, value);
  if (op === 'eq') return (view) => get(view) === value;
  const order = op === 'in' ? (value as Scalar[]) : reach(path, op as 'gte' | 'lte', value);
  if (order) {
    const [a, b] = order;
    if (order.length === 1) return (view) => get(view) === a;
    if (order.length === 2) return (view) => {
      const got = get(view);
      return got === a || got === b;
    };
    const set = new Set<unknown>(order);
    return (view) => set.has(get(view));
  }
  const bound = value as number;
  return op === 'gte' ? (view) => (get(view) as number) >= bound : (view) => (get(view) as number) <= bound;
}

function listTest(get: (view: View) => readonly unknown[], op: string, value: Value): Test {
  if (op === 'eq') return (view) => get(view).length === 0;
  const wanted = value as Scalar[];
  if (op === 'all') return (view) => {
    const held = get(view);
    return wanted.every((item) => held.includes(item));
  };
  const only = wanted[0];
  if (wanted.length === 1) return (view) => get(view).includes(only);
  return (view) => {
    const held = get(view);
    for (let i = 0; i < held.length; i++) if (wanted.includes(held[i] as Scalar)) return true;
    return false;
  };
}
