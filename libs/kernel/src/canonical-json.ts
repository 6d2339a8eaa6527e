/**
 * The one byte form of a value that is hashed or sealed: keys sorted by code unit, no white space, strings in NFC,
 * numbers only as safe integers (after RFC 8785, but without its floats: they print differently in other languages).
 * `undefined` members are left out; anything else that JSON can not say is a TypeError.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC').toWellFormed());
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical json takes integers only, not \`${value}\``);
    return String(value);
  }
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key.normalize('NFC'))}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new TypeError(`canonical json can not say a ${typeof value}`);
}
