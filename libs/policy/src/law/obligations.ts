import { isExcused, isMasked, type EvaluatedFacts } from '../facts/derived-facts';
import type { Obligation, Parameter } from '../engine/decision';
import type { Facts } from '../facts/facts';
import { notAmong } from './conditions';
import type { BindingText, ObligationText, Obligations } from './law.schema';

/** What a rule binds: the obligation and its parameters, fixed or worked out from the facts (`$name`). */
export interface Binding {
  id: string;
  params: { name: string; value: Parameter | Computed }[];
}
export type Computed = { from: keyof typeof COMPUTED };

/** Social, health and employee data and special categories take the strictest profile. */
const SENSITIVE = ['SOZIAL', 'GESUNDHEIT', 'BESCHAEFTIGTE'] as const;

/** Parameters worked out from the facts. A number, a word or a sorted list of words each. */
export const COMPUTED = {
  /** fields that name persons, or are sensitive or secret, in a product that is not personal */
  $masked: ({ fields, calc }: EvaluatedFacts) => names(fields.filter((field) => isMasked(field, calc.personalRef))),
  /** fields the purpose needs, names in a product not about persons included: they are delivered masked */
  $needed: ({ fields, calc }: EvaluatedFacts) =>
    names(fields.filter((field) => field.needed || isExcused(field, calc.personalRef))),
  /** days: what was asked, capped by product, by law, and by the end of what the use rests on */
  $retention: ({ retentionDays, product, calc }: EvaluatedFacts, { limits }: Limits) =>
    Math.min(
      calc.keepableDays,
      retentionDays ?? Number.MAX_SAFE_INTEGER,
      product.maxRetentionDays ?? Number.MAX_SAFE_INTEGER,
      calc.personalRef === 'PERSONAL' || calc.personalRef === 'SPECIAL'
        ? limits.personalRetentionDays
        : limits.retentionDays,
    ),
  $licence: ({ product }: EvaluatedFacts) => product.licence ?? 'keine',
  /** `31.12.2026` */
  $licenceUntil: ({ product }: EvaluatedFacts) => (product.licenceUntil ?? '').split('-').reverse().join('.'),
  /** smallest count of cases the owner asks for */
  $minGroup: ({ product }: EvaluatedFacts) => product.minGroup ?? 1,
  $contract: ({ contract }: EvaluatedFacts) => contract.status,
  $onward: ({ onwardRecipients }: EvaluatedFacts) => [...onwardRecipients].sort(),
  /** the audience picks the disclosure profile, sensitive classes the strictest (governance §2.7.7) */
  $profile: ({ product, calc, form }: EvaluatedFacts) => {
    if (calc.personalRef === 'SPECIAL' || SENSITIVE.some((item) => product.secrecy.includes(item))) return 'SENSITIV';
    if (calc.column === 'PUBLIC') return 'OEFFENTLICH';
    // maps of small areas, and whatever crosses the border of an Eigenbetrieb or a company, take the stricter one
    const inside =
      ['SAME_OFFICE', 'OTHER_OFFICE', 'STATISTIKSTELLE'].includes(calc.column) &&
      ['OFFICE', 'STATISTIKSTELLE'].includes(product.provider);
    return inside && form !== 'GEO_AGG' ? 'INTERN_STD' : 'AUSTAUSCH';
  },
} satisfies Record<string, (evaluated: EvaluatedFacts, limits: Limits) => Parameter>;

export type Limits = Pick<Obligations, 'limits'>;
const names = (fields: Facts['fields']): string[] => fields.map((field) => field.name).sort();

const PARAMETER_KIND = { number: 'eine Zahl', word: 'ein Wort', words: 'eine Liste von Wörtern' } as const;

