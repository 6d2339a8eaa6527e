import { maskOf as formMask, type ProductVersion } from '#lib/catalogue';
import type { Problem } from '#lib/kernel';
import { formInWords } from '#lib/requests';
import { type FormBody, one } from '../../../layout/form-body';
import { Button, Buttons, Fieldset, type Option, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Link, Table, Text } from '../../../layout/parts';
import { maskText, TYPE_NAME } from '../../../layout/words';
import { FormProblem } from '../../../layout/form-problem';
import { formLines, lineValues, masksFor, maskValue } from './field-values';

interface FieldsProps {
  id: string;
  version: ProductVersion;
  revision: number;
  classes: readonly Option[];
  mayEdit: boolean;
  body?: FormBody;
  problem?: Problem;
}

type FieldProps = Pick<FieldsProps, 'id' | 'classes' | 'body'> & {
  field: ProductVersion['fields'][number];
  at: number;
};

export const FieldsView = (props: FieldsProps) => {
  const { id, version, revision, classes, mayEdit, problem } = props;
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
              <OneField {...props} field={field} at={at} key={field.name} />
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

const OneField = ({ id, classes, body, field, at }: FieldProps) => {
  const value = (name: string, held: string): string => (body ? one(body, `${name}-${at}`) : held);
  const suggested = classes.find((option) => option.value === field.suggestedClass)?.text ?? field.suggestedClass;
  return (
    <fieldset className="kern-fieldset dr-box">
      <legend className="kern-label kern-label--large">
        {field.name} ({TYPE_NAME[field.type]})
      </legend>
      <div className="kern-fieldset__body">
        <TextField name={`meaning-${at}`} label="Bedeutung" value={value('meaning', field.meaning)} />
        <div className="dr-row">
          <TextField
            name={`unit-${at}`}
            label="Einheit"
            hint="zum Beispiel cm"
            value={value('unit', field.unit ?? '')}
            optional
          />
          <SelectField
            name={`class-${at}`}
            label="Schutzklasse"
            hint={
              field.suggestedBecause
                ? `Vorschlag: ${suggested}, denn das Feld ${field.suggestedBecause.replace(/^Ortsangabe: /, 'ist eine Ortsangabe: ')}`
                : `Vorschlag: ${suggested}`
            }
            value={value('class', field.confirmed ? field.class : field.suggestedClass)}
            options={classes}
          />
        </div>
        <SelectField
          name={`mask-${at}`}
          label="Maske"
          hint="So wird das Feld verdeckt, wenn eine Regel es verlangt."
          value={value('mask', maskValue(field.mask))}
          options={masksFor(field.type, id, field.mask)}
          empty="keine"
          plain
        />
        <CoarserLines id={id} classes={classes} body={body} field={field} at={at} />
        {field.suggestedClass !== 'NONE' && (
          <TextField
            name={`reason-${at}`}
            label="Begründung für eine niedrigere Klasse"
            value={value('reason', field.classReason ?? '')}
            optional
          />
        )}
      </div>
    </fieldset>
  );
};

/** Coarser forms applicants may choose instead: often enough for them, and sooner permitted. */
const CoarserLines = ({ id, classes, body, field, at }: FieldProps) => (
  <Fieldset
    name={`coarser-${at}`}
    legend="Gröbere Formen, die Anfragende wählen können"
    hint="Zum Beispiel nur das Jahr oder, in Worten, eine Altersgruppe. Eine gröbere Form ist oft eher zulässig. Nach dem Speichern erscheint eine weitere Zeile."
  >
    {formLines(field.generalisations).map((form, line) => {
      const held = lineValues(form);
      const value = (name: keyof typeof held): string =>
        body ? one(body, `coarser-${name}-${at}-${line}`) : held[name];
      const masks = masksFor(field.type, id, form ? formMask(form) : null).filter((option) => option.value !== DROPPED);
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
