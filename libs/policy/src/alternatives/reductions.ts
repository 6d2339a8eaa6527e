import { MOST_DAYS } from '../facts/owner-limits';
import { valueAt } from '../engine/match';
import { FIELD_CLASS, type Facts, type Form } from '../facts/facts';
import type { Ruleset } from '../law/ruleset';
import type { Change, Freedom } from './changes';
import { indexRules } from './rule-index';

/** One change that could be tried. */
export interface Reduction {
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

/** From fine to coarse: what may be asked for instead. */
const COARSER_FORM: Readonly<Record<Form, readonly Form[]>> = {
  API_LIVE: ['ROWLEVEL', 'GEO_AGG', 'TABLE_AGG'],
  ROWLEVEL: ['GEO_AGG', 'TABLE_AGG'],
  DOCUMENT: ['GEO_AGG', 'TABLE_AGG'],
  GEO_AGG: [],
  TABLE_AGG: [],
};

/** The facts with changes made. What a change speaks of must be there. */
export function changedFacts(ruleset: Ruleset, facts: Facts, freedom: Freedom, changes: readonly Change[]): Facts {
  const other = productReduction(ruleset, freedom);
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

export function productReduction(ruleset: Ruleset, { aggregate }: Freedom): Reduction | null {
  if (!aggregate || aggregate.fields.length === 0) return null;
  const { title, product, fields } = aggregate;
  const change: Change = { kind: 'PRODUCT', id: product.id, title };
  const apply = (now: Facts): Facts => withFields(withRelation(ruleset, { ...now, product }), fields);
  return { key: keyOf(change), change, touches: [], slot: 'product', cost: 6, apply };
}

export function reductionsOf(
  ruleset: Ruleset,
  facts: Facts,
  { forms, coarser = {}, recipients = [], processorOnward }: Freedom,
): Reduction[] {
  const reductions: Reduction[] = [];
  const add = (
    change: Change,
    slot: string,
    cost: number,
    touches: readonly string[],
    apply: Reduction['apply'],
  ): void => void reductions.push({ key: keyOf(change), change, touches, slot, cost, apply });
  const { askedThrough, withdrawable } = ruleset.engine.law.model;
  const ofFields = askedThrough('fields', 'fieldClasses');
  const ofForm = askedThrough('form');
  const ofPeriod = askedThrough('periodMonths', 'periodDays');
  const ofBasis = askedThrough('legalBasis');
  const ofRetention = askedThrough('retentionDays');
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
      add({ kind: 'COARSEN_FIELDS', fields: asked }, `fields ${key}`, 2, ofFields, (now) =>
        withFields(
          now,
          now.fields.map((field) =>
            names.has(field.name) ? { ...field, class: target, needed, coarse: true } : field,
          ),
        ),
      );
    }
    add({ kind: 'DROP_FIELDS', fields: [...names] }, `fields ${key}`, 3 + fields.length, ofFields, (now) =>
      withFields(
        now,
        now.fields.filter(({ name }) => !names.has(name)),
      ),
    );
  }
  if (facts.insistsOnFields)
    add({ kind: 'NOT_INSIST' }, 'insist', 1, askedThrough('insistsOnFields'), (now) => ({
      ...now,
      insistsOnFields: false,
    }));
  for (const form of COARSER_FORM[facts.form]) {
    // the way out never leads where the program can not follow
    if ((forms && !forms.includes(form)) || !ruleset.deliversAs(form)) continue;
    add({ kind: 'FORM', form }, 'form', 3, ofForm, (now) => ({ ...now, form }));
  }
  const most = [facts.product.maxRetentionDays ?? [], facts.keepableDays ?? []].flat();
  const days = Math.min(...most);
  if (most.length > 0 && days > 0 && (facts.retentionDays === null || facts.retentionDays > days)) {
    add({ kind: 'RETENTION', days }, 'retention', 1, ofRetention, (now) => ({ ...now, retentionDays: days }));
  }
  const { months, grounds } = indexRules(ruleset);
  for (const most of months) {
    if ((facts.periodMonths ?? 0) <= most) continue;
    add({ kind: 'PERIOD', months: most }, 'period', 1, ofPeriod, (now) => shortened(now, most, MOST_DAYS[most - 1]!));
  }
  const { maxDays } = facts.product;
  if (maxDays != null && (facts.periodDays ?? 0) > maxDays) {
    // the owner's longest use, and shorter ones that keep within the months of a rule whatever day they begin on
    const shorter = months.map((most) => LEAST_DAYS[most - 1]!).filter((least) => least < maxDays);
    for (const days of [maxDays, ...shorter])
      if (!months.some((most) => MOST_DAYS[most - 1] === days))
        add({ kind: 'DAYS', days }, 'period', 1, ofPeriod, (now) => shortened(now, monthsWithin(days), days));
  }
  if (facts.onwardRecipients.length > 0) {
    add({ kind: 'NO_ONWARD' }, 'onward', 2, askedThrough('onwardRecipients'), (now) => ({
      ...now,
      onwardRecipients: [],
    }));
  }
  // who asks as a processor can not do without itself
  const ofProcessor = askedThrough('recipient', 'onwardRecipients');
  if (facts.recipient?.processor && facts.consumer.kind !== 'PROCESSOR')
    add({ kind: 'NO_PROCESSOR' }, 'processor', 3, ofProcessor, (now) => ({
      ...now,
      recipient: withoutProcessor(now.consumer),
      onwardRecipients: now.onwardRecipients.filter((unit) => unit !== processorOnward),
    }));
  for (const { path } of withdrawable)
    if (valueAt(facts, path) === true)
      add({ kind: 'NOT', what: path }, path, 3, askedThrough(path), (now) => withdrawn(now, path));
  for (const code of new Set(facts.legalBasis)) {
    add({ kind: 'DROP_BASIS', code }, `basis ${code}`, 2, ofBasis, (now) => ({
      ...now,
      legalBasis: now.legalBasis.filter((one) => one !== code),
    }));
  }
  const fitting = ruleset.fittingBases(facts);
  for (const code of ruleset.suggestedLegalBases(facts.purpose.code)) {
    if (facts.legalBasis.includes(code) || !fitting.has(code)) continue;
    add({ kind: 'ADD_BASIS', code }, 'another basis', 4, ofBasis, (now) => ({
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
  const evidenceOfBases = new Set(
    ruleset.legalBases.flatMap(({ carries = [] }) => carries.flatMap(({ evidence = [] }) => evidence)),
  );
  const privileged = ruleset.purposes.find(({ code }) => code === facts.purpose.code)?.privileged;
  for (const { code } of ruleset.vocabulary.evidence) {
    if (facts.evidence.includes(code)) continue;
    const compatible = privileged?.evidence.includes(code);
    const carried = evidenceOfBases.has(code) ? ofBasis : [];
    const touched = [`evidence=${code}`, ...carried, ...(compatible ? ['purpose.relation'] : [])];
    add({ kind: 'ADD_EVIDENCE', code }, `evidence ${code}`, 5, touched, (now) => {
      const shown = { ...now, evidence: [...now.evidence, code] };
      return compatible ? withRelation(ruleset, shown) : shown;
    });
  }
  const ofRecipient = [...askedThrough('consumer', 'contract', 'recipient'), 'purpose.relation'];
  for (const { id, name, consumer, contract, recipient } of recipients) {
    add({ kind: 'RECIPIENT', id, name }, 'recipient', 5, ofRecipient, (now) => {
      // a processor that went before does not come back with the other office
      const gone = facts.recipient?.processor && now.recipient?.processor === false;
      const receives = gone ? withoutProcessor(consumer) : recipient;
      return withRelation(ruleset, { ...now, consumer, contract, ...(receives && { recipient: receives }) });
    });
  }
  return reductions;
}

/** How the purpose stands to what the product was collected for, after a change. */
const withRelation = (ruleset: Ruleset, facts: Facts): Facts => ({
  ...facts,
  purpose: {
    ...facts.purpose,
    relation: ruleset.purposeRelation({
      ...facts.purpose,
      evidence: facts.evidence,
      product: facts.product,
      consumer: facts.consumer,
    }),
  },
});

/** Days of the shortest stretch of so many months: it begins in a February of 28 days. */
const LEAST_DAYS = [28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334, 365];
/** The longest use a change leaves, in days; 0 for a change of something else. */
export const longestUseOf = (change: Change): number =>
  change.kind === 'PERIOD' ? MOST_DAYS[change.months - 1]! : change.kind === 'DAYS' ? change.days : 0;

/** Months that so many days can reach into at most. */
const monthsWithin = (days: number): number => LEAST_DAYS.filter((least) => least < days).length + 1;

const shortened = (facts: Facts, months: number, days: number): Facts => ({
  ...facts,
  periodMonths: Math.min(facts.periodMonths ?? months, months),
  periodDays: Math.min(facts.periodDays ?? days, days),
});

/** Who asks gets the bytes itself. */
const withoutProcessor = ({ kind, competition }: Facts['consumer']): NonNullable<Facts['recipient']> => ({
  kind,
  competition,
  processor: false,
  contract: null,
  gap: null,
  described: false,
});

const withFields = (facts: Facts, fields: Facts['fields']): Facts => ({
  ...facts,
  fields,
  fieldClasses: FIELD_CLASS.filter((kind) => fields.some((field) => field.class === kind)),
});

/** The facts with one yes taken back. */
function withdrawn(facts: Facts, path: string): Facts {
  const take = (value: object, [name, ...rest]: string[]): object => ({
    ...value,
    [name!]: rest.length === 0 ? false : take((value as Record<string, object>)[name!]!, rest),
  });
  return take(facts, path.split('.')) as Facts;
}
