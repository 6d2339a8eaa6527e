import { COLUMN_TYPES, type ColumnType, type Hints, type Recognition } from '#lib/sources';
import { type FormBody, given, one, wholeNumber } from '../../../layout/form-body';

/** The name of the field in which somebody corrects the type of a column. */
export const typeField = (at: number): string => `type-${at}`;

/** Corrections of a person to what was recognised: only what differs, so that the rest is recognised anew. */
export function hintsOf(
  body: FormBody,
  recognition: Pick<Recognition, 'columns' | 'encoding' | 'delimiter' | 'headerLine'>,
): Hints {
  const hints: Hints = {};
  const encoding = given(body, 'encoding');
  if (encoding) hints.encoding = encoding as Hints['encoding'];
  const delimiter = one(body, 'delimiter');
  // a tab would be trimmed away on its way through the form
  if (delimiter) hints.delimiter = (delimiter === 'TAB' ? '\t' : delimiter) as Hints['delimiter'];
  const headerLine = wholeNumber(body, 'headerLine');
  if (headerLine !== undefined) hints.headerLine = headerLine;
  const decimal = given(body, 'decimal');
  if (decimal) hints.decimal = decimal as Hints['decimal'];
  const nullValues = one(body, 'nullValues')
    .split(';')
    .map((value) => value.trim())
    .filter(Boolean);
  if (nullValues.length > 0) hints.nullValues = nullValues;
  const structure = hints.delimiter !== undefined && hints.delimiter !== recognition.delimiter;
  const header = headerLine !== undefined && headerLine !== recognition.headerLine;
  // with other columns the types of the old ones mean nothing
  if (!structure && !header) {
    const types = recognition.columns.flatMap(({ name, type }, at): [string, ColumnType][] => {
      const wanted = COLUMN_TYPES.find((one) => one === given(body, typeField(at)));
      return wanted && wanted !== type ? [[name, wanted]] : [];
    });
    if (types.length > 0) hints.types = Object.fromEntries(types);
  }
  return hints;
}
