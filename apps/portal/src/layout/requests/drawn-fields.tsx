import type { RequestField } from '#lib/requests';
import { Fragment, type ReactNode } from 'react';
import { Field, hintOf } from '../field';
import { all, type FormBody } from '../form-body';
import { Checkboxes } from '../forms';
import { inputName, isTicked, TICKS } from './form-values';
import { WIDGETS } from './widgets';
import type { Choices } from './widgets/widget';

export type NamedField = readonly [name: string, field: RequestField];

interface DrawnFieldsProps {
  fields: readonly NamedField[];
  body: FormBody;
  choices: Choices;
  /** in place of the hints of the table */
  hints?: ReadonlyMap<string, string>;
}

/** Fields of a table in their order; statements that are ticked stand together where the first of them stands. */
export const DrawnFields = ({ fields, body, choices, hints }: DrawnFieldsProps) => {
  const ticked = fields.filter(([, field]) => isTicked(field));
  const draw = ([name, field]: NamedField): ReactNode => {
    if (field.widget)
      return WIDGETS[field.widget]!.draw({ name, field: { ...field, hint: hintOf(field) }, body, choices });
    if (isTicked(field)) return name === ticked[0]?.[0] && <Ticks fields={ticked} body={body} />;
    const options = typeof field.choices === 'string' ? choices.options[field.choices] : undefined;
    return <Field name={inputName(name, field)} field={field} body={body} options={options} hint={hints?.get(name)} />;
  };
  return rowsOf(fields).map((row) =>
    row.length === 1 ? (
      <Fragment key={row[0]![0]}>{draw(row[0]!)}</Fragment>
    ) : (
      <div className="dr-row" key={row[0]![0]}>
        {row.map((one) => (
          <Fragment key={one[0]}>{draw(one)}</Fragment>
        ))}
      </div>
    ),
  );
};

const Ticks = ({ fields, body }: Pick<DrawnFieldsProps, 'fields' | 'body'>) => (
  <Checkboxes
    name={TICKS}
    legend="Trifft davon etwas zu?"
    value={all(body, TICKS)}
    options={fields.map(([value, field]) => ({ value, text: field.label, hint: hintOf(field) }))}
  />
);

function rowsOf(fields: readonly NamedField[]): NamedField[][] {
  const rows: NamedField[][] = [];
  fields.forEach((one, at) => {
    if (fields[at - 1]?.[1].beside) rows.at(-1)!.push(one);
    else rows.push([one]);
  });
  return rows;
}
