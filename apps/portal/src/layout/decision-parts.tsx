import { FORM_NOT_BUILT } from '#lib/policy';
import type { DecisionView, StepView } from '#lib/requests';
import { Fragment } from 'react';
import { Button, Buttons } from './forms';
import { counted } from './format';
import { Alert, Details, Facts, List, Text, type Tone } from './parts';
import { ruleName } from './words';

export const OUTCOME_TONE: Record<DecisionView['outcome'], Tone> = {
  PERMIT: 'success',
  PERMIT_OBL: 'success',
  APPROVAL: 'warning',
  FORBID: 'danger',
};

/** „Warum wurde so entschieden?“: every deciding rule with its sentence and its source. */
export const Because = ({ because }: Pick<DecisionView, 'because'>) => (
  <ul className="kern-list kern-list--bullet">
    {because.map(({ rule, text, source, note }) => (
      <li key={rule + text}>
        {text}{' '}
        <span className="kern-body--muted">
          ({rule && rule !== FORM_NOT_BUILT && `${ruleName(rule)}, `}
          {source})
        </span>
        {note && <p className="kern-body kern-body--small">Umstritten oder unsicher: {note}</p>}
      </li>
    ))}
  </ul>
);

export const Obligations = ({ obligations }: Pick<DecisionView, 'obligations'>) =>
  obligations.length === 0 ? null : (
    <List
      items={obligations.map(({ name, parameters, label }) => `${name}${parameters && `: ${parameters}`} (${label})`)}
    />
  );

/** Who decides, in order. */
export const Chain = ({ stages }: { stages: StepView[][] }) => (
  <ol className="dr-chain">
    {stages.map((steps, at) => (
      <li key={at}>
        {steps.map(({ role, roleName, kindName, unitName, workingDays }) => (
          <p className="kern-body" key={role + unitName}>
            <strong>{roleName}</strong> ({unitName}) {kindName}, Frist{' '}
            {counted(workingDays, 'Arbeitstag', 'Arbeitstage')}
          </p>
        ))}
      </li>
    ))}
  </ol>
);

/** A decision in short, for the pre-check: outcome, reasons, what comes with it, who decides. */
export const DecisionSummary = ({
  decision,
  heading = 'Ergebnis der Vorprüfung',
  form,
}: {
  decision: DecisionView;
  heading?: string;
  form?: string;
}) => (
  <>
    <Alert tone={OUTCOME_TONE[decision.outcome]} title={`${heading}: ${decision.outcomeName}`}>
      <Text>{decision.summary}</Text>
    </Alert>
    {decision.alternatives.length > 0 && (
      <>
        <h3 className="kern-title">So ginge es leichter</h3>
        <List
          items={decision.alternatives.map(({ text, changes, notCarried }, at) => (
            <Fragment key={text}>
              <span id={`alternative-${at}`}>
                {text}
                {notCarried.length > 0 && ` Für das andere Datenprodukt bitte neu angeben: ${notCarried.join(', ')}.`}
              </span>
              {form && (
                <Buttons>
                  <Button
                    kind="secondary"
                    name="apply"
                    value={JSON.stringify(changes)}
                    form={form}
                    describedBy={`alternative-${at}`}
                  >
                    So ändern
                  </Button>
                </Buttons>
              )}
            </Fragment>
          ))}
        />
      </>
    )}
    {decision.because.length > 0 && (
      <>
        <h3 className="kern-title">Warum?</h3>
        <Because because={decision.because} />
      </>
    )}
    {decision.obligations.length > 0 && (
      <>
        <h3 className="kern-title">Auflagen</h3>
        <Obligations obligations={decision.obligations} />
      </>
    )}
    {decision.stages && (
      <>
        <h3 className="kern-title">Wer entscheidet?</h3>
        <Chain stages={decision.stages} />
        {decision.workingDays !== null && (
          <Text>Zusammen höchstens {counted(decision.workingDays, 'Arbeitstag', 'Arbeitstage')}.</Text>
        )}
      </>
    )}
    {decision.unneededFields.length > 0 && (
      <Alert tone="info" title="Weniger Felder genügen">
        <Text>Der Zweck braucht diese Felder nicht: {decision.unneededFields.join(', ')}.</Text>
      </Alert>
    )}
  </>
);

/** What one needs to check a decision later. */
export const DecisionRecord = ({ decision }: { decision: DecisionView }) => (
  <Details summary="Angaben zur Nachprüfung">
    <Facts
      items={[
        ['Nummer der Entscheidung', decision.id && <code key="id">{decision.id}</code>],
        ['Regeln', decision.rules.join(', ')],
        ['Prüfsumme des Regelwerks', <code key="hash">{decision.rulesetHash}</code>],
      ]}
    />
  </Details>
);
