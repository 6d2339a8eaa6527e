import type { Change } from './changes.view';

/** Members of an entry that a sentence tells; `*` stands for one name or place in between. Of what is told all below is. */
export interface Told {
  /** where it stands: `<part> <id>` (`roles ADMIN`), or `<part>` where a part has no entries */
  entry: string;
  members: readonly string[];
}

/**
 * What differs in the content of two law books and is told by no sentence that differs: the last resort of a comparison, as
 * it is written. Each text, number, yes or no is told by itself, and so is a list or an object with nothing in it.
 */
export function otherDifferences(before: object, after: object, told: readonly Told[]): Change[] {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((entry): Change[] => {
    const members = told.flatMap((one) => (one.entry === entry ? one.members : []));
    const [was, is] = [old.get(entry) ?? [], now.get(entry) ?? []].map((leaves) =>
      leaves.filter(({ path }) => !members.some((member) => within(path, member.split('.')))).map(asWritten),
    ) as [string[], string[]];
    const change = {
      name: `Eintrag ${entry}`,
      before: was.filter((line) => !is.includes(line)),
      after: is.filter((line) => !was.includes(line)),
    };
    return change.before.length + change.after.length > 0 ? [change] : [];
  });
}

interface Leaf {
  path: readonly string[];
  value: unknown;
}

const within = (path: readonly string[], member: readonly string[]): boolean =>
  member.length <= path.length && member.every((name, at) => name === '*' || name === path[at]);

/** A text that could be read as something else stands in quotation marks: `"true"` is another law than `true`. */
function asWritten({ path, value }: Leaf): string {
  const plain = typeof value === 'string' && value !== '' && !/^(?:true|false|null|\[\]|\{\}|-?[\d.]+)$/.test(value);
  return `${path.join('.')}: ${plain ? value : JSON.stringify(value)}`;
}

function entriesOf(content: object): Map<string, Leaf[]> {
  const entries = new Map<string, Leaf[]>();
  const add = (entry: string, path: readonly string[], value: unknown): void => {
    if (value === undefined) return;
    const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (members.length === 0) entries.set(entry, [...(entries.get(entry) ?? []), { path, value }]);
    for (const [key, member] of members)
      add(entry, [...path, Array.isArray(value) ? nameOf(key, member) : key], member);
  };
  for (const [part, inner] of Object.entries(content)) {
    // a part is a list of entries itself (rules), or holds lists of them (approvals: steps and chains)
    const lists = Array.isArray(inner) ? { '': inner as unknown[] } : (inner as Record<string, unknown>);
    for (const [key, value] of Object.entries(lists)) {
      if (!Array.isArray(value) || value.length === 0 || !value.every((item) => idOf(item) !== null))
        add(part, [key], value);
      else
        for (const item of value as object[])
          if (part === 'vocabulary') add(`${part} ${key}`, [idOf(item)!], item);
          else add(`${part} ${idOf(item)!}`, [], item);
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
const nameOf = (place: string, member: unknown): string => idOf(member) ?? place;
