import type { DerivedFacts } from '../facts/derived-facts';
import type { Facts } from '../facts/facts';
import { type Domain, type Entry, type FactSpace, NUMBERED_CONTRACT, type One, SOME_TEXT, UNKNOWN_WORD } from './space';

/**
 * The variables that hold for one set of facts. The facts are usable (no value that no list knows), and their fields all
 * say whether they can be masked, or none does.
 */
export function assignmentOf(space: FactSpace, facts: Facts, calc: DerivedFacts): ReadonlySet<string> {
  const holding = new Set<string>();
  for (const [path, domain] of space.domains) {
    const keys = keysOf(path);
    const given = keys[0] === 'calc' ? calc[keys[1] as keyof DerivedFacts] : found(facts, keys);
    if (domain.kind === 'one') {
      const value = standingFor(domain.values, path in PRESENCE ? given !== undefined : given);
      if (value !== domain.values.at(-1)) holding.add(space.named(path, value));
    } else if (given !== undefined) {
      if (domain.optional) holding.add(space.named(path, 'there'));
      for (const one of given as unknown[]) holding.add(space.named(path, wordFor(domain, one)));
    }
  }
  return holding;
}

const keysOf = (path: string): readonly string[] => {
  let keys = split.get(path);
  if (!keys) split.set(path, (keys = path.split('.')));
  return keys;
};
const split = new Map<string, readonly string[]>();

/** Groups that can be left out as a whole: whether they are there is a value of its own. */
const PRESENCE = { recipient: true, emergency: true };

/** The value at a path; undefined where something above it is left out. */
function found(facts: object, keys: readonly string[]): unknown {
  let at: unknown = facts;
  for (const key of keys) at = (at as Record<string, unknown> | null | undefined)?.[key];
  return at;
}

/** The value of a domain that stands for this one. */
function standingFor(values: readonly One[], given: unknown): One {
  if (values.includes(given as One)) return given as One;
  if (typeof given === 'number')
    return values.filter((value): value is number => typeof value === 'number' && value <= given).at(-1);
  if (typeof given === 'string') return values.includes(SOME_TEXT) ? SOME_TEXT : UNKNOWN_WORD;
  // a member of a group that is left out: nothing asks for it
  return values.find((value) => value != null)!;
}

function wordFor({ words }: Extract<Domain, { kind: 'list' }>, given: unknown): string | Entry {
  if (typeof given === 'string') {
    if (words.includes(given)) return given;
    if (words.includes(SOME_TEXT)) return SOME_TEXT;
    return words.includes(NUMBERED_CONTRACT) && given.startsWith('VERTRAG(') && given.endsWith(')')
      ? NUMBERED_CONTRACT
      : UNKNOWN_WORD;
  }
  const members = given as Entry;
  return (words as readonly Entry[]).find((entry) =>
    Object.entries(entry).every(([name, value]) => members[name] === value),
  )!;
}
