import type { TaskView } from '#lib/approvals';
import type { ConditionsInput } from '#lib/requests';
import { all, type FormBody, given, wholeNumber } from '../../../layout/form-body';
import { coarserOf } from '../../../layout/requests/coarser-forms';

/** The conditions somebody filled in: only what differs from what was asked, because each one becomes part of the terms. */
export function conditionsOf(
  body: FormBody,
  asked: Pick<TaskView['asked'], 'fields' | 'until'> & { retentionDays: number | null },
): ConditionsInput | undefined {
  const conditions: ConditionsInput = {};
  const fields = all(body, 'fields');
  // every box unticked is not "all fields": the use case says that one must stay
  if (fields.length !== asked.fields.length || fields.some((name) => !asked.fields.includes(name)))
    conditions.fields = fields;
  const coarser = coarserOf(body, asked.fields);
  if (coarser.length > 0) conditions.coarser = coarser;
  const until = given(body, 'until');
  if (until && until !== asked.until) conditions.until = until;
  const retentionDays = wholeNumber(body, 'retentionDays');
  if (retentionDays !== undefined && retentionDays !== asked.retentionDays) conditions.retentionDays = retentionDays;
  const note = given(body, 'note');
  if (note) conditions.note = note;
  return Object.keys(conditions).length > 0 ? conditions : undefined;
}
