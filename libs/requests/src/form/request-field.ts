import { type FieldTable, type FormField, shapeOf } from '#lib/kernel';
import type { Consumer, Facts } from '#lib/policy';
import { z } from 'zod';

/** What of a product makes a rule look at a question. */
export type AboutProduct = Pick<Facts['product'], 'openness' | 'personalRef' | 'strictestPart' | 'secrecy'>;

/** Facts that are yes or no, by their path. */
export type YesNoFact = YesNoPath<Facts>;
type YesNoPath<T> = {
  [K in keyof T & string]-?: NonNullable<T[K]> extends boolean
    ? K
    : NonNullable<T[K]> extends readonly unknown[]
      ? never
      : NonNullable<T[K]> extends object
        ? `${K}.${YesNoPath<NonNullable<T[K]>>}`
        : never;
}[keyof T & string];

/** Words for the codes and ids of a form: `names('purposes', 'VERKEHR')`. */
export type Names = (list: string, code: string) => string;

/** Parts of a form with their headings; `more` names the part of a section that opens. What is `given` no page draws. */
export const SECTIONS = {
  given: { title: '', more: '' },
  purpose: { title: '1. Wer braucht die Daten wozu?', more: 'Weitere Rechtsgrundlagen, geänderter Zweck' },
  data: { title: '2. Welche Daten brauchen Sie?', more: 'Mehr zu den Daten' },
  use: { title: '3. Wie lange und für wen?', more: 'Weitergabe, Dienstleister, Erklärungen' },
} as const;
export type SectionName = keyof typeof SECTIONS;

/** One statement of a request. What is not here derives from nothing else: add an entry, and it is asked, kept, shown and agreed. */
export interface RequestField<S extends z.ZodType = z.ZodType> extends FormField<S> {
  readonly section: SectionName;
  /** in the part of its section that opens */
  readonly folded?: true;
  /** stands in one row with the next one */
  readonly beside?: true;
  /** part of the form that draws and reads it, for `widget` and for lists that are no plain list */
  readonly widget?: string;
  /** member of `declarations`, not of the form itself */
  readonly in?: 'declarations';
  /** of a yes or no: the fact it is, as it was answered; a fact of another kind is made in `facts-assembly.ts` */
  readonly fact?: YesNoFact;
  /** asked for such products only; absent: always */
  readonly asks?: (product: AboutProduct) => boolean;
  /** a rule protects people, or equal terms: without an answer yes counts, and no request is submitted */
  readonly must?: (product: AboutProduct, consumer: Consumer) => boolean;
  /** what it is called where it is read; absent: `label` */
  readonly said?: string;
  /** how it is read; several texts are several lines, null: it is told with another field. Absent: by its kind */
  readonly words?: (form: never, names: Names) => string | readonly string[] | null;
  /** what is read where nothing was said; absent: then it is left out */
  readonly unsaid?: string;
  /**
   * Of a `term`: the section of the agreement it stands under; `narrowed` when the agreement says it from what was
   * approved. `about`: what it is called there; absent: as everywhere. Absent: under „Weitere Angaben“.
   */
  readonly clause?: { readonly under: string; readonly about?: string } | 'narrowed';
  /** how a changed value stands to the one before; absent: it says something else, and whoever agreed agrees anew */
  readonly compares?: (before: never, after: never, form: AnyForm, persons: boolean) => 'NARROWER' | 'WIDER' | 'OTHER';
  /** of one whose `words` are told with another field: its name */
  readonly toldWith?: string;
  /** clear text of a person: goes beside the event, where it can be erased */
  readonly erasable?: true;
  /** means nothing for another product */
  readonly ofProduct?: true;
}
export type RequestFieldTable = Readonly<Record<string, RequestField>>;

type DeclaredShape<T extends RequestFieldTable> = {
  -readonly [K in keyof T as T[K] extends { in: 'declarations' } ? K : never]: T[K]['schema'];
};
type PlainShape<T extends RequestFieldTable> = {
  -readonly [K in keyof T as T[K] extends { in: 'declarations' } ? never : K]: T[K]['schema'];
};

const split = (fields: RequestFieldTable, declared: boolean): FieldTable =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => (field.in === 'declarations') === declared));

/** The members of the schema of a request form. What only the applicant can know stands together under `declarations`. */
export function shapeOfForm<T extends RequestFieldTable>(fields: T) {
  const plain = shapeOf(split(fields, false)) as unknown as PlainShape<T>;
  const declarations = z.strictObject(shapeOf(split(fields, true)) as unknown as DeclaredShape<T>);
  return { ...plain, declarations: declarations.prefault({} as never) };
}

/** Any form of such a table, also one still being filled in or kept before a field was there. */
export type AnyForm = object;

/** The value of a field in a form; undefined when nothing was said. */
export function valueIn(form: AnyForm, name: string, field: Pick<RequestField, 'in'>): unknown {
  const members = form as Record<string, unknown>;
  const home = field.in ? ((members[field.in] ?? {}) as Record<string, unknown>) : members;
  return Object.hasOwn(home, name) ? home[name] : undefined;
}
