import { all, one } from '../../../layout/form-body';
import { PostForm, Buttons, Button, Checkboxes, TextField, Radios, SelectField } from '../../../layout/forms';
import { Details, Text } from '../../../layout/parts';
import { CoarserForms } from '../../../layout/requests/coarser-forms';
import { type TaskProps, Act, Reasons } from './act';

export const ApproveForm = (props: TaskProps) => {
  const { task, body, problem } = props;
  const { asked, request } = task;
  const fields = body.fields === undefined ? asked.fields : all(body, 'fields');
  return (
    <PostForm action={`/tasks/${task.id}/approve`} faults={problem?.errors}>
      <Act {...props} />
      <Reasons {...props} />
      <Buttons>
        <Button name="step" value="asked">
          Zustimmen wie beantragt
        </Button>
      </Buttons>
      <Details summary="Mit Auflagen zustimmen" open={one(body, 'step') === 'narrower'}>
        <Text>Auflagen können den Antrag nur enger fassen. Für mehr ist ein neuer Antrag nötig.</Text>
        <Checkboxes
          name="fields"
          legend="Diese Felder gebe ich frei"
          value={fields}
          options={asked.fields.map((name) => ({
            value: name,
            text: name,
            hint: asked.unneededFields.includes(name) ? 'für den Zweck nicht nötig' : undefined,
          }))}
        />
        <CoarserForms
          body={body}
          coarser={props.coarser}
          legend="Diese Felder gebe ich nur gröber frei"
          hint="Zur Wahl steht, was das Datenprodukt anbietet."
          asItIs="so genau wie beantragt"
        />
        <TextField name="until" label="Letzter Tag" type="date" value={one(body, 'until') || asked.until} plain />
        <TextField
          name="retentionDays"
          label="Löschen nach (Tage)"
          type="number"
          width={4}
          value={one(body, 'retentionDays') || request.form.retentionDays}
          plain
        />
        <TextField
          name="note"
          label="Weitere Auflage in Worten"
          hint="Sie steht in der Vereinbarung."
          rows={3}
          value={one(body, 'note')}
          optional
        />
        <Buttons>
          <Button kind="secondary" name="step" value="narrower">
            Mit diesen Auflagen zustimmen
          </Button>
        </Buttons>
      </Details>
    </PostForm>
  );
};

export const OpinionForm = (props: TaskProps) => (
  <PostForm action={`/tasks/${props.task.id}/opinion`} faults={props.problem?.errors}>
    <Act {...props} />
    <Radios
      name="opinion"
      legend="Ihre Stellungnahme"
      hint="Sie beraten. Entscheiden wird die Datenverantwortung; gegen Bedenken nur mit schriftlicher Begründung."
      value={one(props.body, 'opinion')}
      options={[
        { value: 'POSITIVE', text: 'Keine Bedenken' },
        { value: 'CONDITIONAL', text: 'Keine Bedenken unter Bedingungen' },
        { value: 'NEGATIVE', text: 'Bedenken' },
      ]}
    />
    <TextField name="opinionText" label="Begründung und Bedingungen" rows={5} value={one(props.body, 'opinionText')} />
    <Buttons>
      <Button>Stellungnahme abgeben</Button>
    </Buttons>
  </PostForm>
);

export const ContractForm = (props: TaskProps) => {
  const { task, body, problem } = props;
  const there = task.contract.status === 'VALID';
  return (
    <PostForm action={`/tasks/${task.id}/contract`} faults={problem?.errors}>
      <Act {...props} />
      {there ? (
        <Text>Der Vertrag steht im Register. Sie bestätigen damit, dass er diese Weitergabe trägt.</Text>
      ) : (
        <>
          <Text>
            Bitte tragen Sie den unterschriebenen Vertrag zwischen den Parteien ein. Ohne gültigen Vertrag wird nichts
            geliefert.
          </Text>
          <SelectField
            name="kind"
            label="Art des Vertrags"
            value={one(body, 'kind')}
            empty="Bitte wählen"
            options={[
              { value: 'DUV', text: 'Datenüberlassungsvertrag' },
              { value: 'AVV', text: 'Vertrag zur Auftragsverarbeitung (AVV)' },
              { value: 'JCA', text: 'Vereinbarung über gemeinsame Verantwortlichkeit' },
              { value: 'INTERNE_VEREINBARUNG', text: 'Interne Vereinbarung' },
            ]}
          />
          <TextField
            name="reference"
            label="Fundstelle"
            hint="Aktenzeichen oder Ablageort des Vertrags"
            value={one(body, 'reference')}
          />
          <SelectField
            name="subjectKind"
            label="Worum geht es in dem Vertrag?"
            hint="Er trägt nur, was er nennt."
            value={one(body, 'subjectKind')}
            empty="Nur dieses Datenprodukt"
            options={[
              { value: 'PARTIES', text: 'Alle Datenprodukte der beiden Stellen' },
              { value: 'PROCESSING', text: 'Eine beschriebene Verarbeitung' },
            ]}
          />
          <TextField
            name="text"
            label="Wenn eine beschriebene Verarbeitung: welche?"
            rows={2}
            value={one(body, 'text')}
            optional
          />
          <div className="dr-row">
            <TextField name="validFrom" label="Gültig ab" type="date" value={one(body, 'validFrom')} />
            <TextField name="validTo" label="Letzter Tag" type="date" value={one(body, 'validTo')} />
          </div>
        </>
      )}
      <Reasons {...props} />
      <Buttons>
        <Button>{there ? 'Vertrag bestätigen' : 'Vertrag eintragen und bestätigen'}</Button>
      </Buttons>
    </PostForm>
  );
};

export const AskForm = (props: TaskProps) => (
  <Details summary="Rückfrage stellen" open={Boolean(one(props.body, 'question'))}>
    <PostForm action={`/tasks/${props.task.id}/ask`} faults={props.problem?.errors}>
      <Act {...props} />
      <TextField
        name="question"
        label="Ihre Frage an die anfragende Stelle"
        hint="Bis zur Antwort ruht die Frist."
        rows={4}
        value={one(props.body, 'question')}
      />
      <Buttons>
        <Button kind="secondary">Rückfrage senden</Button>
      </Buttons>
    </PostForm>
  </Details>
);

export const RefuseForm = (props: TaskProps) => {
  const { task, body, problem } = props;
  return (
    <Details summary="Ablehnen" open={Boolean(one(body, 'reasonCode') || one(body, 'refusalText'))}>
      <PostForm action={`/tasks/${task.id}/refuse`} faults={problem?.errors}>
        <Act {...props} />
        <SelectField
          name="reasonCode"
          label="Grund"
          value={one(body, 'reasonCode')}
          empty="Bitte wählen"
          options={task.refusalReasons.map(({ code, text }) => ({ value: code, text }))}
        />
        <TextField
          name="refusalText"
          label="Begründung"
          hint="Schreiben Sie auch, was der anfragenden Stelle weiterhelfen würde."
          rows={4}
          value={one(body, 'refusalText')}
        />
        <Buttons>
          <Button kind="secondary">Antrag ablehnen</Button>
        </Buttons>
      </PostForm>
    </Details>
  );
};
