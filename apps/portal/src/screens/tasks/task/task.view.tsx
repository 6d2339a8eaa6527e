import type { TaskView } from '#lib/approvals';
import { Because, Obligations } from '../../../layout/decision-parts';
import { counted, day, moment } from '../../../layout/format';
import { Alert, Badge, Facts, Link, Section, Table, Text } from '../../../layout/parts';
import { dueOf } from '../../../layout/due';
import { FormProblem } from '../../../layout/form-problem';
import { Documents } from '../../../layout/requests/documents';
import { Overlaps } from '../../../layout/requests/overlaps';
import { CaseNote } from '../../../layout/requests/case-note';
import { Changes, Thread } from '../../../layout/requests/thread';
import { StepList } from '../../../layout/requests/step-list';
import { type TaskProps } from './act';
import { AdmissionForm, EvidenceForm, VetoForm, VoteForm, Voting } from './special-forms';
import { ApproveForm, AskForm, ContractForm, OpinionForm, RefuseForm } from './task-forms';

export const DecisionPage = (props: TaskProps) => {
  const { task, said, problem } = props;
  const { request, asked, may } = task;
  const due = dueOf(task);
  const changed = request.thread.filter(({ changes }) => changes.length > 0);
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
      <CaseNote note={task.note} now={request.now} />
      <Overlaps
        overlaps={request.overlaps}
        title="Dieselbe Stelle hat das schon einmal beantragt"
        text="Für dasselbe Datenprodukt und denselben Zweck wartet oder läuft schon:"
      />
      {changed.length > 0 && (
        <Section title="Das hat sich am Antrag geändert" id="geaendert">
          {changed.map((message) => (
            <Changes key={message.id} changes={message.changes} caption={`Geändert am ${moment(message.at)}`} />
          ))}
        </Section>
      )}
      <Section title="Beantragt und nötig" id="umfang">
        <Table
          caption="Beantragte Felder, und ob der Zweck sie braucht"
          hideCaption
          columns={[{ head: 'Beantragtes Feld' }, { head: 'Für den Zweck nötig' }]}
          rows={asked.fields.map((name) => [name, asked.unneededFields.includes(name) ? 'nein' : 'ja'])}
        />
        <Facts items={said} />
        <Text>
          <Link href={`/products/${request.productId}`}>Datenprodukt ansehen</Link>
        </Text>
      </Section>
      {request.evidence.length > 0 && (
        <Section title="Nachweise" id="nachweise">
          <Text>Jedes Öffnen wird protokolliert.</Text>
          <Documents documents={request.evidence} hrefOf={(id) => `/tasks/${task.id}/documents/${id}`} />
        </Section>
      )}
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
