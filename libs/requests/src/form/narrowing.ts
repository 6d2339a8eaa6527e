import { stricterMask } from '#lib/sources';
import type { CoarserField } from './generalisation';
import type { Conditions, RequestForm } from './request-form';
import { requestProblems } from '../requests.problems';
import { narrowRows } from './row-filter';

const least = <T extends number | string>(a: T | null | undefined, b: T | null | undefined): T | undefined => {
  if (a == null || b == null) return a ?? b ?? undefined;
  return a < b ? a : b;
};

/** Both lists as one: of two forms of a field the stricter; a field whose forms do not cover each other is to go. */
function coarsened(
  a: readonly CoarserField[] | undefined,
  b: readonly CoarserField[] | undefined,
): { coarser: CoarserField[]; lost: string[] } {
  const masks = new Map((a ?? []).map(({ field, mask }) => [field, mask]));
  for (const { field, mask } of b ?? []) {
    const before = masks.get(field);
    masks.set(field, before ? stricterMask(before, mask) : mask);
  }
  const all = [...masks].map(([field, mask]) => ({ field, mask }));
  return {
    coarser: all.filter(({ mask }) => mask.kind !== 'drop'),
    lost: all.filter(({ mask }) => mask.kind === 'drop').map(({ field }) => field),
  };
}

/** What is left of a form under the conditions: never more fields, rows, recipients or time than before. */
export function narrowed(form: RequestForm, conditions: Conditions | null): RequestForm {
  if (!conditions) return form;
  const { coarser, lost } = coarsened(form.coarser, conditions.coarser);
  const fields = form.fields.filter((name) => (conditions.fields?.includes(name) ?? true) && !lost.includes(name));
  return {
    ...form,
    fields,
    ...(coarser.length > 0 && { coarser: coarser.filter(({ field }) => fields.includes(field)) }),
    rows: narrowRows(form.rows, conditions.rows ?? null),
    until: least(form.until, conditions.until)!,
    recipients: conditions.recipients
      ? form.recipients.filter((name) => conditions.recipients!.includes(name))
      : form.recipients,
    retentionDays: least(form.retentionDays, conditions.retentionDays) ?? null,
  };
}

/** What conditions still say of a form that asks for less by now: none of them names what is not asked for any more. */
export function fitted(form: RequestForm, conditions: Conditions): Conditions {
  const asked = (names: string[] | undefined, held: readonly string[]) => names?.filter((name) => held.includes(name));
  const coarser = conditions.coarser?.filter(({ field }) => form.fields.includes(field)) ?? [];
  const result: Conditions = {
    ...conditions,
    fields: asked(conditions.fields, form.fields),
    coarser: coarser.length > 0 ? coarser : undefined,
    recipients: asked(conditions.recipients, form.recipients),
    until: conditions.until && least(conditions.until, form.until),
    retentionDays: conditions.retentionDays && least(conditions.retentionDays, form.retentionDays),
  };
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
}

/** The conditions of two approvers as one. Each stays in force. */
export function joined(a: Conditions, b: Conditions): Conditions {
  const both = <T>(x: T[] | undefined, y: T[] | undefined): T[] | undefined =>
    x && y ? x.filter((one) => y.includes(one)) : (x ?? y);
  const rows = narrowRows(a.rows ?? null, b.rows ?? null) ?? undefined;
  const masks = new Map<string, CoarserField['mask']>();
  for (const { field, mask } of [...(a.coarser ?? []), ...(b.coarser ?? [])])
    masks.set(field, masks.has(field) ? stricterMask(masks.get(field)!, mask) : mask);
  const result: Conditions = {
    fields: both(a.fields, b.fields),
    // a form that is now `drop` stays in the list: it takes the field away when the form is narrowed
    coarser: masks.size > 0 ? [...masks].map(([field, mask]) => ({ field, mask })) : undefined,
    rows,
    until: least(a.until, b.until),
    recipients: both(a.recipients, b.recipients),
    retentionDays: least(a.retentionDays, b.retentionDays),
    note: a.note && b.note ? `${a.note}\n${b.note}` : (a.note ?? b.note),
  };
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
}

/** Throws `widening_not_allowed` naming each condition that asks for more than the form holds, or leaves nothing. */
export function mustNarrow(form: RequestForm, conditions: Conditions): void {
  const beyond = (names: string[] | undefined, held: string[]): boolean =>
    (names ?? []).some((name) => !held.includes(name));
  const faults = [
    beyond(conditions.fields, form.fields) && {
      pointer: '/conditions/fields',
      detail: 'Diese Felder wurden nicht beantragt.',
    },
    beyond(
      conditions.coarser?.map(({ field }) => field),
      form.fields,
    ) && { pointer: '/conditions/coarser', detail: 'Diese Felder wurden nicht beantragt.' },
    narrowed(form, conditions).fields.length === 0 && {
      pointer: '/conditions/fields',
      detail: 'Es bliebe kein Feld übrig.',
    },
    beyond(conditions.recipients, form.recipients) && {
      pointer: '/conditions/recipients',
      detail: 'Diese Empfänger wurden nicht beantragt.',
    },
    conditions.until !== undefined &&
      conditions.until > form.until && {
        pointer: '/conditions/until',
        detail: `Beantragt ist die Nutzung bis ${form.until}.`,
      },
    conditions.until !== undefined &&
      conditions.until < form.from && { pointer: '/conditions/until', detail: 'Das Ende liegt vor dem Anfang.' },
    conditions.retentionDays !== undefined &&
      form.retentionDays !== null &&
      conditions.retentionDays > form.retentionDays && {
        pointer: '/conditions/retentionDays',
        detail: `Beantragt sind ${form.retentionDays} Tage.`,
      },
  ].filter((fault) => fault !== false);
  if (faults.length > 0) {
    throw requestProblems.widening_not_allowed({
      errors: faults.map((fault) => ({ ...fault, code: 'wider_than_requested' })),
    });
  }
}

/** True when nothing but a note is left of the conditions. */
export const narrowsNothing = (conditions: Conditions): boolean =>
  Object.keys(conditions).every((key) => key === 'note');
