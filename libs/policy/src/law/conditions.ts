import { type CodeList, type PathKind, VOCABULARY } from '../facts/vocabulary';

/**
 * The closed grammar of conditions: `eq in gte lte any all not`, nothing else. A mapping of paths means "and".
 * On a list, `in` asks for one of, `all` for every one of, `eq: []` for none at all.
 */
export type Condition =
  { all: Condition[] } | { any: Condition[] } | { not: Condition } | { path: string; op: Operator; value: Value };
export type Operator = 'eq' | 'in' | 'gte' | 'lte' | 'all';
export type Scalar = string | number | boolean | null;
export type Value = Scalar | Scalar[];

/** Codes that exist, by list. */
export type Codes = Readonly<Record<CodeList, ReadonlySet<string>>>;
/** Told every fault, so that all of them are reported at once. */
export type Report = (text: string) => void;

const ALWAYS: Condition = { all: [] };
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a condition as written. Faults go to `report`; what could not be read counts as always true and is never used. */
export function readCondition(written: unknown, codes: Codes, report: Report): Condition {
  if (!isMap(written)) return fault(report, 'a condition is a mapping of facts to tests');
  const parts = Object.entries(written).map(([key, value]): Condition => {
    if (key === 'not') return { not: readCondition(value, codes, report) };
    if (key === 'all' || key === 'any') {
      if (!Array.isArray(value) || value.length === 0) return fault(report, `\`${key}\` needs a list with an entry`);
      const inner = value.map((item) => readCondition(item, codes, report));
      return key === 'all' ? { all: inner } : { any: inner };
    }
    const kind = Object.hasOwn(VOCABULARY, key) ? VOCABULARY[key] : undefined;
    if (!kind) return fault(report, `unknown fact \`${key}\``);
    return readTest(key, kind, value, codes, report);
  });
  if (parts.length === 0) return fault(report, 'an empty condition');
  return parts.length === 1 ? parts[0]! : { all: parts };
}

function readTest(path: string, kind: PathKind, written: unknown, codes: Codes, report: Report): Condition {
  if (!isMap(written) || Object.keys(written).length === 0)
    return fault(report, `\`${path}\` needs a test such as \`eq\``);
  const parts = Object.entries(written).map(([op, value]): Condition => {
    if (op === 'not') return { not: readTest(path, kind, value, codes, report) };
    const wrong = whyNot(op, value, kind, codes);
    if (wrong) return fault(report, `\`${path}\`: ${wrong}`);
    return { path, op: op as Operator, value: value as Value };
  });
  return parts.length === 1 ? parts[0]! : { all: parts };
}

/** Why this test cannot be made on this fact; null when it can. */
function whyNot(op: string, value: unknown, kind: PathKind, codes: Codes): string | null {
  const list = 'list' in kind && kind.list === true;
  switch (op) {
    case 'eq':
      if (list) return Array.isArray(value) && value.length === 0 ? null : 'on a list, `eq` only takes `[]`';
      return value === null && kind.kind !== 'boolean' && kind.kind !== 'number' ? null : notOne(value, kind, codes);
    case 'in':
    case 'all':
      if (op === 'all' && !list) return '`all` is for lists';
      if (!Array.isArray(value) || value.length === 0) return `\`${op}\` needs a list with an entry`;
      return value.map((item) => notOne(item, kind, codes)).find((wrong) => wrong !== null) ?? null;
    case 'gte':
    case 'lte':
      if (kind.kind === 'number') return typeof value === 'number' ? null : `\`${op}\` needs a number`;
      return kind.kind === 'enum' && kind.ordered
        ? notOne(value, kind, codes)
        : `\`${op}\` needs something with an order`;
    default:
      return `unknown test \`${op}\``;
  }
}

function notOne(value: unknown, kind: PathKind, codes: Codes): string | null {
  switch (kind.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'needs true or false';
    case 'number':
      return Number.isSafeInteger(value) ? null : 'needs a whole number';
    case 'enum':
      return kind.values.includes(value as string) ? null : `unknown value \`${String(value)}\``;
    case 'code':
      return codes[kind.of].has(value as string) ? null : `unknown code \`${String(value)}\` (${kind.of})`;
    case 'text':
      return 'a free text can only be asked whether it is there: `eq: null`, on a list `eq: []`';
  }
}

function fault(report: Report, text: string): Condition {
  report(text);
  return ALWAYS;
}

/** Values of an ordered enumeration from or up to the given one. */
export function reach(path: string, op: 'gte' | 'lte', value: Value): readonly string[] | null {
  const kind = VOCABULARY[path];
  if (kind?.kind !== 'enum') return null;
  const at = kind.values.indexOf(value as string);
  return op === 'gte' ? kind.values.slice(at) : kind.values.slice(0, at + 1);
}

export const isList = (path: string): boolean => {
  const kind = VOCABULARY[path];
  return kind !== undefined && 'list' in kind && kind.list === true;
};
