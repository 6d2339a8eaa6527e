import {
  type Field,
  FIELD_STATEMENTS,
  type FieldInput,
  type FieldStatement,
  type FieldStatementTable,
  maskOf as formMask,
} from '#lib/catalogue';
import type { FieldClass } from '#lib/policy';
import type { ColumnType, Mask } from '#lib/sources';
import { filledIn, valueOf } from '../../../layout/field-values';
import { type FormBody, given, one } from '../../../layout/form-body';
import type { Option } from '../../../layout/forms';
import { maskText } from '../../../layout/words';

const NUMERIC: readonly ColumnType[] = ['INTEGER', 'DECIMAL'];
const TIMES: readonly ColumnType[] = ['DATE', 'TIMESTAMP'];

/** Masks worth offering for a field. The chosen one stays on offer, whatever it is. */
export function masksFor(type: ColumnType, chosen: Mask | null): Option[] {
  const masks: Mask[] = [
    { kind: 'drop' },
    { kind: 'null' },
    ...(type === 'TEXT' ? ([{ kind: 'redact', with: '***' }] as Mask[]) : []),
    ...(TIMES.includes(type) ? ([{ kind: 'year' }] as Mask[]) : []),
    ...(NUMERIC.includes(type)
      ? ([
          { kind: 'round', to: 10 },
          { kind: 'round', to: 100 },
          { kind: 'round', to: 1000 },
          { kind: 'grid', metres: 100 },
          { kind: 'grid', metres: 1000 },
        ] as Mask[])
      : []),
    { kind: 'pseudonym' },
  ];
  const values = masks.map((mask) => JSON.stringify(mask));
  if (chosen && !values.includes(JSON.stringify(chosen))) masks.unshift(chosen);
  return masks.map((mask) => ({ value: JSON.stringify(mask), text: maskText(mask) }));
}

export const maskValue = (mask: Mask | null): string => (mask ? JSON.stringify(mask) : '');

type Generalisation = Field['generalisations'][number];

/** Lines for coarser forms of a field: those it has, and one more. */
export const formLines = (generalisations: readonly Generalisation[]): (Generalisation | null)[] => [
  ...generalisations,
  ...(generalisations.length < MOST_FORMS ? [null] : []),
];
const MOST_FORMS = 10;

/** What a line of the form begins with. */
export const lineValues = (form: Generalisation | null): Record<'kind' | 'class' | 'name', string> => ({
  kind: form ? maskValue(formMask(form)) : '',
  class: form?.class ?? '',
  name: form?.name ?? '',
});

type NamedStatement = readonly [name: string, statement: FieldStatement];

/** What the form asks of a field. */
export const askedOf = (
  field: Pick<Field, 'suggestedClass'>,
  table: FieldStatementTable = FIELD_STATEMENTS,
): NamedStatement[] =>
  Object.entries(table).filter(([, { section, asks }]) => section !== 'given' && (asks?.(field) ?? true));

/** What is kept, as a form that somebody has just filled in. */
export const bodyOf = (fields: readonly Field[], table: FieldStatementTable = FIELD_STATEMENTS): FormBody =>
  Object.assign(
    {},
    ...fields.flatMap((field, at) =>
      askedOf(field, table).map(([name, statement]): FormBody => {
        const { widget, begins, column = name } = statement;
        const value = begins ? begins(field) : (field as unknown as Record<string, unknown>)[column];
        return widget ? PARTS[widget].write(value as never, at) : { [`${name}-${at}`]: filledIn(statement, value) };
      }),
    ),
  ) as FormBody;

/** What somebody said of the fields of a version, in their order. */
export const fieldsOf = (
  body: FormBody,
  fields: readonly Pick<Field, 'name' | 'generalisations'>[],
  table: FieldStatementTable = FIELD_STATEMENTS,
): FieldInput[] =>
  fields.map((field, at) => ({
    name: field.name,
    ...(Object.fromEntries(
      Object.entries(table)
        .filter(([, { section }]) => section !== 'given')
        .map(([name, statement]) => [
          name,
          statement.widget ? PARTS[statement.widget].read(body, at, field) : valueOf(statement, `${name}-${at}`, body),
        ]),
    ) as Omit<FieldInput, 'name'>),
  }));

interface Part {
  read(body: FormBody, at: number, field: Pick<Field, 'generalisations'>): unknown;
  write(value: never, at: number): FormBody;
}
/** How statements of more than one input are read and shown. */
const PARTS: Record<NonNullable<FieldStatement['widget']>, Part> = {
  mask: {
    read: (body, at) => maskOf(one(body, `mask-${at}`)),
    write: (mask: Mask | null, at) => ({ [`mask-${at}`]: maskValue(mask) }),
  },
  coarser: {
    read: (body, at, { generalisations }) =>
      formLines(generalisations).flatMap((_, line) => formOf(body, `${at}-${line}`)),
    write: (forms: readonly Generalisation[], at) =>
      Object.fromEntries(
        formLines(forms).flatMap((form, line) =>
          Object.entries(lineValues(form)).map(([part, value]) => [`coarser-${part}-${at}-${line}`, value]),
        ),
      ),
  },
};

/** One line; left empty it offers nothing. */
function formOf(body: FormBody, line: string): Generalisation[] {
  const mask = maskOf(one(body, `coarser-kind-${line}`));
  const [kind, name] = [given(body, `coarser-class-${line}`), given(body, `coarser-name-${line}`)];
  return mask ? [{ ...mask, ...(kind && { class: kind as FieldClass }), ...(name && { name }) }] : [];
}

/** The options carry their mask as JSON; what is no mask the use case refuses. */
function maskOf(text: string): Mask | null {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Mask;
  } catch {
    return { kind: 'redact', with: '' };
  }
}

/** `/3/meaning` is the field `meaning-3` of our form, and `/3/generalisations/1/class` the group `coarser-3`. */
export const FIELD_PLACES = { '*/generalisations': 'coarser-$1', '*/*': '$2-$1' };
