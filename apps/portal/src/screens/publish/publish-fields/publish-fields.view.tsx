import { type FieldStatement, type FieldStatementTable, maskOf as formMask, type ProductVersion } from '#lib/catalogue';
import type { Problem } from '#lib/kernel';
import { formInWords } from '#lib/requests';
import { Field } from '../../../layout/field';
import { type FormBody, one } from '../../../layout/form-body';
import { Button, Buttons, Fieldset, type Option, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Link, Table, Text } from '../../../layout/parts';
import { maskText, TYPE_NAME } from '../../../layout/words';
import { FormProblem } from '../../../layout/form-problem';
import { askedOf, bodyOf, formLines, masksFor, maskValue } from './field-values';

interface FieldsProps {
  id: string;
  version: ProductVersion;
  revision: number;
  classes: readonly Option[];
  mayEdit: boolean;
  body?: FormBody;
  problem?: Problem;
  table?: FieldStatementTable;
}

type FieldProps = Pick<FieldsProps, 'id' | 'classes' | 'table'> & {
  body: FormBody;
  field: ProductVersion['fields'][number];
  at: number;
};
type StatementProps = FieldProps & { name: string; statement: FieldStatement };

export const FieldsView = (props: FieldsProps) => {
  const { id, version, revision, classes, mayEdit, problem, table } = props;
  const body = props.body ?? bodyOf(version.fields, table);
  const className = (value: string) => classes.find((option) => option.value === value)?.text ?? value;
  return (
    <>
      <h1 className="kern-heading-large">Felder von Datenstand Nr. {version.number}</h1>
      {mayEdit ? (
        <>
          <Text>
            Bitte beschreiben Sie jedes Feld in einfachen Worten und bestätigen Sie die Schutzklasse. Wählen Sie eine
            niedrigere Klasse als vorgeschlagen, begründen Sie das bitte.
          </Text>
          <FormProblem problem={problem} />
          <PostForm action={`/publish/${id}/versions/${version.id}/fields`} faults={problem?.errors}>
            <input type="hidden" name="revision" value={revision} />
            {version.fields.map((field, at) => (
              <OneField {...props} body={body} field={field} at={at} key={field.name} />
            ))}
            <Buttons>
              <Button>Felder speichern</Button>
              <Link href={`/publish/${id}`}>Abbrechen</Link>
            </Buttons>
          </PostForm>
        </>
      ) : (
        <>
          <Alert
            tone="info"
            title={
              version.frozenAt
                ? 'Dieser Datenstand ist freigegeben'
                : 'Nur die fachliche Betreuung beschreibt die Felder'
            }
          />
          <Table
            caption={`Felder von Datenstand Nr. ${version.number}`}
            hideCaption
            columns={[
              { head: 'Feld' },
              { head: 'Bedeutung' },
              { head: 'Art' },
              { head: 'Schutzklasse' },
              { head: 'Maske' },
              { head: 'Gröbere Formen' },
            ]}
            rows={version.fields.map((field) => [
              field.name,
              field.meaning || '–',
              TYPE_NAME[field.type],
              className(field.class),
              maskText(field.mask),
              field.generalisations.map(formInWords).join(', ') || '–',
            ])}
          />
          <Text>
            <Link href={`/publish/${id}`}>Zurück zum Datenprodukt</Link>
          </Text>
        </>
      )}
    </>
  );
};

/** The statements of a field in their order; those that stand beside the next one share a row with it. */
const OneField = (props: FieldProps) => {
  const { field, table } = props;
  const asked = askedOf(field, table);
  return (
    <fieldset className="kern-fieldset dr-box">
      <legend className="kern-label kern-label--large">
        {field.name} ({TYPE_NAME[field.type]})
      </legend>
      <div className="kern-fieldset__body">
        {asked.map(([name, statement], i) => {
          if (asked[i - 1]?.[1].beside) return null;
          const next = statement.beside && asked[i + 1];
          const drawn = <Statement {...props} name={name} statement={statement} key={name} />;
          return next ? (
            <div className="dr-row" key={name}>
              {drawn}
              <Statement {...props} name={next[0]} statement={next[1]} />
            </div>
          ) : (
            drawn
          );
        })}
      </div>
    </fieldset>
  );
};

const Statement = (props: StatementProps) => {
  const { name, statement, body, classes, field, at } = props;
  switch (statement.widget) {
    case 'mask':
      return <MaskField {...props} />;
    case 'coarser':
      return <CoarserLines {...props} />;
    case undefined:
      return (
        <Field
          name={`${name}-${at}`}
          field={statement}
          body={body}
          options={statement.choices === 'fieldClass' ? classes : undefined}
          hint={name === 'class' ? suggestionText(field, classes) : statement.hint}
        />
      );
  }
};

function suggestionText({ suggestedClass, suggestedBecause }: FieldProps['field'], classes: readonly Option[]): string {
  const suggested = `Vorschlag: ${classes.find(({ value }) => value === suggestedClass)?.text ?? suggestedClass}`;
  return suggestedBecause
    ? `${suggested}, denn das Feld ${suggestedBecause.replace(/^Ortsangabe: /, 'ist eine Ortsangabe: ')}`
    : suggested;
}

const MaskField = ({ statement, body, field, at }: StatementProps) => (
  <SelectField
    name={`mask-${at}`}
    label={statement.label}
    hint={statement.hint}
    value={one(body, `mask-${at}`)}
    options={masksFor(field.type, field.mask)}
    empty="keine"
    plain
  />
);

/** Coarser forms applicants may choose instead: often enough for them, and sooner permitted. */
const CoarserLines = ({ statement, classes, body, field, at }: StatementProps) => (
  <Fieldset name={`coarser-${at}`} legend={statement.label} hint={statement.hint}>
    {formLines(field.generalisations).map((form, line) => {
      const value = (part: string): string => one(body, `coarser-${part}-${at}-${line}`);
      const masks = masksFor(field.type, form ? formMask(form) : null).filter((option) => option.value !== DROPPED);
      return (
        <fieldset className="dr-row dr-condition" key={line}>
          <legend className="kern-sr-only">Gröbere Form {line + 1}</legend>
          <SelectField
            name={`coarser-kind-${at}-${line}`}
            label="Form"
            value={value('kind')}
            options={masks}
            empty="keine"
            plain
          />
          <SelectField
            name={`coarser-class-${at}-${line}`}
            label="Schutzklasse dann"
            value={value('class')}
            options={classes}
            empty="wie das Feld"
            plain
          />
          <TextField name={`coarser-name-${at}-${line}`} label="In Worten" value={value('name')} optional />
        </fieldset>
      );
    })}
  </Fieldset>
);

const DROPPED = maskValue({ kind: 'drop' });
