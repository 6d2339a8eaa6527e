import type { Change } from './changes.view';

/**
 * What differs in the content of two law books and stands in no entry whose change is told already: the last resort of a
 * comparison, as it is written. An entry is `<part> <id>` (`roles ADMIN`), or `<part>` where a part has no entries.
 */
export function otherDifferences(before: object, after: object, told: ReadonlySet<string>): Change[] {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((entry): Change[] => {
    if (told.has(entry)) return [];
    const [was, is] = [old.get(entry) ?? [], now.get(entry) ?? []];
    const change = {
      name: `Eintrag ${entry}`,
      before: was.filter((line) => !is.includes(line)),
      after: is.filter((line) => !was.includes(line)),
    };
    return change.before.length + change.after.length > 0 ? [change] : [];
  });
}

function entriesOf(content: object): Map<string, string[]> {
  const entries = new Map<string, string[]>();
  const add = (entry: string, path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      entries.set(entry, [...(entries.get(entry) ?? []), `${path}: ${String(value)}`]);
      return;
    }
    for (const [key, member] of Object.entries(value))
      add(entry, path ? `${path}.${nameOf(key, member)}` : nameOf(key, member), member);
  };
  for (const [part, inner] of Object.entries(content)) {
    // a part is a list of entries itself (rules), or holds lists of them (approvals: steps and chains)
    const lists = Array.isArray(inner) ? { '': inner as unknown[] } : (inner as Record<string, unknown>);
    for (const [key, value] of Object.entries(lists)) {
      if (Array.isArray(value) && value.every((item) => idOf(item) !== null)) {
        const above = part === 'vocabulary' ? `${part} ${key}` : part;
        for (const item of value as object[])
          add(
            part === 'vocabulary' ? above : `${above} ${idOf(item)!}`,
            part === 'vocabulary' ? idOf(item)! : '',
            item,
          );
      } else add(part, key, value);
    }
  }
  return entries;
}

const idOf = (item: unknown): string | null => {
  if (typeof item !== 'object' || item === null) return null;
  const { id, code } = item as { id?: unknown; code?: unknown };
  const name = id ?? code;
  return typeof name === 'string' ? name : null;
};
/** Entries of a list go by their name, else by their place. */
const nameOf = (key: string, member: unknown): string => (/^\d+$/.test(key) ? (idOf(member) ?? key) : key);
