import { Problem } from '#lib/kernel';
import { UNIT_CHANGE_KIND_LABEL, UNIT_KINDS, UnitChangeKind } from '#lib/organisation';
import { ticked, one, FormBody, all, ONCE_FIELD } from '../../../layout/form-body';
import { UNIT_KIND_NAME } from '../../../layout/words';
import { SelectField, TextField, Checkbox, Checkboxes, PostForm, Buttons, Button } from '../../../layout/forms';
import { ChangeFormModel } from './organisation-changes.presenter';
import { ROWS, rowsOf } from './change-form';
import { FormProblem } from '../../../layout/form-problem';
import { Text } from '../../../layout/parts';
import { KIND_SAYS } from './organisation-changes.view';

export type FormProps = ChangeFormModel & { kind: UnitChangeKind; body: FormBody; problem?: Problem | undefined };
/** A unit that is there, or a new one with name and legal form. */
export const TargetFields = ({ units, body, at, legend }: FormProps & { at: number; legend: string }) => {
  const field = (part: string) => `into-${at}-${part}`;
  return (
    <fieldset className="dr-box dr-form">
      <legend className="kern-label kern-label--large">{legend}</legend>
      <SelectField
        name={field('unitId')}
        label="Bestehende Stelle"
        value={one(body, field('unitId'))}
        empty="Keine, sie entsteht neu"
        options={units}
      />
      <TextField
        name={field('name')}
        label="Name der neuen Stelle"
        hint="Nur wenn die Stelle neu entsteht"
        value={one(body, field('name'))}
        plain
      />
      <div className="dr-row">
        <SelectField
          name={field('kind')}
          label="Rechtsform der neuen Stelle"
          value={one(body, field('kind')) || 'AMT'}
          options={UNIT_KINDS.map((value) => ({ value, text: UNIT_KIND_NAME[value] }))}
        />
        <SelectField
          name={field('parentId')}
          label="Die neue Stelle gehört zu"
          value={one(body, field('parentId'))}
          empty="keiner anderen Stelle"
          options={units}
          plain
        />
      </div>
      <Checkbox
        name={field('competition')}
        label="Die neue Stelle steht im Wettbewerb"
        checked={ticked(body, field('competition'))}
      />
      <Checkbox
        name={field('nis2')}
        label="Für die neue Stelle gelten die Regeln für kritische Einrichtungen (NIS 2)"
        checked={ticked(body, field('nis2'))}
      />
    </fieldset>
  );
};

export const Which = (props: FormProps) => {
  const { kind, units, body } = props;
  const unit = (label: string) => (
    <SelectField name="unitId" label={label} value={one(body, 'unitId')} empty="Bitte wählen" options={units} />
  );
  switch (kind) {
    case 'RENAME':
      return (
        <>
          {unit('Welche Stelle?')}
          <TextField name="name" label="Neuer Name" value={one(body, 'name')} />
        </>
      );
    case 'MOVE':
      return (
        <>
          {unit('Welche Stelle?')}
          <SelectField
            name="parentId"
            label="Wohin gehört sie künftig?"
            value={one(body, 'parentId')}
            empty="Bitte wählen"
            options={units}
          />
        </>
      );
    case 'MERGE':
      return (
        <>
          <Checkboxes
            name="unitIds"
            legend="Welche Stellen gehen auf?"
            hint="Die Stelle, die bleibt, wählen Sie hier nicht."
            value={all(body, 'unitIds')}
            options={units}
          />
          <TargetFields {...props} at={0} legend="In welcher Stelle?" />
        </>
      );
    case 'SPLIT':
      return (
        <>
          {unit('Welche Stelle wird geteilt?')}
          <input type="hidden" name="rows" value={rowsOf(body)} />
          {Array.from({ length: rowsOf(body) }, (_, at) => (
            <TargetFields {...props} at={at} legend={`${at + 1}. Stelle danach`} key={at} />
          ))}
          <SelectField
            name="records"
            label="Wer übernimmt die Akten?"
            hint="Sie führt die Akten der alten Stelle weiter. Datenprodukte und Anträge ordnen Sie im nächsten Schritt einzeln zu."
            value={one(body, 'records') || '0'}
            options={Array.from({ length: rowsOf(body) }, (_, at) => ({
              value: String(at),
              text: `${at + 1}. Stelle`,
            }))}
          />
        </>
      );
    case 'DISSOLVE':
      return (
        <>
          {unit('Welche Stelle wird aufgelöst?')}
          <Checkboxes
            name="productsTo"
            legend="Wer übernimmt ihre Datenprodukte?"
            hint="Nur nötig, wenn die Stelle Datenprodukte hat. Bei mehreren ordnen Sie danach einzeln zu."
            value={all(body, 'productsTo')}
            options={units}
          />
        </>
      );
  }
};

export const ChangeFormView = (props: FormProps) => {
  const { kind, body, problem, once } = props;
  return (
    <>
      <h1 className="kern-heading-large">{UNIT_CHANGE_KIND_LABEL[kind]} vorbereiten</h1>
      <FormProblem problem={problem} />
      <Text>
        Schritt 2 von 3: {KIND_SAYS[kind]} Danach sehen Sie eine Vorschau. Geändert wird erst, wenn eine zweite Person
        bestätigt.
      </Text>
      <PostForm action="/organisation-changes" faults={problem?.errors}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <input type="hidden" name="kind" value={kind} />
        <Which {...props} />
        <TextField
          name="basis"
          label="Organisationsverfügung"
          hint="Nummer oder Aktenzeichen der Verfügung, auf der die Änderung beruht"
          value={one(body, 'basis')}
        />
        <TextField
          name="orderedFor"
          label="Gilt ab"
          type="date"
          hint="Ab Beginn dieses Tages. Leer: sobald die zweite Person bestätigt."
          value={one(body, 'orderedFor')}
          optional
        />
        <Buttons>
          <Button>Vorbereiten und Vorschau zeigen</Button>
          {kind === 'SPLIT' && rowsOf(body) < ROWS.most && (
            <Button kind="secondary" name="step" value="more">
              Noch eine Stelle
            </Button>
          )}
        </Buttons>
      </PostForm>
    </>
  );
};
