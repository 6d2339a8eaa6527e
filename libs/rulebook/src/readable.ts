import { type LabelList, readCases, type Rule, type Ruleset, type Source } from '#lib/policy';

/** A rule as people read it: sentences, not code. */
export interface ReadableRule {
  id: string;
  chapter: string;
  effect: string;
  /** what the applicant is told */
  sentences: string[];
  /** when it applies, in words */
  when: string;
  /** further effects of the same rule with their own condition */
  variants: { effect: string; when: string; sentence: string; then: string[] }[];
  /** chain, steps and obligations by name */
  then: string[];
  source: string;
  mark: string;
  markName: string;
  note: string | null;
  cases: string[];
}

export interface ReadableLaw {
  hash: string;
  chapters: { name: string; rules: ReadableRule[] }[];
  matrix: { columns: string[]; rows: { name: string; cells: string[] }[] };
  chains: { id: string; name: string; steps: string[]; source: string }[];
  obligations: { id: string; name: string; meaning: string; enforcement: string; source: string }[];
  purposes: { code: string; name: string }[];
}

const EFFECT: Record<string, string> = {
  permit: 'erlaubt', approve: 'braucht eine Freigabe', oblige: 'gilt mit Auflagen', forbid: 'nicht zulässig', note: 'Hinweis',
};
const LISTS: Record<string, LabelList> = {
  phase: 'phase', form: 'form', evidence: 'evidence', fieldClasses: 'fieldClass', 'product.openness': 'openness', 'product.personalRef': 'personalRef',
  'calc.personalRef': 'personalRef', 'product.secrecy': 'secrecy', 'product.themes': 'themes', 'product.provider': 'provider', 'calc.c': 'level',
  'product.protection.c': 'level', 'product.protection.i': 'level', 'product.protection.a': 'level', 'consumer.kind': 'consumer', 'calc.column': 'consumer',
  'purpose.relation': 'purposeRel', 'purpose.changeGround': 'changeGrounds', 'contract.status': 'contract', 'contract.kinds': 'contractKind',
};
const WORDS: Record<string, string> = { OK: 'in Ordnung', MISSING: 'fehlt', TOO_LONG: 'zu lang', VALID: 'gültig', EXPIRED: 'abgelaufen', OWN: 'eigene', DELEGATED: 'übertragene' };

/** The whole law book in German, chapter by chapter, with the cases that speak of each rule. */
export function readable(ruleset: Ruleset, sources: readonly Source[]): ReadableLaw {
  const cases = casesByRule(ruleset, sources);
  const chapters = new Map<string, ReadableRule[]>();
  for (const rule of ruleset.rules) {
    const list = chapters.get(rule.chapter) ?? [];
    list.push(ruleInWords(ruleset, rule, cases.get(rule.id) ?? []));
    chapters.set(rule.chapter, list);
  }
  return {
    hash: ruleset.hash,
    chapters: [...chapters].map(([name, rules]) => ({ name, rules })),
    matrix: matrixInWords(ruleset, sources),
    chains: ruleset.chains.map(({ id, name, steps, source }) => ({
      id, name, source,
      steps: steps.map((entry) => (typeof entry === 'string' ? stepName(ruleset, entry) : `${stepName(ruleset, entry.step)}, wenn ${inWords(ruleset, entry.when)}`)),
    })),
    obligations: ruleset.obligations.map(({ id, name, meaning, enforcement, source }) => ({ id, name, meaning, source, enforcement: ruleset.label('enforcement', enforcement) })),
    purposes: ruleset.purposes.map(({ code, name }) => ({ code, name })),
  };
}

/** One rule; null when there is none of this id. */
export function readableRule(ruleset: Ruleset, sources: readonly Source[], id: string): ReadableRule | null {
  const rule = ruleset.rules.find((one) => one.id === id);
  return rule ? ruleInWords(ruleset, rule, casesByRule(ruleset, sources).get(id) ?? []) : null;
}

function ruleInWords(ruleset: Ruleset, rule: Rule, cases: string[]): ReadableRule {
  const { id, chapter, effect, because, source, mark, note, variants = [] } = rule;
  const sentences = [...new Set([because, ...variants.flatMap((one) => (one.because ? [one.because] : []))])];
  return {
    id, chapter, sentences, source, mark, cases,
    effect: [...new Set([effect, ...variants.map((one) => one.effect)].filter((one) => one !== undefined))].map((one) => EFFECT[one] ?? one).join(' oder '),
    when: rule.when ? inWords(ruleset, rule.when) : 'immer, wenn eine der folgenden Bedingungen gilt',
    then: consequences(ruleset, rule),
    variants: variants.map((one) => ({
      effect: EFFECT[one.effect ?? effect ?? ''] ?? '',
      when: one.when ? inWords(ruleset, one.when) : 'immer',
      sentence: one.because ?? because,
      then: consequences(ruleset, one),
    })),
    markName: ruleset.label('mark', mark),
    note: note ?? null,
  };
}

function consequences(ruleset: Ruleset, { chain, requires = [], obligations = [] }: Pick<Rule, 'chain' | 'requires' | 'obligations'>): string[] {
  const name = ruleset.chains.find(({ id }) => id === chain)?.name;
  return [
    ...(chain ? [`Freigabekette ${chain}${name ? ` (${name})` : ''}`] : []),
    ...requires.map((step) => `Schritt: ${stepName(ruleset, step)}`),
    ...obligations.map((binding) => {
      if (typeof binding === 'string') return `Auflage: ${ruleset.obligation(binding)?.name ?? binding}`;
      const [[id, value]] = Object.entries(binding) as [[string, unknown]];
      return `Auflage: ${ruleset.obligation(id)?.name ?? id} (${spelled(value)})`;
    }),
  ];
}

