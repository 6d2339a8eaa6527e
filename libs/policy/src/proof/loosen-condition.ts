import type { FactKind } from '../facts/fact';
import type { Ruleset } from '../law/ruleset';

/** A part of a file of the law book, and what stands in its place; undefined: it is taken out. */
export interface Edit {
  path: readonly (string | number)[];
  value: unknown;
  /** in words, what is otherwise */
  words: string;
}
/** Whether a condition is to hold more often or less often. */
export type Direction = 'MORE' | 'LESS';
type Path = Edit['path'];
type Written = Record<string, unknown>;

const other = (direction: Direction): Direction => (direction === 'MORE' ? 'LESS' : 'MORE');
const isMap = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every smallest change by which a condition, as it is written, holds more or less often. */
export function loosenedCondition(ruleset: Ruleset, written: unknown, direction: Direction, path: Path): Edit[] {
  if (!isMap(written)) return [];
  const keys = Object.keys(written);
  return Object.entries(written).flatMap(([key, value]): Edit[] => {
    const at = [...path, key];
    const gone: Edit[] =
      direction === 'MORE' && keys.length > 1
        ? [{ path: at, value: undefined, words: `ohne ${shown(key, value)}` }]
        : [];
    if (key === 'not') return [...gone, ...loosenedCondition(ruleset, value, other(direction), at)];
    if (key !== 'all' && key !== 'any') return [...gone, ...loosenedTests(ruleset, key, value, direction, at)];
    const parts = value as unknown[];
    // fewer of `all` hold more often, fewer of `any` less often
    const fewer = parts.length > 1 && (key === 'all') === (direction === 'MORE');
    return [
      ...gone,
      ...parts.flatMap((part, index): Edit[] => [
        ...(fewer ? [{ path: [...at, index], value: undefined, words: `ohne ${shown('', part)}` }] : []),
        ...loosenedCondition(ruleset, part, direction, [...at, index]),
      ]),
    ];
  });
}

function loosenedTests(ruleset: Ruleset, fact: string, tests: unknown, direction: Direction, path: Path): Edit[] {
  if (!isMap(tests)) return [];
  const kind = ruleset.engine.law.model.known.get(fact) ?? null;
  return Object.entries(tests).flatMap(([op, value]): Edit[] => {
    if (op === 'not') return loosenedTests(ruleset, fact, value, other(direction), [...path, op]);
    const as = (changed: Written, words: string): Edit => ({
      path,
      value: { ...without(tests, op), ...changed },
      words: `${fact}: ${words}`,
    });
    const given = [value].flat();
    const fewer =
      given.length > 1
        ? given.map((word) => as({ [op]: given.filter((one) => one !== word) }, `ohne ${String(word)}`))
        : [];
    switch (op) {
      case 'in':
        if (direction === 'LESS') return fewer;
        return missing(ruleset, kind, given).map((word) => as({ in: [...given, word] }, `auch ${word}`));
      case 'all':
        return direction === 'MORE' ? fewer : [];
      case 'eq':
        if (direction === 'LESS' || Array.isArray(value) || value === null) return [];
        return missing(ruleset, kind, given).map((word) => as({ in: [value, word] }, `auch ${word}`));
      default: {
        // gte, lte
        const by = (op === 'gte') === (direction === 'MORE') ? -1 : 1;
        const moved = neighbour(kind, value, by);
        return moved === null ? [] : [as({ [op]: moved }, `${op} ${String(moved)} statt ${String(value)}`)];
      }
    }
  });
}

const without = (map: Written, key: string): Written =>
  Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));

/** Words that a list of a condition could name as well. */
function missing({ engine }: Ruleset, kind: FactKind | null, given: readonly unknown[]): string[] {
  const all = kind?.kind === 'enum' ? kind.values : kind?.kind === 'code' ? [...engine.law.codes[kind.of]] : [];
  return all.filter((word) => !given.includes(word));
}

function neighbour(kind: FactKind | null, value: unknown, by: number): unknown {
  if (typeof value === 'number') return value + by;
  return kind?.kind === 'enum' ? (kind.values[kind.values.indexOf(value as string) + by] ?? null) : null;
}

const shown = (key: string, value: unknown): string => `${key} ${JSON.stringify(value)}`.trim().replaceAll('"', '');
