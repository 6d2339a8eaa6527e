import type { ProductVersion } from '#lib/catalogue';
import type { Problem } from '#lib/kernel';
import { type FormBody, one } from '../../layout/form-body';
import { Button, Buttons, type Option, PostForm, SelectField, TextField } from '../../layout/forms';
import { Alert, Link, Table, Text } from '../../layout/parts';
import { maskText, TYPE_NAME } from '../../layout/words';
import { FormProblem } from '../request-form/view';
import { masksFor, maskValue } from './field-values';

interface FieldsProps {
  id: string;
  version: ProductVersion;
  revision: number;
  classes: readonly Option[];
  mayEdit: boolean;
  body?: FormBody;
  problem?: Problem;
}

type FieldProps = Pick<FieldsProps, 'id' | 'classes' | 'body'> & { field: ProductVersion['fields'][number]; at: number };

export const FieldsView = (props: FieldsProps) => {
  const { id, version, revision, classes, mayEdit, problem } = props;
  const className = (value: string) => classes.find((option) => option.value === value)?.text ?? value;
  return (
    <>
      <h1 className="kern-heading-large">Felder von Datenstand Nr. {version.number}</h1>
      {mayEdit ? (
        <>
          <Text>Bitte beschreiben Sie jedes Feld in einfachen Worten und bestätigen Sie die Schutzklasse. Wählen Sie eine niedrigere Klasse als vorgeschlagen, begründen Sie das bitte.</Text>
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
          <Alert tone="info" title={version.frozenAt ? 'Dieser Datenstand ist freigegeben' : 'Nur die fachliche Betreuung beschreibt die Felder'} />
          <Table
            caption={`Felder von Datenstand Nr. ${version.number}`}
            hideCaption
            columns={[{ head: 'Feld' }, { head: 'Bedeutung' }, { head: 'Art' }, { head: 'Schutzklasse' }, { head: 'Maske' }]}
            rows={version.fields.map((field) => [field.name, field.meaning || '–', TYPE_NAME[field.type], className(field.class), maskText(field.mask)])}
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
          <TextField name={`unit-${at}`} label="Einheit" hint="zum Beispiel cm" value={value('unit', field.unit ?? '')} optional />
          <SelectField
            name={`class-${at}`}
            label="Schutzklasse"
            hint={field.suggestedBecause ? `Vorschlag: ${suggested}, denn das Feld ${field.suggestedBecause.replace(/^Ortsangabe: /, 'ist eine Ortsangabe: ')}` : `Vorschlag: ${suggested}`}
            value={value('class', field.confirmed ? field.class : field.suggestedClass)}
            options={classes}
          />
        </div>
        <SelectField name={`mask-${at}`} label="Maske" hint="So wird das Feld verdeckt, wenn eine Regel es verlangt." value={value('mask', maskValue(field.mask))} options={masksFor(field.type, id, field.mask)} empty="keine" plain />
        {field.suggestedClass !== 'NONE' && (
          <TextField name={`reason-${at}`} label="Begründung für eine niedrigere Klasse" value={value('reason', field.classReason ?? '')} optional />
        )}
      </div>
    </fieldset>
  );
};
