import { maskOf } from '#lib/catalogue';
import { cell, dayAfter } from '#lib/kernel';
import { type Change, MODEL } from '#lib/policy';
import { z } from 'zod';
import type { TypedField } from './form-check';
import { code, column } from './input-schemas';
import type { PartialRequestForm } from './request-form';
import { REQUEST_FIELDS } from './request-fields';
import type { RequestField } from './request-field';

const one = <K extends Change['kind'], S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** Changes as the pre-check names them and a form or program sends them back. */
export const changeSchema: z.ZodType<Change> = z.discriminatedUnion('kind', [
  one('DROP_FIELDS', { fields: z.array(column).max(500) }),
  one('COARSEN_FIELDS', {
    fields: z.array(z.strictObject({ name: column, as: z.int().min(0).max(10), text: cell(200) })).max(500),
  }),
  one('FORM', { form: z.enum(['TABLE_AGG', 'GEO_AGG', 'ROWLEVEL', 'DOCUMENT', 'API_LIVE']) }),
  one('RETENTION', { days: z.int().positive() }),
  one('PERIOD', { months: z.int().min(1).max(12) }),
  one('DAYS', { days: z.int().min(1).max(366) }),
  one('NOT_INSIST', {}),
  one('NO_ONWARD', {}),
  one('NO_PROCESSOR', {}),
  one('NOT', { what: z.enum(MODEL.withdrawable.map(({ path }) => path)) }),
  one('ADD_BASIS', { code }),
  one('DROP_BASIS', { code }),
  one('GROUND', { code }),
  one('ADD_EVIDENCE', { code }),
  one('RECIPIENT', { id: z.uuid(), name: cell(200) }),
  one('PRODUCT', { id: z.uuid(), title: cell(500) }),
]);
export const changesSchema = z.array(changeSchema).min(1).max(10);

/** What a change needs to know beside the form. */
export interface ChangeContext {
  /** fields of the version the form is about */
  held: readonly TypedField[];
  /** last day of a use of so many months */
  lastDay: (months: number) => string | undefined;
  /** true when the processor counts as a recipient of its own, because no contract binds it */
  processorIsOnward: boolean;
  /** the other product: its fields the purpose needs */
  other: { id: string; fields: string[] } | null;
}

/** The form with the changes made, as somebody would have filled it in. Asks for nothing the changes do not say. Pure. */
export function withChanges(
  form: PartialRequestForm,
  changes: readonly Change[],
  context: ChangeContext,
): PartialRequestForm {
  return changes.reduce((now, change) => withOne(now, change, context), form);
}

function withOne(
  form: PartialRequestForm,
  change: Change,
  { held, lastDay, processorIsOnward, other }: ChangeContext,
): PartialRequestForm {
  const asked = form.fields ?? held.map((field) => field.name);
  const bases = form.legalBasis ?? [];
  switch (change.kind) {
    case 'DROP_FIELDS': {
      const fields = asked.filter((field) => !change.fields.includes(field));
      return {
        ...form,
        fields,
        ...(form.coarser && { coarser: form.coarser.filter(({ field }) => fields.includes(field)) }),
      };
    }
    case 'COARSEN_FIELDS': {
      const chosen = change.fields.flatMap(({ name: field, as }) => {
        const declared = held.find((one) => one.name === field)?.generalisations?.[as];
        return declared ? [{ field, mask: maskOf(declared) }] : [];
      });
      const others = (form.coarser ?? []).filter(({ field }) => !chosen.some((one) => one.field === field));
      return { ...form, coarser: [...others, ...chosen] };
    }
    case 'FORM':
      return { ...form, form: change.form };
    case 'RETENTION':
      return { ...form, retentionDays: change.days };
    case 'PERIOD':
      return { ...form, until: lastDay(change.months) ?? form.until };
    case 'DAYS':
      return { ...form, ...(form.from && { until: dayAfter(form.from, change.days - 1) }) };
    case 'NOT_INSIST':
      return { ...form, insistsOnFields: false };
    case 'NO_ONWARD':
      return { ...form, onwardUnitIds: [], ...(processorIsOnward && { processorUnitId: null }) };
    case 'NO_PROCESSOR':
      return { ...form, processorUnitId: null };
    case 'NOT':
      return withdrawn(form, change.what);
    case 'ADD_BASIS':
      return { ...form, legalBasis: [...new Set([...bases, change.code])] };
    case 'DROP_BASIS':
      return { ...form, legalBasis: bases.filter((basis) => basis !== change.code) };
    case 'GROUND':
      return { ...form, changeGround: change.code };
    case 'ADD_EVIDENCE':
      return { ...form, evidence: [...new Set([...(form.evidence ?? []), change.code])] };
    case 'RECIPIENT':
      return { ...form, consumerUnitId: change.id };
    case 'PRODUCT': {
      // another product, other columns: what was chosen of the old ones means nothing there
      const { productId, consumerUnitId } = form;
      const fields = other?.fields ?? asked;
      return { ...ofAnyProduct(form), consumerUnitId, productId: other?.id ?? productId, fields };
    }
  }
}

const OF_PRODUCT = Object.entries<RequestField>(REQUEST_FIELDS).flatMap(([name, field]) =>
  field.ofProduct ? [name] : [],
);
const ofAnyProduct = (form: PartialRequestForm): Partial<PartialRequestForm> =>
  Object.fromEntries(Object.entries(form).filter(([name]) => !OF_PRODUCT.includes(name)));

/** Names of what a form says of its product and the changed one does not: it means nothing for another product. */
export const lostWith = (before: Pick<PartialRequestForm, 'productId'>, after: PartialRequestForm): string[] =>
  before.productId === after.productId
    ? []
    : Object.entries<RequestField>(REQUEST_FIELDS).flatMap(([name, { ofProduct }]) => {
        const [was, is] = [before, after].map((form) => (form as unknown as Record<string, unknown>)[name]);
        return ofProduct && name !== 'productVersionId' && hasValue(was) && !hasValue(is) ? [name] : [];
      });
const hasValue = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/** The form with a no to whatever gives the fact. */
function withdrawn(form: PartialRequestForm, fact: string): PartialRequestForm {
  const [name, field] = Object.entries<RequestField>(REQUEST_FIELDS).find(([, one]) => one.fact === fact) ?? [];
  if (name === undefined) return form;
  return field?.in ? { ...form, [field.in]: { ...form[field.in]!, [name]: false } } : { ...form, [name]: false };
}
