// Above the usual size on purpose: the reductions, the search over them and their words are one table read from top to bottom.
import { evaluateFacts } from '../facts/evaluate-facts';
import type { Condition, Value } from '../law/conditions';
import { decide } from '../engine/decide';
import type { Decision, Outcome } from '../engine/decision';
import { FIELD_CLASS, type FieldClass, type Facts, type Form } from '../facts/facts';
import { evaluate } from '../engine/match';
import type { Ruleset } from '../law/ruleset';
import type { Variant } from '../law/variants';

/** What the applicant could ask for instead, as far as the reader may know of it. Nothing here is looked up by itself. */
export interface Freedom {
  /** forms the product is offered in; without them all */
  forms?: readonly Form[];
  /** declared coarser forms of a field: the class the field then has, and the words for it (`nur das Jahr`) */
  coarser?: Readonly<Record<string, readonly { class: FieldClass; text: string }[]>>;
  /** other units of the applicant that could ask, with what the rules then see */
  recipients?: readonly { id: string; name: string; consumer: Facts['consumer']; contract: Facts['contract'] }[];
  /** the aggregate product that serves the same purposes, only if the reader may see it */
  aggregate?: {
    title: string;
    product: Facts['product'];
    fields: Facts['fields'];
    relation: Facts['purpose']['relation'];
  };
}

export const WITHDRAWABLE = [
  'thirdCountry',
  'automatedDecision',
  'linksPersonalProducts',
  'nonProduction',
  'exclusive',
] as const;

/** One change of a request that asks for less, or states its ground otherwise. None asks for more. */
export type Change =
  | { kind: 'DROP_FIELDS'; fields: string[] }
  /** `as`: place in the declared generalisations of the field */
  | { kind: 'COARSEN_FIELDS'; fields: { name: string; as: number; text: string }[] }
  | { kind: 'FORM'; form: Form }
  | { kind: 'RETENTION'; days: number }
  | { kind: 'PERIOD'; months: number }
  | { kind: 'NOT_INSIST' }
  | { kind: 'NO_ONWARD' }
  | { kind: 'NOT'; what: (typeof WITHDRAWABLE)[number] }
  | { kind: 'ADD_BASIS'; code: string }
  | { kind: 'DROP_BASIS'; code: string }
  | { kind: 'GROUND'; code: string }
  | { kind: 'ADD_EVIDENCE'; code: string }
  | { kind: 'RECIPIENT'; id: string; name: string }
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

export interface Alternatives {
  /** best first: at once before by approval, few changes before many. Empty: no smaller request is treated better */
  suggestions: Suggestion[];
  /** decisions tried */
  tried: number;
  /** false when the search stopped at its bound; what was found still holds */
  complete: boolean;
}

const MOST_CHANGES = 5;
const MOST_TRIED = 1_500;
const MOST_SUGGESTIONS = 5;

/** From fine to coarse: what may be asked for instead. */
const COARSER_FORM: Readonly<Record<Form, readonly Form[]>> = {
  API_LIVE: ['ROWLEVEL', 'GEO_AGG', 'TABLE_AGG'],
  ROWLEVEL: ['GEO_AGG', 'TABLE_AGG'],
  DOCUMENT: ['GEO_AGG', 'TABLE_AGG'],
  GEO_AGG: [],
  TABLE_AGG: [],
};

interface Reduction {
  /** name of the change: the same change, the same key */
  key: string;
  change: Change;
  /** paths of the vocabulary whose value it can change */
  touches: readonly string[];
  /** reductions of one slot exclude each other */
  slot: string;
  /** how much it takes from the applicant; only for the order of suggestions */
  cost: number;
  apply(facts: Facts): Facts;
}

/** How hard a decision is on the applicant; smaller is better. */
type Burden = readonly [level: number, days: number, steps: number];
const LEVEL_OF: Record<Outcome, number> = { PERMIT: 0, PERMIT_OBL: 0, APPROVAL: 1, FORBID: 2 };

