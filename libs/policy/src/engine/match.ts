import type { Condition, Leaf, Scalar, Value } from '../law/conditions';
import type { EvaluatedFacts } from '../facts/derived-facts';

export type Test = (evaluated: EvaluatedFacts) => boolean;
/** Values known beforehand, by path: the rest of the condition is generated for them. */
export type KnownFacts = ReadonlyMap<string, Value>;

/**
 * Works the known values into a condition. true or false when nothing is left to ask, else what remains.
 * This is what makes one ability per shape small: most rules speak about the classification and the consumer.
 */
export function remainder(condition: Condition, known: KnownFacts): Condition | boolean {
  if ('all' in condition) return joined(condition.all, known, true);
  if ('any' in condition) return joined(condition.any, known, false);
  if ('not' in condition) {
    const rest = remainder(condition.not, known);
    return typeof rest === 'boolean' ? !rest : { not: rest };
  }
  const value = known.get(condition.path);
  return value === undefined ? condition : holds(condition, value);
}

function joined(parts: Condition[], known: KnownFacts, every: boolean): Condition | boolean {
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
export function holds(test: Leaf, value: unknown): boolean {
  const wanted = Array.isArray(test.value) ? test.value : [test.value];
  if (Array.isArray(value)) {
    if (test.op === 'eq') return value.length === 0;
    if (test.op === 'in') return wanted.some((item) => value.includes(item));
    return wanted.every((item) => value.includes(item));
  }
  if (test.op === 'eq' || test.op === 'in') return wanted.includes(value as Scalar);
  if (test.among) return test.among.includes(value as string);
  if (typeof value !== 'number') return false;
  return test.op === 'gte' ? value >= (test.value as number) : value <= (test.value as number);
}

/** The value at a path of the evaluated. Paths come from the closed vocabulary only. */
export function valueAt(evaluated: object, path: string): unknown {
  let at: unknown = evaluated;
  for (const key of path.split('.')) at = (at as Record<string, unknown>)[key];
  return at;
}

/** Evaluates a condition without compiling it. */
export function evaluate(condition: Condition, evaluated: object): boolean {
  if ('all' in condition) return condition.all.every((part) => evaluate(part, evaluated));
  if ('any' in condition) return condition.any.some((part) => evaluate(part, evaluated));
  if ('not' in condition) return !evaluate(condition.not, evaluated);
  return holds(condition, valueAt(evaluated, condition.path));
}

/** A condition in the query language of CASL; its own matcher reads it, ours finds the generated test under it. */
export function asQuery(condition: Condition): Record<string, unknown> {
  if ('all' in condition) return { $and: condition.all.map(asQuery) };
  if ('any' in condition) return { $or: condition.any.map(asQuery) };
  if ('not' in condition) return { $nor: [asQuery(condition.not)] };
  const { path, op, value, list, among } = condition;
  if (list) return { [path]: op === 'eq' ? { $size: 0 } : { [`$${op}`]: value } };
  return { [path]: among ? { $in: [...among] } : { [`$${op}`]: value } };
}

/** More values than this are looked up in a set. */
const MOST_COMPARISONS = 6;

/**
 * Generates the test of a condition as a function of its own: no walk over conditions at run time. The text is made of
 * paths of the closed vocabulary and of values written by JSON.stringify, so nothing from a file is ever run.
 */
export function generate(condition: Condition): Test {
  const sets: ReadonlySet<unknown>[] = [];
  const source = sourceOf(condition, sets);
  return new Function('sets', `'use strict'; return (v) => ${source};`)(sets) as Test;
}

function sourceOf(condition: Condition, sets: ReadonlySet<unknown>[]): string {
  if ('all' in condition)
    return condition.all.length === 0 ? 'true' : `(${condition.all.map((part) => sourceOf(part, sets)).join(' && ')})`;
  if ('any' in condition) return `(${condition.any.map((part) => sourceOf(part, sets)).join(' || ')})`;
  if ('not' in condition) return `!(${sourceOf(condition.not, sets)})`;
  const { path, op, value, list, among } = condition;
  if (!/^[a-z]\w*(?:\.[a-z]\w*)*$/i.test(path)) throw new Error(`\`${path}\` is no path of a fact`);
  const at = `v.${path}`;
  const words = Array.isArray(value) ? value : [value];
  if (list) {
    if (op === 'eq') return `${at}.length === 0`;
    const each = words.map((item) => `${at}.includes(${JSON.stringify(item)})`);
    // most lists are empty or short
    return op === 'all'
      ? `(${each.join(' && ')})`
      : `(${at}.length !== 0 && ${long(words, sets) ? `${at}.some((x) => sets[${sets.length - 1}].has(x))` : `(${each.join(' || ')})`})`;
  }
  if (!among && (op === 'gte' || op === 'lte')) return `${at} ${op === 'gte' ? '>=' : '<='} ${JSON.stringify(value)}`;
  const wanted = among ?? words;
  if (long(wanted, sets)) return `sets[${sets.length - 1}].has(${at})`;
  return `(${wanted.map((item) => `${at} === ${JSON.stringify(item)}`).join(' || ')})`;
}

/** Keeps a long list as a set; true when it did. */
function long(words: readonly unknown[], sets: ReadonlySet<unknown>[]): boolean {
  if (words.length <= MOST_COMPARISONS) return false;
  sets.push(new Set(words));
  return true;
}
