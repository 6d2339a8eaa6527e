import type { z } from 'zod';

/**
 * Content in its shape. Every fault is reported with the entry it is in, and one hides no other: a key that nobody knows is
 * left out, an entry that can not be used is dropped, and the rest goes on to be judged. Null where nothing is left to go
 * on with. `dropped`: what such an entry may be called; that it is missing elsewhere is no fault of its own.
 */
export function parsed<T>(
  shape: z.ZodType<T>,
  content: unknown,
  report: (text: string, id: string | null) => void,
  dropped: (names: readonly string[]) => void = () => undefined,
): T | null {
  const told = new Set<string>();
  let rest = content;
  for (;;) {
    const result = shape.safeParse(rest);
    if (result.success) return result.data;
    const { issues } = result.error;
    for (const { path, message } of issues) {
      // what was taken out above is no fault of the list that is empty now
      if (rest !== content && emptied(rest, path) && !emptied(content, path)) continue;
      const [id, key] = [entryAt(rest, path), path.map(String).join('.')];
      const text = `${key ? `\`${key}\`: ` : ''}${message}`;
      if (!told.has(`${id} ${text}`)) report(text, id);
      told.add(`${id} ${text}`);
    }
    const next = without(rest, issues, dropped);
    if (next === null) return null;
    rest = next;
  }
}

type Path = readonly PropertyKey[];
type Entry = Record<PropertyKey, unknown>;
const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;
const at = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (isEntry(inner) ? inner[key] : undefined), content);
const nameOf = (value: unknown): string | null => {
  const { id, code } = isEntry(value) && !Array.isArray(value) ? value : {};
  const name = id ?? code;
  return typeof name === 'string' ? name : null;
};

const emptied = (content: unknown, path: Path): boolean => {
  const list = at(content, path);
  return Array.isArray(list) && list.length === 0;
};

/** The entry of a list that a place is in, by its name. */
function entryAt(content: unknown, path: Path): string | null {
  for (let length = 1; length <= path.length; length++) {
    const id = typeof path[length - 1] === 'number' ? nameOf(at(content, path.slice(0, length))) : null;
    if (id !== null) return id;
  }
  return null;
}

/** The content without what is wrong in it; null where that is not in a list, and no key too many. */
function without(
  content: unknown,
  issues: readonly z.core.$ZodIssue[],
  dropped: (names: readonly string[]) => void,
): unknown {
  const rest: unknown = structuredClone(content);
  const gone = new Map<unknown[], Set<number>>();
  for (const { code, path } of issues) {
    if (code === 'unrecognized_keys') continue;
    const last = path.findLastIndex((key) => typeof key === 'number');
    const list = at(rest, path.slice(0, last));
    if (last < 0 || !Array.isArray(list)) return null;
    gone.set(list, (gone.get(list) ?? new Set()).add(Number(path[last])));
    const entry = at(content, path.slice(0, last + 1));
    if (isEntry(entry)) dropped(Object.values(entry).filter((one) => typeof one === 'string'));
  }
  for (const issue of issues)
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) delete (at(rest, issue.path) as Entry)[key];
  for (const [list, places] of gone) list.splice(0, Infinity, ...list.filter((_, place) => !places.has(place)));
  return rest;
}