interface Found {
  reductions: Reduction[];
  burden: Burden;
  decision: Decision;
}

/**
 * The smallest changes that turn a refusal or an approval into a permit, or else into a shorter chain. Searches sets
 * of lawful reductions with the same `decide`, small sets first; a set stands only when it is treated better than each
 * part of it, so that no change is in it for nothing. The purpose and its relation are never touched. Pure and bounded.
 *
 * What stands in the way says where to look: a rule that matched goes on matching until a fact it asks about changes,
 * so only reductions that touch such a fact are tried. Nothing smaller is lost by that, and a hopeless refusal ends at once.
 */
export function suggestAlternatives(ruleset: Ruleset, facts: Facts, freedom: Freedom = {}): Alternatives {
  const base = burdenOf(decide(ruleset, facts));
  if (base[0] === 0) return { suggestions: [], tried: 1, complete: true };
  const found: Found[] = [];
  let tried = 1;
  let complete = search([], reductionsOf(ruleset, facts, freedom));
  const other = productReduction(freedom);
  if (other)
    complete =
      search(
        [other],
        reductionsOf(ruleset, other.apply(facts), { forms: freedom.forms }).filter(
          ({ slot }) => !slot.startsWith('fields '),
        ),
      ) && complete;
  const best = Math.min(...found.map(({ burden }) => burden[0]));
  const cost = ({ reductions }: Found): number => reductions.reduce((sum, reduction) => sum + reduction.cost, 0);
  const suggestions = found
    .filter((one) => one.burden[0] === best && !found.some((other) => longerIsAsGood(other, one)))
    .sort((a, b) => a.burden[1] - b.burden[1] || a.reductions.length - b.reductions.length || cost(a) - cost(b))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ reductions, burden, decision }): Suggestion => {
      const changes = reductions.map(({ change }) => change);
      const outcome = decision.outcome as Suggestion['outcome'];
      return { changes, outcome, workingDays: burden[1], text: sentence(ruleset, changes, base, burden) };
    });
  return { suggestions, tried, complete };

  /** False when it stopped at the bound. */
  function search(first: Reduction[], reductions: readonly Reduction[]): boolean {
    const seen = new Set<string>();
    const place = new Map(
      [...first, ...[...reductions].sort((a, b) => (a.key < b.key ? -1 : 1))].map((reduction, at) => [reduction, at]),
    );
    let level: Reduction[][] = [first];
    for (let size = first.length; size <= MOST_CHANGES && level.length > 0; size++) {
      const next: Reduction[][] = [];
      for (const set of level) {
        const changed = set.reduce((now, reduction) => reduction.apply(now), facts);
        if (changed.fields.length === 0) continue;
        const parts = found.filter((one) =>
          one.reductions.every((part) => set.some((reduction) => reduction === part || reduction.key === part.key)),
        );
        if (parts.some(({ burden }) => burden[0] === 0)) continue;
        if (set.length > 0 && tried >= MOST_TRIED) return false;
        if (set.length > 0) tried++;
        const decision = decide(ruleset, changed);
        const burden = burdenOf(decision);
        if ([{ burden: base }, ...parts].every((part) => lighter(burden, part.burden)))
          found.push({ reductions: set, burden, decision });
        if (burden[0] === 0) continue;
        const open = blockingPaths(ruleset, decision);
        for (const reduction of reductions) {
          if (set.some(({ slot }) => slot === reduction.slot) || !reduction.touches.some((path) => open.has(path)))
            continue;
          // in the order of their keys; the other product comes first whatever its name: it brings its own fields
          const larger = [...set, reduction].sort((a, b) => place.get(a)! - place.get(b)!);
          const key = larger.map((one) => place.get(one)).join(' ');
          if (!seen.has(key)) next.push(larger);
          seen.add(key);
        }
      }
      level = next;
    }
    return true;
  }
}

