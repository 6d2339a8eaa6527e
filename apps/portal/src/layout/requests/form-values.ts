import {
  REQUEST_FIELDS,
  type RequestField,
  type RequestFieldTable,
  type RequestFormInput,
  sameText,
  valueIn,
} from '#lib/requests';
import { filledIn, valueOf } from '../field-values';
import { all, type FormBody, one } from '../form-body';
import type { Option } from '../forms';
import { WIDGETS } from './widgets';
import type { ColumnTypes } from './widgets/widget';

/** Statements of `declarations` are one list of ticks; everything else has an input of its own. */
export const TICKS = 'declarations';
export const isTicked = ({ in: home, kind }: Pick<RequestField, 'in' | 'kind'>): boolean =>
  home === TICKS && kind === 'tick';
export const inputName = (name: string, field: Pick<RequestField, 'in'>): string =>
  field.in ? `${field.in}-${name}` : name;

/** What somebody filled in, as the use case takes it. Nothing is checked here: the schema and the rules do. */
export function formOf(
  body: FormBody,
  productId: string,
  columns: ColumnTypes,
  fields: RequestFieldTable = REQUEST_FIELDS,
): RequestFormInput {
  const form: Record<string, unknown> = { productId };
  const declarations: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.section === 'given') continue;
    const value = readField(field, name, body, columns);
    if (value !== undefined) (field.in ? declarations : form)[name] = value;
  }
  return { ...form, ...(Object.keys(declarations).length > 0 && { declarations }) } as RequestFormInput;
}

function readField(field: RequestField, name: string, body: FormBody, columns: ColumnTypes): unknown {
  if (field.widget) return WIDGETS[field.widget]!.read(body, name, columns);
  if (isTicked(field)) return all(body, TICKS).includes(name);
  return valueOf(field, inputName(name, field), body);
}

/** The same without what is still empty, for a pre-check of a form that is being filled in. */
export function partialOf(
  form: RequestFormInput,
): Partial<RequestFormInput> & Pick<RequestFormInput, 'productId' | 'consumerUnitId'> {
  const { productId, consumerUnitId, ...rest } = form;
  const filled = Object.entries(rest).filter(
    ([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return { productId, consumerUnitId, ...(Object.fromEntries(filled) as Partial<RequestFormInput>) };
}

/** A stored form as if somebody had just filled it in. */
export function bodyOf(
  form: object,
  columns: ColumnTypes = new Map(),
  fields: RequestFieldTable = REQUEST_FIELDS,
): FormBody {
  const body: FormBody = {};
  const ticks: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (field.section === 'given') continue;
    const value = valueIn(form, name, field);
    if (field.widget) Object.assign(body, WIDGETS[field.widget]!.write(value as never, name, columns));
    else if (!isTicked(field)) body[inputName(name, field)] = filledIn(field, value);
    else if (value === true) ticks.push(name);
  }
  return { ...body, [TICKS]: ticks };
}

/**
 * Names of the fields whose value is not in the filled-in form any more: a column the version has no longer, an entry
 * the lists do not offer. Whoever copies a request reads them; nothing is left out in silence.
 */
export function notCarried(
  form: object,
  body: FormBody,
  columns: ColumnTypes,
  options: Readonly<Record<string, readonly Option[]>>,
  fields: RequestFieldTable = REQUEST_FIELDS,
): string[] {
  const again = formOf(body, '', columns, fields);
  return Object.entries(fields).flatMap(([name, field]) => {
    const was = valueIn(form, name, field);
    if (field.section === 'given' || isNothing(was)) return [];
    const offered = typeof field.choices === 'string' ? options[field.choices] : undefined;
    const gone =
      offered && field.kind !== 'widget' && [was].flat().some((one) => !offered.some(({ value }) => value === one));
    return gone || sameText(was) !== sameText(valueIn(again, name, field)) ? [name] : [];
  });
}
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** Yes-or-no questions somebody has answered: they stay in sight, asked or not, because an answer counts. */
export const isAnswered = (name: string, field: RequestField, body: FormBody): boolean =>
  field.kind === 'yesNo' && one(body, inputName(name, field)) !== '';
