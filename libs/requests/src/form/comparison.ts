import type { Form } from '#lib/policy';
import { stricterMask } from '#lib/sources';
import { sameText } from './form-check';
import { calledAs, statementInWords } from './form-in-words';
import type { CoarserField } from './generalisation';
import { type AnyForm, type Names, type RequestField, type RequestFieldTable, valueIn } from './request-field';
import type { RowFilter } from './row-filter';

/** How a value stands to the one before. OTHER: neither is part of the other. */
export type Compared = 'NARROWER' | 'WIDER' | 'OTHER';
/** Of two values that differ; `form` is the later one as a whole, `persons` whether single rows can be about persons. */
export type Compare<T> = (before: T, after: T, form: AnyForm, persons: boolean) => Compared;

/** A part of the list is narrower. */
export const asList: Compare<readonly string[] | undefined> = (before = [], after = []) => {
  if (after.every((one) => before.includes(one))) return 'NARROWER';
  return before.every((one) => after.includes(one)) ? 'WIDER' : 'OTHER';
};
/** Less is narrower, no limit the widest. */
export const asLimit: Compare<number | string | null | undefined> = (before, after) => {
  if (before == null) return 'NARROWER';
  return after != null && after < before ? 'NARROWER' : 'WIDER';
};
/** A later begin is narrower. */
export const asBegin: Compare<string> = (before, after) => (after > before ? 'NARROWER' : 'WIDER');
/** Without it is narrower. */
export const asAddition: Compare<unknown> = (before, after) => {
  if (!after) return 'NARROWER';
  return before ? 'OTHER' : 'WIDER';
};

const DETAIL: Partial<Record<Form, number>> = { TABLE_AGG: 1, ROWLEVEL: 2, API_LIVE: 3 };
/** Tables instead of rows are narrower, a standing retrieval instead of rows is wider. */
export const asDetail: Compare<Form> = (before, after) => {
  const [a, b] = [DETAIL[before], DETAIL[after]];
  return a === undefined || b === undefined || a === b ? 'OTHER' : b < a ? 'NARROWER' : 'WIDER';
};

/** The same fields in forms of which each is at least as coarse are narrower. */
export const asMasks: Compare<readonly CoarserField[] | undefined> = (all = [], after = [], form) => {
  // of a field that is not asked for any more its form means nothing
  const { fields = [] } = form as { fields?: readonly string[] };
  const before = all.filter(({ field }) => fields.includes(field));
  const covers = (a: readonly CoarserField[], b: readonly CoarserField[]): boolean =>
    a.every(({ field, mask }) => {
      const other = b.find((one) => one.field === field)?.mask;
      return other !== undefined && sameText(stricterMask(mask, other)) === sameText(other);
    });
  return covers(before, after) ? 'NARROWER' : covers(after, before) ? 'WIDER' : 'OTHER';
};

/**
 * One more condition beside the others is narrower, no condition the widest. Of rows about persons fewer are other
 * data: what was approved about everybody was not approved about one of them.
 */
export const asRows: Compare<RowFilter | null | undefined> = (before, after, form, persons) => {
  const parts = (filter: RowFilter | null | undefined): string[] =>
    !filter ? [] : ('all' in filter ? filter.all : [filter]).map(sameText);
  const compared = asList(parts(after), parts(before), form, persons);
  return persons && compared === 'NARROWER' ? 'OTHER' : compared;
};

/** One statement that two forms make differently. */
export interface ChangedField {
  name: string;
  compared: Compared;
}

/**
 * What differs between two forms of one request, statement by statement, in the order of the table. `persons`: whether its
 * single rows can be about persons.
 */
export function changesBetween(
  fields: RequestFieldTable,
  before: AnyForm,
  after: AnyForm,
  persons: boolean,
): ChangedField[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const [was, is] = [valueIn(before, name, field), valueIn(after, name, field)];
    if (sameText(said(was, field)) === sameText(said(is, field))) return [];
    return [{ name, compared: field.compares?.(was as never, is as never, after, persons) ?? 'OTHER' }];
  });
}
/** What a form of before left out says the same as nothing. */
const said = (value: unknown, { kind }: RequestField): unknown =>
  value === '' || (Array.isArray(value) && value.length === 0) || (kind === 'tick' && value === false) ? null : value;

/** A change in two columns of words. */
export interface ChangeInWords {
  label: string;
  before: string;
  after: string;
  compared: Compared;
}

/** Before and after of every statement that changed; what is told with another field stands there, once. */
export function changesInWords(
  fields: RequestFieldTable,
  before: AnyForm,
  after: AnyForm,
  names: Names,
  persons: boolean,
): ChangeInWords[] {
  const told = new Map<string, ChangedField>();
  for (const change of changesBetween(fields, before, after, persons)) {
    const name = fields[change.name]!.toldWith ?? change.name;
    const other = told.get(name);
    told.set(name, {
      name,
      compared: other && other.compared !== change.compared ? 'OTHER' : change.compared,
    });
  }
  return [...told.values()].map(({ name, compared }) => {
    const [was, is] = [before, after].map((form) => statementInWords(fields, name, form, names));
    const [label, same] = [calledAs(fields[name]!), was === is];
    return { label, before: same ? 'wie bisher' : was!, after: same ? 'geändert' : is!, compared };
  });
}

/** Whether what people agreed to covers a changed form: every change of it only narrows. */
export const onlyNarrows = (changes: readonly ChangedField[]): boolean =>
  changes.every(({ compared }) => compared === 'NARROWER');