/** Whether the same changes with a longer use are treated as well: then the shorter use is no smaller change, only less. */
function longerIsAsGood(longer: Found, shorter: Found): boolean {
  const months = ({ reductions }: Found): number =>
    reductions.reduce((sum, { change }) => (change.kind === 'PERIOD' ? change.months : sum), 0);
  const rest = ({ reductions }: Found): string =>
    reductions
      .map(({ key, slot }) => (slot === 'period' ? slot : key))
      .sort()
      .join();
  return months(longer) > months(shorter) && rest(longer) === rest(shorter) && !lighter(shorter.burden, longer.burden);
}

/** Paths that the rules in the way ask about, and values they name (`evidence=DSFA`). Of several refusals each must go, so the first is enough to go on with. */
function blockingPaths(ruleset: Ruleset, { outcome, rules, facts }: Decision): Set<string> {
  const { variants, law } = ruleset.engine;
  const evaluated = evaluateFacts(facts, law.codes);
  const { byRule, paths } = indexRules(ruleset);
  const cited = rules.flatMap((id) => byRule.get(id) ?? []).filter(({ when }) => evaluate(when, evaluated));
  const refusing = cited.filter(({ kind }) => kind === 'FORBID').slice(0, 1);
  let asking = refusing.length > 0 ? refusing : cited.filter(({ steps }) => steps.length > 0);
  // nothing speaks for it: whatever a permit asks about may help
  if (outcome === 'FORBID' && cited.length === 0) asking = variants.filter(({ kind }) => kind === 'PERMIT');
  return new Set(asking.flatMap((variant) => paths.get(variant)!));
}

/** The facts with changes made. What a change speaks of must be there. */
export function changedFacts(ruleset: Ruleset, facts: Facts, freedom: Freedom, changes: readonly Change[]): Facts {
  const other = productReduction(freedom);
  return changes.reduce((now, change) => {
    const known =
      change.kind === 'PRODUCT' && other
        ? [other]
        : [...reductionsOf(ruleset, facts, freedom), ...reductionsOf(ruleset, now, {})];
    const reduction = known.find(({ key }) => key === keyOf(change));
    if (!reduction) throw new Error(`no such change: ${change.kind}`);
    return reduction.apply(now);
  }, facts);
}

const keyOf = (change: Change): string => JSON.stringify(change);

function productReduction({ aggregate }: Freedom): Reduction | null {
  if (!aggregate || aggregate.fields.length === 0) return null;
  const { title, product, fields, relation } = aggregate;
  const change: Change = { kind: 'PRODUCT', id: product.id, title };
  const apply = (now: Facts): Facts => withFields({ ...now, product, purpose: { ...now.purpose, relation } }, fields);
  return { key: keyOf(change), change, touches: [], slot: 'product', cost: 6, apply };
}

/** A field reaches the rules through these alone. */
const OF_FIELDS = ['fieldClasses', 'calc.beyondPurpose', 'calc.masked'];
const OF_BASIS = ['legalBasis', 'calc.legalBasisUnknown'];
/** Who asks reaches them through these. */
const OF_RECIPIENT = [
  ...[
    'consumer.kind',
    'consumer.competition',
    'consumer.nis2',
    'consumer.holdsKey',
    'calc.column',
    'calc.personalRef',
    'calc.c',
  ],
  ...['calc.personnelDecisions', 'calc.salesArm', 'contract.status', 'contract.kinds', 'calc.contractEndsSoon'],
];

/** What the search asks of a law book again and again, worked out once. */
interface RuleIndex {
  byRule: Map<string, Variant[]>;
  /** paths a condition asks about, and `path=value` for what it names */
  paths: Map<Variant, string[]>;
  /** longest lengths of use the rules know, in months, longest first */
  months: number[];
  /** grounds for a change of purpose that rules tell apart: the first of those all rules treat alike */
  grounds: string[];
}
const indexes = new WeakMap<Ruleset, RuleIndex>();

