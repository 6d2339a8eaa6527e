import type { Problem } from '#lib/kernel';
import { Because, Chain, DecisionRecord, Obligations, OUTCOME_TONE } from '../../../layout/decision-parts';
import { ONCE_FIELD } from '../../../layout/form-body';
import { day, lastDay, moment } from '../../../layout/format';
import { Button, Buttons, PostForm, TextField } from '../../../layout/forms';
import {
  Alert,
  Badge,
  Details,
  Facts,
  Link,
  LinkButton,
  MultilineText,
  Section,
  Table,
  Text,
  type Tone,
} from '../../../layout/parts';
import { ruleNames } from '../../../layout/words';
import { FormProblem } from '../../../layout/form-problem';
import { type RequestModel, STATE_TONE } from './requests.presenter';
import { Documents } from '../../../layout/requests/documents';
import { StepList } from '../../../layout/requests/step-list';
import { CaseNote } from '../../../layout/requests/case-note';
import { Thread } from '../../../layout/requests/thread';

export interface RequestProps {
  model: RequestModel;
  problem?: Problem;
  /** an answer that could not be sent */
  answer?: string;
}

export const RequestView = ({ model, problem, answer }: RequestProps) => {
  const { request, said, conditions, steps, agreement, asks, next } = model;
  return (
    <>
      <h1 className="kern-heading-large">Antrag {request.number}</h1>
      <div className="dr-badges">
        <Badge tone={STATE_TONE[request.state]}>{request.stateName}</Badge>
      </div>
      <FormProblem problem={problem} />
      <Alert tone={request.state === 'QUESTION' ? 'warning' : 'info'} title="Wie geht es weiter?">
        <Text>{next}</Text>
        {agreement && (
          <LinkButton href={`/agreements/${agreement.id}`}>
            {agreement.state === 'OFFERED' && asks ? 'Vereinbarung lesen und bestätigen' : 'Zur Vereinbarung'}
          </LinkButton>
        )}
      </Alert>
      <CaseNote note={request.note} now={request.now} />
      {request.may.answer && <AnswerForm model={model} problem={problem} answer={answer} />}
      <Letter model={model} />
      {request.decision.stages && (
        <Section title="Wer entscheidet?">
          {steps.length > 0 ? <StepList steps={steps} /> : <Chain stages={request.decision.stages} />}
        </Section>
      )}
      {conditions.length > 0 && (
        <Section title="Auflagen der Entscheidenden">
          <Facts items={conditions} />
        </Section>
      )}
      <Section title="Das wurde beantragt">
        <Facts items={said} />
      </Section>
      {request.evidence.length > 0 && (
        <Section title="Nachweise">
          <Documents documents={request.evidence} {...(asks && { hrefOf: (id: string) => `/evidence/${id}/file` })} />
        </Section>
      )}
      {request.thread.length > 0 && (
        <Section title="Rückfragen und Antworten">
          <Thread thread={request.thread} />
        </Section>
      )}
      <div className="dr-buttons">
        {asks && (
          <LinkButton href={`/products/${request.productId}/request?copy=${request.id}`} kind="secondary">
            Als Vorlage für einen neuen Antrag nutzen
          </LinkButton>
        )}
        <LinkButton href={`/requests/${request.id}/explanation`} kind="secondary">
          Entscheidung erklären
        </LinkButton>
        {request.may.proposeRule && (
          <LinkButton href={`/requests/${request.id}/rule`} kind="secondary">
            Als Regel vorschlagen
          </LinkButton>
        )}
      </div>
      {request.may.withdraw && (
        <Details summary="Antrag zurückziehen">
          <PostForm action={`/requests/${request.id}/withdraw`}>
            <Text>Der Antrag bleibt mit dem Stand „Zurückgezogen“ in der Liste. Niemand entscheidet mehr darüber.</Text>
            <Act model={model} />
            <Buttons>
              <Button kind="secondary">Antrag zurückziehen</Button>
            </Buttons>
          </PostForm>
        </Details>
      )}
    </>
  );
};

const Act = ({ model: { request, once } }: { model: RequestModel }) => (
  <>
    <input type="hidden" name="revision" value={request.revision} />
    <input type="hidden" name={ONCE_FIELD} value={once} />
  </>
);

