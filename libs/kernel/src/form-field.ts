import { z } from 'zod';

/**
 * How a field is filled in and read. `tick` is a statement that is true when ticked, `yesNo` a question that may stay
 * open, `lines` a list of texts, one a line; a `widget` has a part of the form of its own, which its table names.
 */
export const FIELD_KINDS = [
  'line',
  'text',
  'date',
  'number',
  'tick',
  'yesNo',
  'oneOf',
  'manyOf',
  'lines',
  'widget',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** What a statement does: rules read it, the agreement says it, somebody must keep it, it proves something, or it only informs. */
export type FieldBinding = 'fact' | 'term' | 'obligation' | 'evidence' | 'information';

/**
 * One statement of a form; its name is its key in the table. From the table derive the schema of the input, the form in
 * the portal, the words of the API and what is shown of a filled-in form. A stage adds what its own tables need.
 */
export interface FormField<S extends z.ZodType = z.ZodType> {
  /** German, as it is asked */
  readonly label: string;
  readonly hint?: string;
  readonly kind: FieldKind;
  /** of the value in JSON; its messages are German */
  readonly schema: S;
  /** key of the part of the form it stands in */
  readonly section: string;
  readonly binds: readonly FieldBinding[];
  /** facts of the law book that are worked out from it elsewhere, by path or group of paths */
  readonly feeds?: readonly string[];
  /** of `obligation`: which one of the law book, by its id; `DEADLINE` where the program sets a deadline by it */
  readonly obligation?: `O-${string}` | 'DEADLINE';
  /** of `evidence`: who must look at it, in German */
  readonly seenBy?: string;
  /** of `oneOf` and `manyOf`: codes with their German words, or the name of a list that who shows the form looks up */
  readonly choices?: Readonly<Record<string, string>> | string;
  /** `oneOf` with all choices to be seen, not in a list that opens */
  readonly radios?: true;
  /** of `oneOf`: what no choice means; of `yesNo`: the same, in a list that opens, so that an answer can be taken back */
  readonly empty?: string;
  /** of `manyOf` and `lines`: words for „none of them“, where that is a statement and not the same as saying nothing */
  readonly none?: string;
  /** of `text` and `lines`: height; absent: 3 */
  readonly rows?: number;
  /** of `number`: what it counts, `Tage` */
  readonly unit?: string;
}

/** True when nothing rests on it: no rule asks it, no agreement says it, nobody must look at it. */
export const informsOnly = ({ binds }: Pick<FormField, 'binds'>): boolean =>
  binds.every((binding) => binding === 'information');
/** How such a statement is called wherever it is asked or read, so that nobody takes it for a promise. */
export const INFORMATION_ONLY = 'nur Auskunft';

export type FieldTable = Readonly<Record<string, FormField>>;
/** The members of a schema, one a field: `z.strictObject(shapeOf(FIELDS))` has the precise type of the form. */
export type ShapeOf<T extends FieldTable> = { -readonly [K in keyof T]: T[K]['schema'] };

/** The schemas of the fields with their words, which reach the API's description (`title`, `description`, `x-binds`). */
export const shapeOf = <T extends FieldTable>(fields: T): ShapeOf<T> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, described(field)])) as ShapeOf<T>;

const described = ({ schema, label, hint, binds }: FormField): z.ZodType =>
  schema.meta({ title: label, ...(hint && { description: hint }), 'x-binds': binds });

/** What nothing filled in is for the field: null or undefined where its schema takes it, else a text that the schema refuses in its words. */
export function emptyOf({ schema }: Pick<FormField, 'schema'>): null | undefined | '' {
  if (schema.safeParse(null).success) return null;
  return schema.safeParse(undefined).success ? undefined : '';
}

/** True when the form is complete without it. */
export const isOptional = (field: Pick<FormField, 'schema'>): boolean => emptyOf(field) !== '';
