import { quoted } from '#lib/kernel';
import type { Facts, Form, Obligation } from '#lib/policy';
import { conditionsOf, tellsByChoosing } from '#lib/requests';
import type { DeliveryPlan, FormatName, Mask, PlannedColumn, RowFilter } from '#lib/sources';
import { type DeliveredField, ENFORCERS, type ObligationEnforcer } from './enforcers';
import { FORMS } from './forms';

export interface DeliveredTerms {
  fields: readonly string[];
  /** by field, as frozen in the agreement */
  masks: Readonly<Record<string, Mask>>;
  rows: RowFilter | null;
  form: Form;
  obligations: readonly Obligation[];
}

export interface DeliveryInput {
  objectKey: string;
  fields: readonly DeliveredField[];
  terms: DeliveredTerms;
  /** of the decision taken now: an obligation that came since the agreement holds as well */
  obligationsNow: readonly Obligation[];
  /** contract between the parties as the decision taken now found it */
  contract: Facts['contract'];
  format: FormatName;
  spreadsheetSafe: boolean;
}

/** Columns by which rows are chosen although the plan delivers them coarser, or not at all. */
function toldByRows({ rows, columns }: DeliveryPlan, fields: ReadonlyMap<string, DeliveredField>): string[] {
  return rows === undefined
    ? []
    : conditionsOf(rows).flatMap(({ condition: { column } }) => {
        const planned = columns.find(({ name }) => name === column);
        const left = !planned || planned.mask?.kind === 'drop';
        const tells = tellsByChoosing(
          fields.get(column) ?? { class: 'SECRET' },
          left ? 'NOT' : planned.mask ? 'COARSER' : 'CLEAR',
        );
        return tells
          ? [
              `Nach ${quoted(column)} darf nicht ausgewählt werden: Das Feld wird verdeckt, gröber oder nicht geliefert.`,
            ]
          : [];
      });
}

/** The plan for the query engine, or why nothing may be delivered. Pure. `enforcers`: what the gate can enforce. */
export function planDelivery(
  { objectKey, fields, terms, obligationsNow, contract, format, spreadsheetSafe }: DeliveryInput,
  enforcers: readonly ObligationEnforcer[] = ENFORCERS,
): { plan: DeliveryPlan } | { because: string[] } {
  const known = new Map(fields.map((field) => [field.name, field]));
  const because = terms.fields
    .filter((name) => !known.has(name))
    .map((name) => `Das vereinbarte Feld ${quoted(name)} gibt es in dieser Fassung der Daten nicht.`);
  const columns: PlannedColumn[] = terms.fields.map((name) =>
    Object.hasOwn(terms.masks, name) ? { name, mask: terms.masks[name] } : { name },
  );
  const plan: DeliveryPlan = {
    objectKey,
    columns,
    ...(terms.rows && { rows: terms.rows }),
    format,
    spreadsheetSafe,
  };
  const enforcerOf = new Map(enforcers.map((one) => [one.obligation, one]));
  const isFirst = ({ id }: Obligation): boolean => enforcerOf.get(id)?.first === true;
  const all = [...terms.obligations, ...obligationsNow].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
  for (const obligation of all) {
    const enforcer = enforcerOf.get(obligation.id);
    if (enforcer) {
      const fault = enforcer.apply(plan, obligation, { fields: known, contract });
      if (fault) because.push(`Auflage ${obligation.id}: ${fault}`);
    } else if (obligation.enforcement !== 'PROMISED') {
      because.push(`Die Auflage ${obligation.id} kann hier noch nicht umgesetzt werden.`);
    }
  }
  const form = FORMS.find((one) => one.form === terms.form);
  const fault = form ? form.apply(plan) : 'In der vereinbarten Form kann hier noch nichts geliefert werden.';
  if (fault) because.push(fault);
  because.push(...toldByRows(plan, known));
  if (plan.columns.length === 0) because.push('Es ist kein Feld vereinbart.');
  else if (plan.columns.every(({ mask }) => mask?.kind === 'drop'))
    because.push('Nach den Auflagen bleibt kein Feld übrig.');
  // an obligation agreed and asked for again now is one reason, not two
  return because.length > 0 ? { because: [...new Set(because)] } : { plan };
}
