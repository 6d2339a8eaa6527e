import { Fragment, type PropsWithChildren } from 'react';
import { type InputFault, type Problem, quoted } from '#lib/kernel';
import { type PreCheck as PreCheckOf, SECTIONS } from '#lib/requests';
import { DecisionSummary, OUTCOME_TONE } from '../../../layout/decision-parts';
import { ONCE_FIELD } from '../../../layout/form-body';
import { Button, Buttons, PostForm } from '../../../layout/forms';
import { Alert, Details, List, Section, Text } from '../../../layout/parts';
import { DrawnFields } from '../../../layout/requests/drawn-fields';
import { Overlaps } from '../../../layout/requests/overlaps';
import { FormProblem } from '../../../layout/form-problem';
import type { RequestFormModel } from './request-form.presenter';
import { WIDGETS } from '../../../layout/requests/widgets';

export interface RequestFormViewProps {
  model: RequestFormModel;
  decision?: PreCheckOf;
  /** an alternative was just taken */
  applied?: boolean;
  problem?: Problem;
  /** a document was just uploaded and is ticked */
  uploaded?: boolean;
}

/** Buttons beside the form send it by this name. */
const FORM_ID = 'request-form';

export const RequestFormView = ({ model, decision, problem, applied, uploaded }: RequestFormViewProps) => {
  const action = `/products/${model.productId}/request`;
  const faults = problem?.errors ?? [];
  return (
    <>
      <h1 className="kern-heading-large">Zugang beantragen</h1>
      <Text>
        Sie beantragen {quoted(model.productTitle)} von: {model.providerName}. Das Rollenkonzept entscheidet sofort. Was
        Menschen entscheiden müssen, geht danach an die zuständigen Stellen.
      </Text>
      <FormProblem problem={problem} />
      {uploaded && <Uploaded text="Es ist noch kein Antrag gestellt." />}
      {applied && decision && (
        <Alert
          tone={OUTCOME_TONE[decision.outcome]}
          title={`Das Formular ist geändert. Jetzt gilt: ${decision.outcomeName}`}
          live
        >
          <Text>
            {decision.summary} Es ist noch kein Antrag gestellt. Bitte prüfen Sie das Formular und stellen Sie dann den
            Antrag.
          </Text>
        </Alert>
      )}
      {!decision && (
        <Overlaps
          overlaps={model.overlaps}
          title="Ihre Stelle hat dieses Datenprodukt schon beantragt"
          text="Vielleicht brauchen Sie keinen neuen Antrag. Sie können trotzdem einen stellen."
        />
      )}
      {model.notCarried.length > 0 && (
        <Alert tone="warning" title="Das konnte nicht übernommen werden">
          <Text>
            Bitte prüfen Sie diese Angaben. Das Datenprodukt, seine Fassung oder die Auswahl ist eine andere als vorher.
          </Text>
          <List items={model.notCarried} />
        </Alert>
      )}
      <div className="dr-two">
        <div>
          <RequestFields model={model} action={action} faults={faults} check={`${action}/check`} enter="check">
            <Buttons>
              <Button name="step" value="submit">
                Antrag stellen
              </Button>
              <Button kind="secondary" name="step" value="check">
                Vorprüfung
              </Button>
            </Buttons>
          </RequestFields>
        </div>
        <aside className="dr-two__side dr-panel" aria-labelledby="vorpruefung">
          <h2 className="kern-heading-medium" id="vorpruefung">
            Vorprüfung
          </h2>
          <div id="pre-check-result" aria-live="polite">
            <PreCheck decision={decision ?? null} faults={[]} />
          </div>
        </aside>
      </div>
    </>
  );
};

/** Said above the form that came back. */
export const Uploaded = ({ text }: { text: string }) => (
  <Alert tone="success" title="Der Nachweis ist hochgeladen" live>
    <Text>Er ist im Formular angekreuzt. {text}</Text>
  </Alert>
);

/** The result beside the form; also sent alone to the script. */
export const PreCheck = ({ decision, faults }: { decision: PreCheckOf | null; faults: readonly InputFault[] }) => {
  if (faults.length > 0) return <List items={faults.map(({ detail }) => detail)} />;
  if (!decision)
    return (
      <Text>
        Drücken Sie „Vorprüfung“. Dann sehen Sie hier, wie entschieden würde. Die Vorprüfung stellt keinen Antrag.
      </Text>
    );
  return (
    <>
      <Overlaps
        overlaps={decision.overlaps}
        title="Das haben Sie schon beantragt"
        text="Für dieses Datenprodukt und diesen Zweck wartet oder läuft bei Ihrer Stelle schon etwas. Sie können trotzdem einen weiteren Antrag stellen."
      />
      {decision.unanswered.length > 0 && <List items={decision.unanswered.map(({ detail }) => detail)} />}
      <DecisionSummary decision={decision} heading="Vorprüfung" form={FORM_ID} />
    </>
  );
};

/** All fields of a request, in the order in which one thinks about it. */
export const RequestFields = ({
  model,
  action,
  faults,
  check,
  enter,
  children,
}: PropsWithChildren<{
  model: RequestFormModel;
  action: string;
  faults: readonly InputFault[];
  check?: string;
  /** the step that only looks */
  enter: string;
}>) => {
  const { body, choices, hints, fields } = model;
  const of = (section: string, folded: boolean) =>
    fields.filter(([, field]) => field.section === section && Boolean(field.folded) === folded);
  const drawn = { body, choices, hints };
  return (
    <PostForm action={action} faults={faults} id={FORM_ID} data={check ? { check } : undefined}>
      <input type="hidden" name={ONCE_FIELD} value={model.once} />
      {/* the Enter key presses the first button of a form: it only looks, and files nothing */}
      <button type="submit" name="step" value={enter} hidden />
      {Object.entries(SECTIONS)
        .filter(([name]) => name !== 'given')
        .map(([name, { title, more }]) => (
          <Section title={title} id={`part-${name}`} key={name}>
            <DrawnFields fields={of(name, false)} {...drawn} />
            <More summary={more}>
              {of(name, false).flatMap(([key, field]) => {
                const drawMore = field.widget && WIDGETS[field.widget]!.drawMore;
                return drawMore ? [<Fragment key={key}>{drawMore({ name: key, field, body, choices })}</Fragment>] : [];
              })}
              {of(name, true).length > 0 && <DrawnFields fields={of(name, true)} {...drawn} />}
            </More>
          </Section>
        ))}
      {children}
    </PostForm>
  );
};

/** The part of a section that opens, where there is something in it. */
const More = ({ summary, children }: PropsWithChildren<{ summary: string }>) =>
  [children].flat(2).some(Boolean) ? <Details summary={summary}>{children}</Details> : null;