function indexRules(ruleset: Ruleset): RuleIndex {
  const before = indexes.get(ruleset);
  if (before) return before;
  const index: RuleIndex = { byRule: new Map(), paths: new Map(), months: [], grounds: [] };
  const namedBy = new Map<string, string>();
  for (const variant of ruleset.engine.variants) {
    index.byRule.set(variant.id, [...(index.byRule.get(variant.id) ?? []), variant]);
    const paths = leaves(variant.when).flatMap(({ path, value }) => [
      path,
      ...[value].flat().map((one) => `${path}=${String(one)}`),
    ]);
    index.paths.set(variant, [...new Set(paths)]);
    for (const { path, value } of leaves(variant.when)) {
      if (path === 'calc.periodMonths' && typeof value === 'number' && value > 1) index.months.push(value - 1);
      if (path === 'purpose.changeGround')
        for (const one of [value].flat())
          namedBy.set(String(one), `${namedBy.get(String(one)) ?? ''} ${index.paths.size}`);
    }
  }
  index.months = [...new Set(index.months)].sort((a, b) => b - a);
  const grounds = ruleset.vocabulary.changeGrounds.map(({ code }) => code).filter((code) => namedBy.has(code));
  index.grounds = grounds.filter(
    (code, at) => grounds.findIndex((other) => namedBy.get(other) === namedBy.get(code)) === at,
  );
  indexes.set(ruleset, index);
  return index;
}

function leaves(condition: Condition): { path: string; value: Value }[] {
  if ('all' in condition) return condition.all.flatMap(leaves);
  if ('any' in condition) return condition.any.flatMap(leaves);
  return 'not' in condition ? leaves(condition.not) : [condition];
}

