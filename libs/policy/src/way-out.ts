// Above the usual size on purpose: the moves, the search over them and their words are one table read from top to bottom.
import { decide } from './decide';
import type { Decision, Outcome } from './decision';
import { FIELD_CLASS, type FieldClass, type Facts, type Form } from './facts';
import type { Ruleset } from './ruleset';

/** What the applicant could ask for instead, as far as the reader may know of it. Nothing here is looked up by itself. */
export interface Freedom {
  /** forms the product is offered in; without them all */
  forms?: readonly Form[];
  /** declared coarser forms of a field: the class the field then has, and the words for it (`nur das Jahr`) */
  coarser?: Readonly<Record<string, readonly { class: FieldClass; text: string }[]>>;
  /** the aggregate product that serves the same purposes, only if the reader may see it */
  alternative?: {
    title: string;
    product: Facts['product'];
    fields: Facts['fields'];
    relation: Facts['purpose']['relation'];
  };
}

export const DECLARED = ['thirdCountry', 'automatedDecision', 'linksPersonalProducts', 'nonProduction'] as const;

/** One change of a request that asks for less, or states its ground otherwise. None asks for more. */
export type Change =
  | { kind: 'DROP_FIELDS'; fields: string[] }
  /** `as`: place in the declared generalisations of the field */
  | { kind: 'COARSEN_FIELDS'; fields: { name: string; as: number; text: string }[] }
  | { kind: 'FORM'; form: Form }
  | { kind: 'RETENTION'; days: number }
  | { kind: 'NOT_INSIST' }
  | { kind: 'NO_ONWARD' }
  | { kind: 'NOT'; what: (typeof DECLARED)[number] }
  | { kind: 'ADD_BASIS'; code: string }
  | { kind: 'DROP_BASIS'; code: string }
  | { kind: 'PRODUCT'; id: string; title: string };

export interface Suggestion {
  /** all of them together; leaving one out gives less */
  changes: Change[];
  /** what would be decided then */
  outcome: Exclude<Outcome, 'FORBID'>;
  /** working days of the chain then, at most; 0 when nobody has to decide */
  workingDays: number;
  /** one German sentence; names nothing but what the applicant wrote or may choose */
  text: string;
}

export interface WayOut {
  /** best first: at once before by approval, few changes before many. Empty: no smaller request is treated better */
  suggestions: Suggestion[];
  /** decisions tried */
  tried: number;
  /** false when the search stopped at its bound; what was found still holds */
  complete: boolean;
}

const MOST_CHANGES = 4;
const MOST_TRIED = 2_500;
const MOST_SUGGESTIONS = 5;

/** From fine to coarse: what may be asked for instead. */
const COARSER_FORM: Readonly<Record<Form, readonly Form[]>> = {
  API_LIVE: ['ROWLEVEL', 'GEO_AGG', 'TABLE_AGG'],
  ROWLEVEL: ['GEO_AGG', 'TABLE_AGG'],
  DOCUMENT: ['GEO_AGG', 'TABLE_AGG'],
  GEO_AGG: [],
  TABLE_AGG: [],
};

interface Move {
  change: Change;
  /** moves of one slot exclude each other */
  slot: string;
  /** how much it takes from the applicant; only for the order of suggestions */
  cost: number;
  apply(facts: Facts): Facts;
}

/** How hard a decision is on the applicant; smaller is better. */
type Burden = readonly [level: number, days: number, steps: number];
const LEVEL_OF: Record<Outcome, number> = { PERMIT: 0, PERMIT_OBL: 0, APPROVAL: 1, FORBID: 2 };

/**
 * The smallest changes that turn a refusal or an approval into a permit, or else into a shorter chain. Searches sets
 * of lawful reductions with the same `decide`, small sets first; a set stands only when it is treated better than each
 * part of it, so that no change is in it for nothing. The purpose and its relation are never touched. Pure and bounded.
 */