/** The decision as a letter: printable, with every rule that decided. */
const Letter = ({ model: { request } }: { model: RequestModel }) => {
  const { decision } = request;
  return (
    <article className="dr-letter" aria-labelledby="bescheid">
      <h2 className="kern-heading-medium" id="bescheid">
        Bescheid
      </h2>
      <Facts
        items={[
          ['An', request.consumerUnitName],
          [
            'Datenprodukt',
            <Link href={`/products/${request.productId}`} key="p">
              {request.productTitle}
            </Link>,
          ],
          ['Bereitstellende Stelle', request.providerUnitName],
          ['Entschieden am', moment(decision.decidedAt)],
          [
            request.state === 'APPROVED' || request.state === 'PERMITTED' ? 'Gültig' : 'Beantragter Zeitraum',
            `${day(request.validFrom)} bis ${lastDay(request.validUntil)}`,
          ],
        ]}
      />
      <Alert {...verdictOf(request)}>
        <Text>{verdictOf(request).text}</Text>
      </Alert>
      <h3 className="kern-title">Warum wurde so entschieden?</h3>
      <Because because={decision.because} />
      {decision.obligations.length > 0 && request.state !== 'REFUSED' && (
        <>
          <h3 className="kern-title">Diese Auflagen gelten</h3>
          <Obligations obligations={decision.obligations} />
        </>
      )}
      {request.refusal && request.refusal.by !== 'RULES' && (
        <>
          <h3 className="kern-title">Begründung der Ablehnung</h3>
          <MultilineText>{request.refusal.text}</MultilineText>
        </>
      )}
      {request.state === 'REFUSED' && (
        <Text>
          Wenn Sie die Entscheidung für falsch halten, wenden Sie sich an die Geschäftsstelle Data Governance. Sie
          können auch einen neuen Antrag stellen. Die Vorprüfung im Formular zeigt, was stattdessen ginge.
        </Text>
      )}
      <DecisionRecord decision={decision} />
      {request.history.length > 1 && (
        <Details summary={`Alle Entscheidungen (${request.history.length})`}>
          <Table
            caption="Alle Entscheidungen zu diesem Antrag"
            columns={[
              { head: 'Zeit' },
              { head: 'Anlass' },
              { head: 'Ergebnis' },
              { head: 'Regeln' },
              { head: 'Erklärung' },
            ]}
            rows={request.history.map((one) => [
              moment(one.decidedAt),
              PHASE_NAME[one.phase],
              one.outcomeName,
              ruleNames(one.rules),
              <Link href={`/requests/${request.id}/explanation?decision=${one.id}`} key="e">
                Erklären
              </Link>,
            ])}
          />
        </Details>
      )}
    </article>
  );
};

/** The outcome as it stands: what people decided after the rules counts. */
export function verdictOf({
  state,
  decision,
  refusal,
}: Pick<RequestModel['request'], 'state' | 'decision' | 'refusal'>): { tone: Tone; title: string; text: string } {
  if (state === 'APPROVED')
    return {
      tone: 'success',
      title: 'Freigegeben',
      text: 'Alle nötigen Stellen haben zugestimmt. Es gelten die Auflagen in diesem Bescheid.',
    };
  if (state === 'REFUSED' && refusal?.by !== 'RULES')
    return { tone: 'danger', title: 'Abgelehnt', text: 'Eine zuständige Stelle hat den Antrag abgelehnt.' };
  return { tone: OUTCOME_TONE[decision.outcome], title: decision.outcomeName, text: decision.summary };
}

const PHASE_NAME = { REQUEST: 'Antrag', AGREEMENT: 'Vereinbarung', DELIVERY: 'Lieferung' };

const AnswerForm = ({ model, problem, answer }: RequestProps) => (
  <Section title="Auf die Rückfrage antworten" id="antworten">
    <MultilineText>{model.request.thread.findLast(({ kind }) => kind === 'QUESTION')?.text ?? ''}</MultilineText>
    <PostForm action={`/requests/${model.request.id}/answer`} faults={problem?.errors}>
      <Act model={model} />
      <TextField name="text" label="Ihre Antwort" rows={5} value={answer} />
      <Buttons>
        <Button>Antwort senden</Button>
        <LinkButton href={`/requests/${model.request.id}/change`} kind="secondary">
          Antrag ändern und antworten
        </LinkButton>
      </Buttons>
    </PostForm>
  </Section>
);
