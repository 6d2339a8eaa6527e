import { filterInWords, narrowRows, type RowCondition, type RowFilter, sameText } from '#lib/requests';
import { type FormBody, given, one } from '../../form-body';
import { Checkbox, Fieldset, type Option, SelectField, TextField } from '../../forms';
import type { ColumnTypes, Widget } from './widget';

const LINES = 3;
const OPERATORS: Option[] = [
  { value: 'eq', text: 'ist' },
  { value: 'in', text: 'ist eines von (mit ; getrennt)' },
  { value: 'gte', text: 'ist mindestens' },
  { value: 'lte', text: 'ist höchstens' },
  { value: 'not_null', text: 'ist angegeben' },
];

/** Conditions in lines; a filter that is richer than lines stands above them in words and is kept while it is ticked. */
export const rows: Widget = {
  draw: ({ name, field, body, choices }) => {
    const kept = given(body, `${name}-kept`);
    return (
      <Fieldset name={name} legend={field.label} hint={field.hint}>
        {kept && (
          <Checkbox name={`${name}-kept`} value={kept} label={`Nur Zeilen, für die gilt: ${inWords(kept)}`} checked />
        )}
        {Array.from({ length: LINES }, (_, at) => (
          <fieldset className="dr-row dr-condition" key={at}>
            <legend className="kern-sr-only">Bedingung {at + 1}</legend>
            <SelectField
              name={`${name}-${at}-column`}
              label="Feld"
              value={one(body, `${name}-${at}-column`)}
              options={choices.options.filterColumns ?? []}
              empty="Keine Bedingung"
              plain
            />
            <SelectField
              name={`${name}-${at}-op`}
              label="Vergleich"
              value={one(body, `${name}-${at}-op`) || 'eq'}
              options={OPERATORS}
              plain
            />
            <TextField name={`${name}-${at}-value`} label="Wert" value={one(body, `${name}-${at}-value`)} plain />
          </fieldset>
        ))}
      </Fieldset>
    );
  },
  read: (body, name, columns) => narrowRows(keptFilter(body, name), linesIn(body, name, columns)),
  write: (filter: RowFilter | null | undefined, name, columns) => {
    const shown = linesOf(filter ?? null);
    const body = Object.fromEntries((shown ?? []).flatMap((line, at) => lineIn(name, at, line)));
    // what would come back as something else is no line: a text with a semicolon, a number in a text field
    const same = shown && sameFilter(linesIn(body, name, columns), filter ?? null);
    return same ? body : { [`${name}-kept`]: JSON.stringify(filter) };
  },
};

const sameFilter = (a: RowFilter | null, b: RowFilter | null): boolean =>
  sameText(a) === sameText(b && !('all' in b) ? { all: [b] } : b);

function lineIn(name: string, at: number, line: RowCondition): [string, string][] {
  const values =
    line.op === 'not_null'
      ? []
      : [line.value].flat().map((one) => (one === true ? 'ja' : one === false ? 'nein' : one));
  return [
    [`${name}-${at}-column`, line.column],
    [`${name}-${at}-op`, line.op],
    [`${name}-${at}-value`, values.join('; ')],
  ];
}

function linesIn(body: FormBody, name: string, columns: ColumnTypes): RowFilter | null {
  const lines = Array.from({ length: LINES }, (_, at) => conditionIn(body, `${name}-${at}`, columns)).filter(
    (line) => line !== null,
  );
  return lines.length === 0 ? null : { all: lines };
}

function conditionIn(body: FormBody, name: string, columns: ColumnTypes): RowCondition | null {
  const column = given(body, `${name}-column`);
  if (!column) return null;
  const text = one(body, `${name}-value`).trim();
  const type = columns.get(column);
  switch (one(body, `${name}-op`)) {
    case 'in':
      return { column, op: 'in', value: text.split(/[;\n]/).map((part) => typed(part.trim(), type)) };
    case 'gte':
      return { column, op: 'gte', value: typed(text, type) };
    case 'lte':
      return { column, op: 'lte', value: typed(text, type) };
    case 'not_null':
      return { column, op: 'not_null' };
    default:
      return { column, op: 'eq', value: typed(text, type) };
  }
}

/** German spelling into the value of the field's type; what does not fit stays text, and the use case says what it expects. */
function typed(text: string, type: string | undefined): string | number | boolean {
  switch (type) {
    case 'INTEGER':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'DECIMAL':
      return text.replace(/^(-?\d+),(\d+)$/, '$1.$2');
    case 'DATE':
      return text.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1');
    case 'BOOLEAN':
      return /^ja$/i.test(text) ? true : /^nein$/i.test(text) ? false : text;
    case undefined:
    default:
      return text;
  }
}

/** Conditions that fit into lines; null for a filter made elsewhere that is richer. */
export function linesOf(filter: RowFilter | null): RowCondition[] | null {
  if (!filter) return [];
  const parts = 'all' in filter ? filter.all : [filter];
  const plain = parts.filter(
    (part): part is RowCondition => !('all' in part) && !('any' in part) && part.op !== 'between',
  );
  return plain.length === parts.length && plain.length <= LINES ? plain : null;
}

/** What came back is taken as it is; what is no filter is a condition the use case refuses, never none. */
function keptFilter(body: FormBody, name: string): RowFilter | null {
  const kept = given(body, `${name}-kept`);
  if (!kept) return null;
  try {
    return JSON.parse(kept) as RowFilter;
  } catch {
    return { column: '', op: 'not_null' };
  }
}

/** The text came from a browser: what is no filter is shown as it came, and refused when it is sent. */
function inWords(kept: string): string {
  try {
    return filterInWords(JSON.parse(kept) as RowFilter);
  } catch {
    return kept;
  }
}
