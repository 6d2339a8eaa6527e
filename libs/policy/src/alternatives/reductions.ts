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

export function productReduction({ aggregate }: Freedom): Reduction | null {
  if (!aggregate || aggregate.fields.length === 0) return null;
  const { title, product, fields, relation } = aggregate;
  const change: Change = { kind: 'PRODUCT', id: product.id, title };
  const apply = (now: Facts): Facts => withFields({ ...now, product, purpose: { ...now.purpose, relation } }, fields);
  return { key: keyOf(change), change, touches: [], slot: 'product', cost: 6, apply };
}

export function reductionsOf(
  ruleset: Ruleset,
  facts: Facts,
  { forms, coarser = {}, recipients = [] }: Freedom,
): Reduction[] {
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
  for (const { path, asked } of ruleset.engine.law.model.withdrawable)
    if (valueAt(facts, path) === true)
      add({ kind: 'NOT', what: path }, path, 3, [asked], (now) => withdrawn(now, path));
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

/** The facts with one yes taken back. */
function withdrawn(facts: Facts, path: string): Facts {
  const take = (value: object, [name, ...rest]: string[]): object => ({
    ...value,
    [name!]: rest.length === 0 ? false : take((value as Record<string, object>)[name!]!, rest),
  });
  return take(facts, path.split('.')) as Facts;
}
