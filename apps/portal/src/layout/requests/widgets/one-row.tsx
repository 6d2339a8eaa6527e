import type { RowFilter } from '#lib/requests';
import { one } from '../../form-body';
import { SelectField, TextField } from '../../forms';
import type { Widget } from './widget';

/** One condition is enough in an emergency; its value has the type of the field. */
export const oneRow: Widget = {
  draw: ({ body, choices }) => (
    <>
      <SelectField
        name="rowField"
        label="Nur Zeilen, in denen das Feld"
        optional
        value={one(body, 'rowField')}
        options={(choices.options.columns ?? []).map(({ value, text }) => ({ value, text }))}
        empty="alle Zeilen"
      />
      <TextField name="rowValue" label="diesen Wert hat" optional value={one(body, 'rowValue')} />
    </>
  ),
  read: (body, _name, columns): RowFilter | null => {
    const column = one(body, 'rowField');
    if (column === '') return null;
    const text = one(body, 'rowValue').trim();
    return { column, op: 'eq', value: typed(text, columns.get(column)) };
  },
  write: () => ({}),
};

function typed(text: string, type: string | undefined): string | number | boolean {
  if (type === 'BOOLEAN') return /^(?:ja|wahr)$/i.test(text);
  const number = Number(text.replace(',', '.'));
  return (type === 'INTEGER' || type === 'DECIMAL') && text !== '' && !Number.isNaN(number) ? number : text;
}
