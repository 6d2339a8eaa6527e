/**
 * One text for one content: keys sorted, no white space. Entries with an `id` or `code` are sorted by it: their order
 * means nothing. Other lists keep theirs.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${sorted(value).map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(typeof value === 'string' ? value.normalize('NFC') : value);
}

function sorted(list: readonly unknown[]): readonly unknown[] {
  const named = list.map((item) => ({ item, name: nameOf(item) }));
  if (named.some(({ name }) => name === null)) return list;
  return named.sort((a, b) => (a.name! < b.name! ? -1 : 1)).map(({ item }) => item);
}

function nameOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null) return null;
  const { id, code } = item as { id?: unknown; code?: unknown };
  const name = id ?? code;
  return typeof name === 'string' ? name : null;
}
