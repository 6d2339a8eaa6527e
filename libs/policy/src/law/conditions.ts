import type { FactKind } from '../facts/fact';
import type { Codes } from '../facts/lists';
import type { Paths } from '../facts/paths';

/**
 * The closed grammar of conditions: `eq in gte lte any all not`, nothing else. A mapping of paths means "and".
 * On a list, `in` asks for one of, `all` for every one of, `eq: []` for none at all.
 */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Leaf;
/** One test on one fact. */
export interface Leaf {
  path: string;
  op: Operator;
  value: Value;
  /** the fact is a list */
  list?: true;
  /** of `gte` and `lte` on an ordered enumeration: the values that fulfil it */
  among?: readonly string[];
}
export type Operator = 'eq' | 'in' | 'gte' | 'lte' | 'all';
export type Scalar = string | number | boolean | null;
export type Value = Scalar | Scalar[];

/** What a condition may name: facts and what they hold, and the codes that exist. */
export interface Nameable {
  paths: Paths;
  codes: Codes;
}
/** Told every fault, so that all of them are reported at once. */
export type Report = (text: string) => void;
/** Told every fault, with its file and the rule, cell or entry it is in. */
export type ReportFault = (file: string, id: string | null, text: string) => void;

const ALWAYS: Condition = { all: [] };
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a condition as written. Faults go to `report`; what could not be read counts as always true and is never used. */
export function readCondition(written: unknown, known: Nameable, report: Report): Condition {
  if (!isMap(written))
    return fault(report, 'eine Bedingung nennt Angaben mit je einer Prüfung, zum Beispiel `form: { eq: ROWLEVEL }`');
  const parts = Object.entries(written).map(([key, value]): Condition => {
    if (key === 'not') return { not: readCondition(value, known, report) };
    if (key === 'all' || key === 'any') {
      if (!Array.isArray(value) || value.length === 0)
        return fault(report, `\`${key}\` braucht eine Liste mit mindestens einem Eintrag`);
      const inner = value.map((item) => readCondition(item, known, report));
      return key === 'all' ? { all: inner } : { any: inner };
    }
    const kind = Object.hasOwn(known.paths, key) ? known.paths[key] : undefined;
    if (!kind) return fault(report, `die Angabe \`${key}\` gibt es nicht`);
    return readTest(key, kind, value, known.codes, report);
  });
  if (parts.length === 0) return fault(report, 'die Bedingung ist leer');
  return parts.length === 1 ? parts[0]! : { all: parts };
}

function readTest(path: string, kind: FactKind, written: unknown, codes: Codes, report: Report): Condition {
  if (!isMap(written) || Object.keys(written).length === 0)
    return fault(report, `\`${path}\` braucht eine Prüfung, zum Beispiel \`eq\``);
  const parts = Object.entries(written).map(([op, value]): Condition => {
    if (op === 'not') return { not: readTest(path, kind, value, codes, report) };
    const wrong = whyNot(op, value, kind, codes);
    if (wrong) return fault(report, `\`${path}\`: ${wrong}`);
    return leaf(path, op as Operator, value as Value, kind);
  });
  return parts.length === 1 ? parts[0]! : { all: parts };
}

/** Why this test cannot be made on this fact; null when it can. */
function whyNot(op: string, value: unknown, kind: FactKind, codes: Codes): string | null {
  const list = 'list' in kind && kind.list === true;
  switch (op) {
    case 'eq':
      if (list)
        return Array.isArray(value) && value.length === 0 ? null : 'bei einer Liste ist `eq` nur mit `[]` erlaubt';
      return value === null && kind.kind !== 'boolean' && kind.kind !== 'number' ? null : notOne(value, kind, codes);
    case 'in':
    case 'all':
      if (op === 'all' && !list) return '`all` ist nur bei Listen erlaubt';
      if (!Array.isArray(value) || value.length === 0)
        return `\`${op}\` braucht eine Liste mit mindestens einem Eintrag`;
      return value.map((item) => notOne(item, kind, codes)).find((wrong) => wrong !== null) ?? null;
    case 'gte':
    case 'lte':
      if (kind.kind === 'number') return typeof value === 'number' ? null : `\`${op}\` braucht eine Zahl`;
      return kind.kind === 'enum' && kind.ordered
        ? notOne(value, kind, codes)
        : `\`${op}\` ist nur erlaubt, wo die Werte eine Reihenfolge haben`;
    default:
      return `die Prüfung \`${op}\` gibt es nicht; erlaubt sind \`eq\`, \`in\`, \`all\`, \`gte\`, \`lte\` und \`not\``;
  }
}

function notOne(value: unknown, kind: FactKind, codes: Codes): string | null {
  switch (kind.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'erlaubt sind `true` und `false`';
    case 'number':
      return Number.isSafeInteger(value) ? null : 'erlaubt ist eine ganze Zahl';
    case 'enum':
      return kind.values.includes(value as string) ? null : notAmong(value, kind.values);
    case 'code':
      return codes[kind.of].has(value as string)
        ? null
        : `den Wert \`${String(value)}\` gibt es nicht in der Liste \`${kind.of}\``;
    case 'text':
      return 'bei freiem Text ist nur die Frage erlaubt, ob er da ist: `eq: null`, bei einer Liste `eq: []`';
  }
}

/** What is said of a value outside a closed list. */
export const notAmong = (value: unknown, allowed: readonly string[]): string =>
  `den Wert \`${String(value)}\` gibt es nicht; erlaubt: ${allowed.map((one) => `\`${one}\``).join(', ')}`;

/** The tests of a condition, without what joins them. */
export function leavesOf(condition: Condition): Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  return 'not' in condition ? leavesOf(condition.not) : [condition];
}

function fault(report: Report, text: string): Condition {
  report(text);
  return ALWAYS;
}

function leaf(path: string, op: Operator, value: Value, kind: FactKind): Leaf {
  const ordered = kind.kind === 'enum' && (op === 'gte' || op === 'lte') ? kind.values : null;
  const at = ordered?.indexOf(value as string) ?? 0;
  return {
    path,
    op,
    value,
    ...('list' in kind && kind.list && { list: true }),
    ...(ordered && { among: op === 'gte' ? ordered.slice(at) : ordered.slice(0, at + 1) }),
  };
}