function reductionsOf(ruleset: Ruleset, facts: Facts, { forms, coarser = {}, recipients = [] }: Freedom): Reduction[] {
  const reductions: Reduction[] = [];
  const add = (
    change: Change,
    slot: string,
    cost: number,
    touches: readonly string[],
    apply: Reduction['apply'],
  ): void => void reductions.push({ key: keyOf(change), change, touches, slot, cost, apply });
  // the rules see of a field its class and whether the purpose needs it: fields alike in both, and in the forms they may
  // take instead, go together
  const groups = new Map<string, Facts['fields']>();
  for (const field of facts.fields) {
    const targets = new Set((coarser[field.name] ?? []).map((one) => one.class));
    const key = [
      field.class,
      field.needed,
      ...FIELD_CLASS.filter((target) => targets.has(target) && target !== field.class),
    ].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  const needs = ruleset.neededClasses(facts.purpose.code);
  for (const [key, fields] of groups) {
    const names = new Set(fields.map(({ name }) => name));
    for (const target of FIELD_CLASS) {
      if (target === fields[0]!.class) continue;
      const asked = fields.flatMap(({ name }) => {
        const as = (coarser[name] ?? []).findIndex((one) => one.class === target);
        return as < 0 ? [] : [{ name, as, text: coarser[name]![as]!.text }];
      });
      // all fields of a group know the same targets
      if (asked.length < fields.length) continue;
      const needed = needs.includes(target);
      add({ kind: 'COARSEN_FIELDS', fields: asked }, `fields ${key}`, 2, OF_FIELDS, (now) =>
        withFields(
          now,
          now.fields.map((field) =>
            names.has(field.name) ? { ...field, class: target, needed, coarse: true } : field,
          ),
        ),
      );
    }
    add({ kind: 'DROP_FIELDS', fields: [...names] }, `fields ${key}`, 3 + fields.length, OF_FIELDS, (now) =>
      withFields(
        now,
        now.fields.filter(({ name }) => !names.has(name)),
      ),
    );
  }
  if (facts.insistsOnFields)
    add({ kind: 'NOT_INSIST' }, 'insist', 1, ['insistsOnFields'], (now) => ({ ...now, insistsOnFields: false }));
  for (const form of COARSER_FORM[facts.form]) {
    if (!forms || forms.includes(form)) add({ kind: 'FORM', form }, 'form', 3, ['form'], (now) => ({ ...now, form }));
  }
  const { maxRetentionDays: days } = facts.product;
  if (days !== null && (facts.retentionDays === null || facts.retentionDays > days)) {
    add({ kind: 'RETENTION', days }, 'retention', 1, ['retentionDays', 'calc.retention'], (now) => ({
      ...now,
      retentionDays: days,
    }));
  }
  const { months, grounds } = indexRules(ruleset);
  for (const most of months) {
    if ((facts.periodMonths ?? 0) <= most) continue;
    add({ kind: 'PERIOD', months: most }, 'period', 1, ['calc.periodMonths'], (now) => ({
      ...now,
      periodMonths: most,
    }));
  }
  if (facts.onwardRecipients.length > 0) {
    add({ kind: 'NO_ONWARD' }, 'onward', 2, ['onwardRecipients'], (now) => ({ ...now, onwardRecipients: [] }));
  }
  for (const what of WITHDRAWABLE)
    if (facts[what])
      add({ kind: 'NOT', what }, what, 3, [what === 'exclusive' ? 'calc.exclusive' : what], (now) => ({
        ...now,
        [what]: false,
      }));
  for (const code of new Set(facts.legalBasis)) {
    add({ kind: 'DROP_BASIS', code }, `basis ${code}`, 2, OF_BASIS, (now) => ({
      ...now,
      legalBasis: now.legalBasis.filter((one) => one !== code),
    }));
  }
  for (const code of ruleset.suggestedLegalBases(facts.purpose.code)) {
    if (facts.legalBasis.includes(code)) continue;
    add({ kind: 'ADD_BASIS', code }, 'another basis', 4, OF_BASIS, (now) => ({
      ...now,
      legalBasis: [...now.legalBasis, code],
    }));
  }
  if (facts.purpose.relation === 'CHANGED') {
    for (const code of grounds) {
      if (code === facts.purpose.changeGround) continue;
      add({ kind: 'GROUND', code }, 'ground', 4, [`purpose.changeGround=${code}`], (now) => ({
        ...now,
        purpose: { ...now.purpose, changeGround: code },
      }));
    }
  }
  for (const { code } of ruleset.vocabulary.evidence) {
    if (facts.evidence.includes(code)) continue;
    add({ kind: 'ADD_EVIDENCE', code }, `evidence ${code}`, 5, [`evidence=${code}`], (now) => ({
      ...now,
      evidence: [...now.evidence, code],
    }));
  }
  for (const { id, name, consumer, contract } of recipients) {
    add({ kind: 'RECIPIENT', id, name }, 'recipient', 5, OF_RECIPIENT, (now) => ({ ...now, consumer, contract }));
  }
  return reductions;
}

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
const NOT_IN_WORDS: Record<(typeof WITHDRAWABLE)[number], string> = {
  thirdCountry: 'mit Verarbeitung nur in der EU',
  automatedDecision: 'ohne automatische Entscheidungen über Menschen',
  exclusive: 'wenn auch andere Stellen die Daten bekommen können',
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
    case 'PERIOD':
      return `für höchstens ${change.months} Monate`;
    case 'GROUND':
      return `mit einem Grund für die Zweckänderung, zum Beispiel ${quoted([ruleset.label('changeGrounds', change.code)])}, wenn er bei Ihnen zutrifft`;
    case 'ADD_EVIDENCE':
      return `mit dem Nachweis ${quoted([ruleset.label('evidence', change.code)])}, wenn Sie ihn vorlegen können`;
    case 'RECIPIENT':
      return `wenn Ihre Stelle ${quoted([change.name])} den Antrag stellt`;
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