export function wayOut(ruleset: Ruleset, facts: Facts, freedom: Freedom = {}): WayOut {
  const base = burdenOf(decide(ruleset, facts));
  if (base[0] === 0) return { suggestions: [], tried: 1, complete: true };
  const moves = movesOf(ruleset, facts, freedom);
  const found: { set: number[]; burden: Burden; decision: Decision }[] = [];
  let tried = 1;
  let complete = moves.length <= MOST_CHANGES;
  let level: number[][] = [[]];
  for (let size = 1; size <= Math.min(MOST_CHANGES, moves.length); size++) {
    const next: number[][] = [];
    for (const before of level) {
      for (let at = (before.at(-1) ?? -1) + 1; at < moves.length; at++) {
        const set = [...before, at];
        if (before.some((other) => moves[other]!.slot === moves[at]!.slot)) continue;
        const parts = found.filter((one) => one.set.every((index) => set.includes(index)));
        if (parts.some(({ burden }) => burden[0] === 0)) continue;
        if (tried >= MOST_TRIED) return answer(false);
        const changed = set.reduce((now, index) => moves[index]!.apply(now), facts);
        if (changed.fields.length === 0) continue;
        tried++;
        const decision = decide(ruleset, changed);
        const burden = burdenOf(decision);
        next.push(set);
        if ([{ burden: base }, ...parts].every((part) => lighter(burden, part.burden)))
          found.push({ set, burden, decision });
      }
    }
    level = next;
    if (level.length === 0) complete = true;
  }
  return answer(complete);

  function answer(whole: boolean): WayOut {
    const best = Math.min(...found.map(({ burden }) => burden[0]));
    const cost = (set: number[]): number => set.reduce((sum, index) => sum + moves[index]!.cost, 0);
    const suggestions = found
      .filter(({ burden }) => burden[0] === best)
      .sort((a, b) => a.burden[1] - b.burden[1] || a.set.length - b.set.length || cost(a.set) - cost(b.set))
      .slice(0, MOST_SUGGESTIONS)
      .map(({ set, burden, decision }): Suggestion => {
        const changes = set.map((index) => moves[index]!.change);
        const outcome = decision.outcome as Suggestion['outcome'];
        return { changes, outcome, workingDays: burden[1], text: sentence(ruleset, changes, base, burden) };
      });
    return { suggestions, tried, complete: whole };
  }
}

/** The facts with changes made. What a change speaks of must be there; the order means nothing. */
export function changedFacts(ruleset: Ruleset, facts: Facts, freedom: Freedom, changes: readonly Change[]): Facts {
  const moves = movesOf(ruleset, facts, freedom);
  return changes.reduce((now, change) => {
    const move = moves.find((one) => JSON.stringify(one.change) === JSON.stringify(change));
    if (!move) throw new Error(`no such change: ${change.kind}`);
    return move.apply(now);
  }, facts);
}

function movesOf(ruleset: Ruleset, facts: Facts, { forms, coarser = {}, alternative }: Freedom): Move[] {
  const moves: Move[] = [];
  // the rules see of a field its class and whether the purpose needs it: fields alike in both go together
  const groups = new Map<string, Facts['fields']>();
  for (const field of facts.fields) {
    const key = `${field.class} ${field.needed}`;
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  const needs = ruleset.neededClasses(facts.purpose.code);
  for (const [key, fields] of groups) {
    const slot = `fields ${key}`;
    for (const target of FIELD_CLASS) {
      if (target === fields[0]!.class) continue;
      const asked = fields.flatMap(({ name }) => {
        const as = (coarser[name] ?? []).findIndex((one) => one.class === target);
        return as < 0 ? [] : [{ name, as, text: coarser[name]![as]!.text }];
      });
      // a field that cannot be coarsened would keep the class alive, so the coarser form is offered to all or none
      if (asked.length < fields.length) continue;
      const change: Change = { kind: 'COARSEN_FIELDS', fields: asked };
      const needed = needs.includes(target);
      const names = new Set(asked.map(({ name }) => name));
      moves.push({
        change,
        slot,
        cost: 2,
        apply: (now) =>
          withFields(
            now,
            now.fields.map((field) => (names.has(field.name) ? { ...field, class: target, needed } : field)),
          ),
      });
    }
    const names = new Set(fields.map(({ name }) => name));
    const change: Change = { kind: 'DROP_FIELDS', fields: [...names] };
    moves.push({
      change,
      slot,
      cost: 3 + fields.length,
      apply: (now) =>
        withFields(
          now,
          now.fields.filter(({ name }) => !names.has(name)),
        ),
    });
  }
  if (facts.insistsOnFields)
    moves.push({
      change: { kind: 'NOT_INSIST' },
      slot: 'insist',
      cost: 1,
      apply: (now) => ({ ...now, insistsOnFields: false }),
    });
  for (const form of COARSER_FORM[facts.form]) {
    if (forms && !forms.includes(form)) continue;
    moves.push({ change: { kind: 'FORM', form }, slot: 'form', cost: 3, apply: (now) => ({ ...now, form }) });
  }
  const { maxRetentionDays: days } = facts.product;
  if (days !== null && (facts.retentionDays === null || facts.retentionDays > days)) {
    moves.push({
      change: { kind: 'RETENTION', days },
      slot: 'retention',
      cost: 1,
      apply: (now) => ({ ...now, retentionDays: days }),
    });
  }
  if (facts.onwardRecipients.length > 0)
    moves.push({
      change: { kind: 'NO_ONWARD' },
      slot: 'onward',
      cost: 2,
      apply: (now) => ({ ...now, onwardRecipients: [] }),
    });
  for (const what of DECLARED) {
    if (facts[what])
      moves.push({ change: { kind: 'NOT', what }, slot: what, cost: 3, apply: (now) => ({ ...now, [what]: false }) });
  }
  for (const code of new Set(facts.legalBasis)) {
    moves.push({
      change: { kind: 'DROP_BASIS', code },
      slot: `basis ${code}`,
      cost: 2,
      apply: (now) => ({ ...now, legalBasis: now.legalBasis.filter((one) => one !== code) }),
    });
  }
  for (const code of ruleset.suggestedLegalBases(facts.purpose.code)) {
    if (facts.legalBasis.includes(code)) continue;
    moves.push({
      change: { kind: 'ADD_BASIS', code },
      slot: 'another basis',
      cost: 4,
      apply: (now) => ({ ...now, legalBasis: [...now.legalBasis, code] }),
    });
  }
  if (alternative) {
    const { title, product, fields, relation } = alternative;
    const change: Change = { kind: 'PRODUCT', id: product.id, title };
    // it replaces the fields, so no move on fields goes with it
    const apply = (now: Facts): Facts => withFields({ ...now, product, purpose: { ...now.purpose, relation } }, fields);
    const slots = moves.filter(({ slot }) => slot.startsWith('fields ')).map(({ slot }) => slot);
    if (fields.length > 0) moves.push({ change, slot: 'product', cost: 6, apply });
    for (const move of moves) if (slots.includes(move.slot)) move.apply = onlyFor(facts.product.id, move.apply);
  }
  return moves;
}

/** Changes nothing when the product is another one by now; such a set is then no better than its part. */
const onlyFor =
  (id: string, apply: Move['apply']): Move['apply'] =>
  (now) =>
    now.product.id === id ? apply(now) : now;

const withFields = (facts: Facts, fields: Facts['fields']): Facts => ({
  ...facts,
  fields,
  fieldClasses: FIELD_CLASS.filter((kind) => fields.some((field) => field.class === kind)),
});

function burdenOf({ outcome, chain }: Decision): Burden {
  const stages = chain?.stages ?? [];
  const days = stages.reduce((sum, stage) => sum + Math.max(0, ...stage.map(({ workingDays }) => workingDays)), 0);
  return [LEVEL_OF[outcome], days, stages.flat().length];
}

function lighter(a: Burden, b: Burden): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}

