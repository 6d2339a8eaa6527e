import { cell, type FormField, line, quoted, shapeOf, text } from '#lib/kernel';
import { FIELD_CLASS, type FieldClass, isMasked, type LabelList, type PersonalRef } from '#lib/policy';
import { maskInput } from '#lib/sources';
import { z } from 'zod';
import { FIELD_LISTS, generalisationSchema } from './field-input';
import type { Field, Missing } from './product.view';

/** A field of the data as it is kept. */
export interface DescribedField {
  name: string;
  meaning: string;
  class: FieldClass | null;
  suggestedClass: FieldClass;
  classReason: string | null;
  mask: unknown;
}
/** What of a product matters for what its fields must say. */
export interface FieldContext {
  personalRef: PersonalRef | null;
}

/** One statement about a field of the data. Add an entry, and it is asked, read, checked and told to machines. */
export interface FieldStatement<S extends z.ZodType = z.ZodType> extends FormField<S> {
  /** what is `given` no form asks for */
  readonly section: 'field' | 'given';
  readonly choices?: Readonly<Record<string, string>> | LabelList;
  /** part of the form that draws and reads a `widget` */
  readonly widget?: 'mask' | 'coarser';
  /** stands in one row with the next one */
  readonly beside?: true;
  /** asked of such fields only; absent: of all */
  readonly asks?: (field: Pick<Field, 'suggestedClass'>) => boolean;
  /** what the form begins with; absent: what is kept */
  readonly begins?: (field: Field) => unknown;
  /** column it is kept in; absent: its name */
  readonly column?: string;
  /** what is kept where it is left out; absent: it stays as it was */
  readonly leftOut?: null | readonly [];
  /** what stands between the field and data that can be asked for, in German; null: nothing */
  readonly missing?: (field: DescribedField, product: FieldContext) => string | null;
  /** what it is called in the list of what is missing; absent: `label` */
  readonly said?: string;
}
export type FieldStatementTable = Readonly<Record<string, FieldStatement>>;

/** All that is said of a field, in the order it is asked. */
export const FIELD_STATEMENTS = {
  meaning: {
    label: 'Bedeutung',
    kind: 'line',
    schema: text(1000, { least: 0 }),
    section: 'field',
    binds: ['information'],
    missing: ({ meaning }) => (meaning === '' ? 'Es fehlt die Bedeutung.' : null),
  },
  unit: {
    label: 'Einheit',
    hint: 'zum Beispiel cm',
    kind: 'line',
    schema: cell(40, { least: 1 }).nullable().optional(),
    section: 'field',
    binds: ['information'],
    beside: true,
    leftOut: null,
  },
  class: {
    label: 'Schutzklasse',
    said: 'Feldklasse',
    kind: 'oneOf',
    choices: 'fieldClass',
    schema: z.enum(FIELD_CLASS),
    section: 'field',
    binds: ['fact'],
    feeds: ['fields', 'fieldClasses'],
    begins: ({ confirmed, class: kept, suggestedClass }) => (confirmed ? kept : suggestedClass),
    missing: ({ class: kept }) => (kept === null ? 'Bitte bestätigen Sie die Feldklasse.' : null),
  },
  mask: {
    label: 'Maske',
    hint: 'So wird das Feld verdeckt, wenn eine Regel es verlangt.',
    kind: 'widget',
    widget: 'mask',
    schema: maskInput.nullable().optional(),
    section: 'field',
    binds: ['fact', 'obligation'],
    feeds: ['fields[].maskable'],
    obligation: 'O-MASK',
    leftOut: null,
    // a field that names people in a product said to hold none is either masked or the product is wrong
    missing: ({ class: kept, mask }, { personalRef }) =>
      kept !== null && !mask && isMasked({ class: kept }, personalRef)
        ? 'Es wird verdeckt geliefert, weil das Produkt keinen Personenbezug hat. Bitte wählen Sie eine Maske.'
        : null,
  },
  generalisations: {
    label: 'Gröbere Formen, die Anfragende wählen können',
    hint: 'Zum Beispiel nur das Jahr oder, in Worten, eine Altersgruppe. Eine gröbere Form ist oft eher zulässig. Nach dem Speichern erscheint eine weitere Zeile.',
    kind: 'widget',
    widget: 'coarser',
    schema: z.array(generalisationSchema).max(10).optional(),
    section: 'field',
    binds: ['fact', 'term'],
    feeds: ['fields', 'fieldClasses'],
    leftOut: [],
  },
  /** why the class is lower than the scan suggests */
  reason: {
    label: 'Begründung für eine niedrigere Klasse',
    kind: 'line',
    schema: line(500).nullable().optional(),
    section: 'field',
    binds: ['evidence'],
    seenBy: 'wer das Datenprodukt freigibt',
    asks: ({ suggestedClass }) => suggestedClass !== 'NONE',
    column: 'classReason',
    leftOut: null,
  },
  /** statutes that name this field */
  listedIn: {
    label: 'Gesetze, die dieses Feld nennen',
    kind: 'manyOf',
    schema: z
      .array(z.enum(FIELD_LISTS))
      .max(FIELD_LISTS.length)
      .overwrite((lists) => [...new Set(lists)].sort())
      .optional(),
    section: 'given',
    binds: ['fact'],
    feeds: ['beyondBmg34', 'ownerAddressOnly'],
  },
} as const satisfies FieldStatementTable;

/** What somebody says of the fields of a version. */
export const fieldsSchemaOf = <T extends FieldStatementTable>(table: T) =>
  z
    .array(z.strictObject({ name: cell(200, { least: 1 }), ...shapeOf(table) }))
    .min(1)
    .max(20_000);
export const fieldsSchema = fieldsSchemaOf(FIELD_STATEMENTS);
export type FieldInput = z.input<typeof fieldsSchema>[number];

/** What was said of a field, by the columns it is kept in. */
export const keptOf = (said: object, table: FieldStatementTable = FIELD_STATEMENTS): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(table).flatMap(([name, { column = name, leftOut }]) => {
      const value = (said as Record<string, unknown>)[name] ?? leftOut;
      return value === undefined ? [] : [[column, value]];
    }),
  );

/** What is missing of a field before the data may be asked for. */
export const missingOf = (
  field: DescribedField,
  product: FieldContext,
  table: FieldStatementTable = FIELD_STATEMENTS,
): Missing[] =>
  Object.entries(table).flatMap(([name, { missing, said, label }]): Missing[] => {
    const detail = missing?.(field, product);
    return detail
      ? [
          {
            pointer: `/fields/${field.name}/${name}`,
            rung: 'REQUESTABLE',
            label: said ?? label,
            detail: `Feld ${quoted(field.name)}: ${detail}`,
          },
        ]
      : [];
  });
