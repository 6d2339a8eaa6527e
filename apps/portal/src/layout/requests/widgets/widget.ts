import type { ColumnType } from '#lib/sources';
import type { RequestField } from '#lib/requests';
import type { ReactNode } from 'react';
import type { FormBody } from '../../form-body';
import type { Option } from '../../forms';
import type { CoarserChoice } from '../coarser-forms';

/** Fields of the product version a form is about, with their types. */
export type ColumnTypes = ReadonlyMap<string, ColumnType>;

/** What a form offers to choose from. */
export interface Choices {
  /** by the name of the list, as the table of fields names it */
  options: Readonly<Record<string, readonly Option[]>>;
  /** fields that may be asked for coarser, with the forms the product declares */
  coarser: readonly CoarserChoice[];
  /** documents may be added from this page: its form knows the step `evidence` */
  uploads?: boolean;
}

export interface WidgetProps {
  name: string;
  field: RequestField;
  body: FormBody;
  choices: Choices;
}

/** A field that is more than one input. `read` and `write` undo each other: what `write` can not show, it carries on and names. */
export interface Widget {
  draw(props: WidgetProps): ReactNode;
  /** what stands in the part of the section that opens */
  drawMore?(props: WidgetProps): ReactNode;
  read(body: FormBody, name: string, columns: ColumnTypes): unknown;
  write(value: never, name: string, columns: ColumnTypes): FormBody;
}
