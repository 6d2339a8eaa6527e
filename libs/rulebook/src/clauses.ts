import type { FactKind, Ruleset } from '#lib/policy';
import type { Clause, Conditions } from './readable.view';

/** A condition as it is written. What stands under `not` at its top is an exception; deeper inside it is turned round. */
export function conditionsOf(ruleset: Ruleset, when: unknown): Conditions {
  if (typeof when !== 'object' || when === null) return { applies: [], unless: [] };
  const { not, ...rest } = when as Record<string, unknown>;
  const applies = Object.keys(rest).length === 0 ? null : clauseOf(ruleset, rest, false);
  const unless = not === undefined ? null : clauseOf(ruleset, not, false);
  return {
    applies: applies ? ('every' in applies ? applies.every : [applies]) : [],
    unless: unless ? ('either' in unless ? unless.either : [unless]) : [],
  };
}

function clauseOf(ruleset: Ruleset, when: unknown, negated: boolean): Clause {
  if (typeof when !== 'object' || when === null) return { text: String(when) };
  const list = (value: unknown): Clause[] => [value].flat().map((one) => clauseOf(ruleset, one, negated));
  const parts = Object.entries(when).map(([key, value]): Clause => {
    // not all of them is one of them not, and the other way round
    if (key === 'all' || key === 'any') return grouped(list(value), (key === 'all') !== negated);
    if (key === 'not') return clauseOf(ruleset, value, !negated);
    const tests = Object.entries((value ?? {}) as Record<string, unknown>).map(([op, wanted]) => ({
      text: tested(ruleset, key, op, wanted, negated),
    }));
    return grouped(tests, !negated);
  });
  return grouped(parts, !negated);
}

/** No lists of one, no list of the same kind inside another: as flat as it can be read. */
function grouped(parts: Clause[], every: boolean): Clause {
  const inner = parts.flatMap((one) =>
    every && 'every' in one ? one.every : !every && 'either' in one ? one.either : [one],
  );
  return inner.length === 1 ? inner[0]! : every ? { every: inner } : { either: inner };
}

/** A condition in one line. */
export const inWords = (ruleset: Ruleset, when: unknown): string => inOneLine(conditionsOf(ruleset, when));

/** The same of one that is in words already; nothing for one that always holds. */
export function inOneLine({ applies, unless }: Conditions): string {
  const [only] = applies;
  // each point begins with its own colon: a comma before the last "oder" tells where the next point begins
  const said =
    applies.length === 1 && only && 'either' in only
      ? only.either.map(line).join(', oder ')
      : applies.map(line).join(' und ');
  const out = unless.map(line).join(' oder ');
  return [said, ...(out ? [`außer wenn ${out}`] : [])].filter(Boolean).join(', ');
}

function line(clause: Clause): string {
  if ('text' in clause) return clause.text;
  return 'every' in clause
    ? `(${clause.every.map(line).join(' und ')})`
    : `(${clause.either.map(line).join(' oder ')})`;
}

/** `Zweck: Kommunale Wärmeplanung` */
function tested(ruleset: Ruleset, path: string, op: string, wanted: unknown, negated: boolean): string {
  if (op === 'not' && typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)) {
    return Object.entries(wanted)
      .map(([inner, value]) => tested(ruleset, path, inner, value, !negated))
      .join(' oder ');
  }
  return `${ruleset.vocabulary.facts[path] ?? path}: ${answer(ruleset, path, op, wanted, negated)}`;
}

function answer(ruleset: Ruleset, path: string, op: string, wanted: unknown, negated: boolean): string {
  if (typeof wanted === 'boolean') return wanted !== negated ? 'ja' : 'nein';
  if (wanted === null) return negated ? 'angegeben' : 'nicht angegeben';
  if (Array.isArray(wanted) && wanted.length === 0) return negated ? 'mindestens eine Angabe' : 'keine Angabe';
  if (typeof wanted === 'number') {
    if (op === 'gte') return negated ? `weniger als ${wanted}` : `${wanted} oder mehr`;
    if (op === 'lte') return negated ? `mehr als ${wanted}` : `höchstens ${wanted}`;
    return negated ? `nicht ${wanted}` : String(wanted);
  }
  const kind = ruleset.fact(path);
  const values = [wanted].flat().flatMap((value) => reached(kind, op, value));
  // a name that holds a comma would run into the next
  const names = values
    .map((value) => nameOf(ruleset, path, value))
    .map((name) => (name.includes(', ') && !name.endsWith(')') ? `„${name}“` : name));
  if (!negated) return listed(names, op === 'all' ? 'und' : 'oder');
  if (names.length > 3) return `keine dieser Angaben: ${names.join('; ')}`;
  if (kind && 'list' in kind)
    return names.length === 1 || op !== 'all'
      ? names.map((name) => `ohne ${name}`).join(' und ')
      : `nicht zugleich ${listed(names, 'und')}`;
  if (names.length === 1) return names[0]!.startsWith('kein ') ? names[0]!.slice(1) : `nicht ${names[0]}`;
  return `weder ${names.join(' noch ')}`;
}

/** `pseudonymisiert oder strenger` is said value by value. */
function reached(kind: FactKind | undefined, op: string, value: unknown): unknown[] {
  const order = kind?.kind === 'enum' && kind.ordered ? kind.values : null;
  const at = order?.indexOf(String(value)) ?? -1;
  if (!order || at < 0 || (op !== 'gte' && op !== 'lte')) return [value];
  return op === 'gte' ? order.slice(at) : order.slice(0, at + 1);
}

/** Without its full stop. `Abs. 1` ends no sentence. */
export const firstSentence = (text: string): string => text.split(/\. (?=[A-ZÄÖÜ„])/)[0]!.replace(/\.$/, '');

export const listed = (names: readonly string[], word: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)!}`;

function nameOf(ruleset: Ruleset, path: string, value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'nicht angegeben' : String(value);
  const kind = ruleset.fact(path);
  if (!kind || !('of' in kind)) return value;
  const norm = kind.of === 'legalBases' && ruleset.legalBases.find(({ code }) => code === value)?.norm;
  return `${ruleset.label(kind.of, value)}${norm ? ` (${norm})` : ''}`;
}