function sentence(ruleset: Ruleset, changes: readonly Change[], before: Burden, [level, days]: Burden): string {
  const chain = `${days} ${days === 1 ? 'Arbeitstag' : 'Arbeitstage'}`;
  const begin =
    level === 0
      ? 'So ginge es sofort'
      : before[0] === 2
        ? `So wäre es mit Genehmigung möglich (höchstens ${chain})`
        : `So wäre die Prüfung kürzer (höchstens ${chain})`;
  return `${begin}: ${changes.map((change) => inWords(ruleset, change)).join(', ')}.`;
}

const quoted = (names: readonly string[]): string => {
  const all = names.map((name) => `„${name}“`);
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} und ${all.at(-1)!}`;
};
const NOT_IN_WORDS: Record<(typeof DECLARED)[number], string> = {
  thirdCountry: 'mit Verarbeitung nur in der EU',
  automatedDecision: 'ohne automatische Entscheidungen über Menschen',
  linksPersonalProducts: 'ohne Verknüpfung mit anderen Daten über Personen',
  nonProduction: 'nicht für Test oder Entwicklung',
};

function inWords(ruleset: Ruleset, change: Change): string {
  const basis = (code: string): string => quoted([ruleset.legalBases.find((one) => one.code === code)?.name ?? code]);
  switch (change.kind) {
    case 'DROP_FIELDS':
      return `ohne ${change.fields.length === 1 ? 'das Feld' : 'die Felder'} ${quoted(change.fields)}`;
    case 'COARSEN_FIELDS':
      return `mit gröberen Angaben: ${change.fields.map(({ name, text }) => `${quoted([name])} (${text})`).join(', ')}`;
    case 'FORM':
      return `in der Form ${quoted([ruleset.label('form', change.form)])}`;
    case 'RETENTION':
      return `mit Löschung nach spätestens ${change.days} Tagen`;
    case 'NOT_INSIST':
      return 'ohne auf Feldern zu bestehen, die der Zweck nicht braucht';
    case 'NO_ONWARD':
      return 'ohne Weitergabe an andere Stellen';
    case 'NOT':
      return NOT_IN_WORDS[change.what];
    case 'ADD_BASIS':
      return `gestützt auf ${basis(change.code)}, wenn diese Rechtsgrundlage bei Ihnen zutrifft`;
    case 'DROP_BASIS':
      return `ohne die Rechtsgrundlage ${basis(change.code)}`;
    case 'PRODUCT':
      return `mit dem zusammengefassten Datenprodukt ${quoted([change.title])}`;
  }
}