/** Reads how a rule binds an obligation; a fault when the obligation or a parameter does not exist. */
export function readBinding(
  written: BindingText,
  known: ReadonlyMap<string, ObligationText>,
  report: (text: string) => void,
): Binding {
  const [id, given] = typeof written === 'string' ? [written, {}] : Object.entries(written)[0]!;
  const text = known.get(id);
  if (!text) {
    report(`die Auflage \`${id}\` gibt es nicht`);
    return { id, params: [] };
  }
  const declared = text.params ?? [];
  const named = (value: object): value is Record<string, Parameter> => !Array.isArray(value);
  const map: Record<string, Parameter> =
    typeof given === 'object' && named(given) ? given : { [declared[0]?.name ?? '']: given as Parameter };
  for (const name of Object.keys(map)) {
    if (!declared.some((param) => param.name === name))
      report(`die Auflage \`${id}\` hat keinen Parameter \`${name}\``);
  }
  const params = declared.flatMap(({ name, type, merge, order = [], beside = [] }): Binding['params'] => {
    const value = map[name];
    if (value === undefined) {
      report(`die Auflage \`${id}\` braucht den Parameter \`${name}\``);
      return [];
    }
    if (typeof value === 'string' && value.startsWith('$')) {
      if (!Object.hasOwn(COMPUTED, value)) report(`die Auflage \`${id}\`: ${notAmong(value, Object.keys(COMPUTED))}`);
      return [{ name, value: { from: value as keyof typeof COMPUTED } }];
    }
    const fits =
      type === 'number'
        ? typeof value === 'number'
        : type === 'word'
          ? typeof value === 'string'
          : Array.isArray(value);
    if (!fits) report(`die Auflage \`${id}\`: \`${name}\` braucht ${PARAMETER_KIND[type]}`);
    if (merge === 'order' && ![...order, ...beside].includes(value as string))
      report(`die Auflage \`${id}\`, \`${name}\`: ${notAmong(value, [...order, ...beside])}`);
    return [{ name, value }];
  });
  return { id, params };
}

/** The stricter of two values of one parameter (governance §2.1). */
export function stricter(
  a: Parameter,
  b: Parameter,
  { merge, order = [] }: Pick<NonNullable<ObligationText['params']>[number], 'merge' | 'order'>,
): Parameter {
  if (typeof a === 'number' && typeof b === 'number') return merge === 'min' ? Math.min(a, b) : Math.max(a, b);
  if (merge === 'order') {
    // words that cannot be compared hold both
    const words = [...new Set([a, b].flat().map(String))];
    const strictest = words
      .filter((word) => order.includes(word))
      .sort((x, y) => order.indexOf(y) - order.indexOf(x))[0];
    const left = [
      ...(strictest === undefined ? [] : [strictest]),
      ...words.filter((word) => !order.includes(word)),
    ].sort();
    return left.length === 1 ? left[0]! : left;
  }
  if (a === b) return a;
  const first = [a].flat().map(String);
  const second = [b].flat().map(String);
  const both =
    merge === 'intersect' ? first.filter((word) => second.includes(word)) : [...new Set([...first, ...second])];
  return both.sort();
}

/**
 * The values of the computed parameters a set of bindings needs, as one word: equal words give equal obligations.
 * Each word carries its length: names of fields come from outside and could otherwise be written to look like others.
 */
export function computedKey(names: readonly Computed['from'][], evaluated: EvaluatedFacts, limits: Limits): string {
  let key = '';
  for (let i = 0; i < names.length; i++) {
    const value: Parameter = COMPUTED[names[i]!](evaluated, limits);
    if (typeof value === 'number') key += `${value};`;
    else if (typeof value === 'string') key += `${value.length}:${value}`;
    else {
      key += `${value.length}[`;
      for (let at = 0; at < value.length; at++) key += `${value[at]!.length}:${value[at]!}`;
    }
  }
  return key;
}

/** Fills an obligation's parameters from the facts and unites what several rules bind, strictest value first. */
export function fill(
  bindings: readonly Binding[],
  text: ObligationText,
  evaluated: EvaluatedFacts,
  limits: Limits,
): Obligation {
  const params: Record<string, Parameter> = {};
  for (const param of text.params ?? []) {
    for (const binding of bindings) {
      for (const { name, value } of binding.params) {
        if (name !== param.name) continue;
        const now = typeof value === 'object' && 'from' in value ? COMPUTED[value.from](evaluated, limits) : value;
        const before = params[name];
        params[name] = before === undefined ? now : stricter(before, now, param);
      }
    }
  }
  return { id: text.id, params, enforcement: text.enforcement };
}