const spelled = (value: unknown): string => {
  if (typeof value === 'string') return value.startsWith('$') ? 'je nach Anfrage' : value;
  if (Array.isArray(value)) return value.map(spelled).join(', ');
  return typeof value === 'object' && value !== null ? Object.values(value).map(spelled).join(', ') : String(value);
};
const stepName = (ruleset: Ruleset, id: string): string => ruleset.steps.find((step) => step.id === id)?.name ?? id;

/** A condition as it is written, in words. Anything the grammar does not know stays as it is. */
export function inWords(ruleset: Ruleset, when: unknown, inner = false): string {
  if (typeof when !== 'object' || when === null) return String(when);
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
  const parts = Object.entries(when).map(([key, value]): string => {
    if (key === 'all') return list(value).map((one) => inWords(ruleset, one, true)).join(' und ');
    if (key === 'any') {
      const either = list(value).map((one) => inWords(ruleset, one, true)).join(' oder ');
      return inner || Object.keys(when).length > 1 ? `(${either})` : either;
    }
    if (key === 'not') return `nicht (${inWords(ruleset, value)})`;
    return Object.entries((value ?? {}) as Record<string, unknown>).map(([op, wanted]) => tested(ruleset, key, op, wanted)).join(' und ');
  });
  return parts.join(' und ');
}

function tested(ruleset: Ruleset, path: string, op: string, wanted: unknown, negated = false): string {
  if (op === 'not' && typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)) {
    return Object.entries(wanted).map(([inner, value]) => tested(ruleset, path, inner, value, !negated)).join(' oder ');
  }
  const meaning = ruleset.vocabulary.facts[path] ?? path;
  if (negated) {
    if (typeof wanted === 'boolean') return tested(ruleset, path, op, !wanted);
    if (wanted === null || (Array.isArray(wanted) && wanted.length === 0)) return `„${meaning}“ ist angegeben`;
    const names = [wanted].flat().map((value) => nameOf(ruleset, path, value));
    if (op === 'gte' || op === 'lte') return `„${meaning}“ ist ${op === 'gte' ? 'weniger als' : 'mehr als'} ${names.join(' oder ')}`;
    return `„${meaning}“ ist nicht ${names.join(' und nicht ')}`;
  }
  if (wanted === true) return `„${meaning}“ trifft zu`;
  if (wanted === false) return `„${meaning}“ trifft nicht zu`;
  if (wanted === null || (Array.isArray(wanted) && wanted.length === 0)) return `„${meaning}“ fehlt`;
  const names = [wanted].flat().map((value) => nameOf(ruleset, path, value));
  const word = { eq: 'ist', in: 'ist', gte: 'ist mindestens', lte: 'ist höchstens', all: 'enthält' }[op] ?? op;
  return `„${meaning}“ ${word} ${names.join(op === 'all' ? ' und ' : ' oder ')}`;
}

function nameOf(ruleset: Ruleset, path: string, value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'nicht angegeben' : String(value);
  if (path === 'purpose.code' || path === 'product.allowedPurposes') return ruleset.purposes.find(({ code }) => code === value)?.name ?? value;
  if (path === 'legalBasis') return ruleset.legalBases.find(({ code }) => code === value)?.name ?? value;
  const list = LISTS[path];
  return list ? ruleset.label(list, value) : (WORDS[value] ?? value);
}

function matrixInWords(ruleset: Ruleset, sources: readonly Source[]): ReadableLaw['matrix'] {
  const written = sources.find(({ file }) => file === 'matrix.yaml')?.content as
    | { columns: Record<string, { name: string }>; rows: { id: string; name: string; cells: Record<string, unknown> }[]; conditions: Record<string, { name: string }> }
    | undefined;
  if (!written) return { columns: [], rows: [] };
  const columns = Object.keys(written.columns);
  const effect = (text: string): string => {
    const [base, ...more] = text.split('+') as [string, ...string[]];
    const first = base === 'PERMIT' ? 'erlaubt' : base === 'FORBID' ? 'nicht zulässig' : `Freigabe ${base}`;
    return [first, ...more.map((one) => (one === 'O' ? 'mit Standardauflagen' : one === 'SDC' ? 'mit statistischer Geheimhaltung' : one === 'NAMED' ? 'nur benannte Personen' : one === 'LICENCE' ? 'unter Lizenz' : stepName(ruleset, one)))].join(', ');
  };
  const cell = (value: unknown): string => {
    if (typeof value === 'string') return effect(value);
    const { if: condition, then, else: other } = value as { if: string; then: string; else: string };
    return `${effect(then)}, wenn: ${written.conditions[condition]?.name ?? condition} Sonst ${effect(other)}.`;
  };
  return {
    columns: columns.map((id) => written.columns[id]!.name),
    rows: written.rows.map(({ name, cells }) => ({ name, cells: columns.map((id) => cell(cells[id])) })),
  };
}

function casesByRule(ruleset: Ruleset, sources: readonly Source[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, expect } of readCases(sources, ruleset)) {
    for (const id of new Set([...expect.by, ...(expect.notes ?? [])])) found.set(id, [...(found.get(id) ?? []), name]);
  }
  return found;
}
