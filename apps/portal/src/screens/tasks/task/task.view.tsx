import type { TaskView } from '#lib/approvals';
import { Because, Obligations } from '../../../layout/decision-parts';
import { all, one } from '../../../layout/form-body';
import { counted, day } from '../../../layout/format';
import { Button, Buttons, Checkboxes, PostForm, Radios, SelectField, TextField } from '../../../layout/forms';
import { Alert, Badge, Details, Facts, Link, Section, Table, Text } from '../../../layout/parts';
import { dueOf } from '../../../layout/due';
import { CoarserForms } from '../../../layout/requests/coarser-forms';
import { FormProblem } from '../../../layout/form-problem';
import { Thread } from '../../../layout/requests/thread';
import { StepList } from '../../../layout/requests/step-list';
import { Act, Reasons, type TaskProps } from './act';
import { AdmissionForm, EvidenceForm, VetoForm, VoteForm, Voting } from './special-forms';

export const DecisionPage = (props: TaskProps) => {
  const { task, said, problem } = props;
  const { request, asked, may } = task;
  const due = dueOf(task);
  return (
    <>
      <p className="kern-preline">
        {task.roleName}, {task.kind === 'CONSULT' ? 'Stellungnahme' : 'Entscheidung'}
      </p>
      <h1 className="kern-heading-large">
        Antrag {task.requestNumber}: {task.productTitle}
      </h1>
      <div className="dr-badges">
        <Badge tone="info">{task.stateName}</Badge>
        {task.state === 'OPEN' && (
          <Badge tone={due.tone}>
            Frist {day(task.dueAt)}, {due.text}
          </Badge>
        )}
      </div>
      <FormProblem problem={problem} />
      <Section title="Beantragt und nötig" id="umfang">
        <Table
          caption="Felder: beantragt und für den Zweck nötig"
          hideCaption
          columns={[{ head: 'Feld' }, { head: 'Beantragt' }, { head: 'Für den Zweck nötig' }]}
          rows={asked.fields.map((name) => [name, 'ja', asked.unneededFields.includes(name) ? 'nein' : 'ja'])}
        />
        <Facts items={said} />
        <Text>
          <Link href={`/products/${request.productId}`}>Datenprodukt ansehen</Link>
        </Text>
      </Section>
      <Section title="Was sagt das Regelwerk?">
        <Because because={request.decision.because} />
        {request.decision.obligations.length > 0 && (
          <>
            <h3 className="kern-title">Auflagen, die in jedem Fall gelten</h3>
            <Obligations obligations={request.decision.obligations} />
          </>
        )}
        <Text>
          Frühere Anträge zu diesem Produkt und Zweck: {counted(task.similar.approved, 'Zustimmung', 'Zustimmungen')},{' '}
          {counted(task.similar.refused, 'Ablehnung', 'Ablehnungen')}.
        </Text>
        {task.contract.needed && <Text>Vertrag zwischen den Parteien: {CONTRACT_TEXT[task.contract.status]}</Text>}
      </Section>
      <Section title="Schritte und Stellungnahmen">
        <StepList steps={task.steps} />
      </Section>
      {request.thread.length > 0 && (
        <Section title="Rückfragen und Antworten">
          <Thread thread={request.thread} />
        </Section>
      )}
      <Section title={task.kind === 'CONSULT' ? 'Ihre Stellungnahme' : 'Ihre Entscheidung'} id="entscheidung">
        {may.because && (
          <Alert tone="info" title="Sie können hier nicht entscheiden">
            <Text>{may.because}</Text>
          </Alert>
        )}
        {may.confirmContract && <ContractForm {...props} />}
        {may.confirmEvidence && <EvidenceForm {...props} />}
        {may.admit && <AdmissionForm {...props} />}
        <Voting task={task} />
        {may.vote && <VoteForm {...props} />}
        {may.approve && <ApproveForm {...props} />}
        {may.advise && <OpinionForm {...props} />}
        {may.ask && <AskForm {...props} />}
        {may.veto && <VetoForm {...props} />}
        {may.refuse && <RefuseForm {...props} />}
      </Section>
    </>
  );
};

const CONTRACT_TEXT: Record<TaskView['contract']['status'], string> = {
  VALID: 'gültig, steht im Register.',
  MISSING: 'fehlt noch.',
  EXPIRED: 'abgelaufen.',
};

const ApproveForm = (props: TaskProps) => {
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

const OpinionForm = (props: TaskProps) => (
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

const ContractForm = (props: TaskProps) => {
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

const AskForm = (props: TaskProps) => (
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

const RefuseForm = (props: TaskProps) => {
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
