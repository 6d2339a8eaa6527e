import type { PropsWithChildren } from 'react';
import type { InputFault, Problem } from '#lib/kernel';
import type { DecisionView } from '#lib/requests';
import { DecisionSummary, OUTCOME_TONE } from '../../../layout/decision-parts';
import { all, type FormBody, one, ONCE_FIELD, ticked } from '../../../layout/form-body';
import {
  Button,
  Buttons,
  Checkbox,
  Checkboxes,
  Fieldset,
  type Option,
  PostForm,
  Radios,
  SelectField,
  TextField,
} from '../../../layout/forms';
import { Alert, Details, List, Section, Text } from '../../../layout/parts';
import { CoarserForms } from '../../../layout/requests/coarser-forms';
import { ATTACHMENT_LINES, ROW_LINES } from './form-values';
import type { RequestFormModel } from './request-form.presenter';
import { FormProblem } from '../../../layout/form-problem';

export interface RequestFormViewProps {
  model: RequestFormModel;
  decision?: DecisionView;
  /** an alternative was just taken */
  applied?: boolean;
  problem?: Problem;
}

const YES_NO: Option[] = [
  { value: 'nein', text: 'Nein' },
  { value: 'ja', text: 'Ja' },
];

const OPERATORS: Option[] = [
  { value: 'eq', text: 'ist' },
  { value: 'in', text: 'ist eines von (mit ; getrennt)' },
  { value: 'gte', text: 'ist mindestens' },
  { value: 'lte', text: 'ist höchstens' },
  { value: 'not_null', text: 'ist angegeben' },
];

export const RequestFormView = ({ model, decision, problem, applied }: RequestFormViewProps) => {
  const action = `/products/${model.productId}/request`;
  const faults = problem?.errors ?? [];
  return (
    <>
      <h1 className="kern-heading-large">Zugang beantragen</h1>
      <Text>
        Sie beantragen „{model.productTitle}“ von: {model.providerName}. Das Rollenkonzept entscheidet sofort. Was
        Menschen entscheiden müssen, geht danach an die zuständigen Stellen.
      </Text>
      <FormProblem problem={problem} />
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
      <div className="dr-two">
        <div>
          <RequestFields model={model} action={action} faults={faults} check={`${action}/check`}>
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

/** The result beside the form; also sent alone to the script. */
export const PreCheck = ({ decision, faults }: { decision: DecisionView | null; faults: readonly InputFault[] }) => {
  if (faults.length > 0) return <List items={faults.map(({ detail }) => detail)} />;
  if (!decision)
    return (
      <Text>
        Drücken Sie „Vorprüfung“. Dann sehen Sie hier, wie entschieden würde. Die Vorprüfung stellt keinen Antrag.
      </Text>
    );
  return <DecisionSummary decision={decision} heading="Vorprüfung" form="request-form" />;
};

/** All fields of a request, in the order in which one thinks about it. */
export const RequestFields = ({
  model,
  action,
  faults,
  check,
  children,
}: PropsWithChildren<{ model: RequestFormModel; action: string; faults: readonly InputFault[]; check?: string }>) => {
  const { body } = model;
  return (
    <PostForm action={action} faults={faults} id="request-form" data={check ? { check } : undefined}>
      <input type="hidden" name={ONCE_FIELD} value={model.once} />
      <Section title="1. Wer braucht die Daten wozu?" id="teil-wozu">
        <SelectField
          name="consumerUnitId"
          label="Anfragende Stelle"
          value={one(body, 'consumerUnitId')}
          options={model.units}
        />
        <TextField
          name="project"
          label="Vorhaben"
          hint="Für welche Aufgabe oder welches Projekt?"
          value={one(body, 'project')}
        />
        <TextField name="caseNumber" label="Aktenzeichen" value={one(body, 'caseNumber')} optional />
        <SelectField
          name="purposeCode"
          label="Zweck"
          hint="„Vorgesehen“ sind Zwecke, für die das Amt die Daten anbietet. Andere Zwecke werden strenger geprüft."
          value={one(body, 'purposeCode')}
          options={model.purposes}
          empty="Bitte wählen"
        />
        <TextField
          name="purposeText"
          label="Zweck in einem Satz"
          hint="Was möchten Sie mit den Daten tun?"
          rows={3}
          value={one(body, 'purposeText')}
        />
        <Checkboxes
          name="legalBasis"
          legend="Rechtsgrundlage"
          hint="Zu Ihrem Zweck passen diese Rechtsgrundlagen."
          value={all(body, 'legalBasis')}
          options={model.suggestedBases}
        />
        <Details summary="Weitere Rechtsgrundlagen und Nachweise">
          <MoreChoices name="legalBasis" legend="Andere Rechtsgrundlagen" body={body} options={model.otherBases} />
          <MoreChoices
            name="evidence"
            legend="Nachweise, die Sie vorlegen können"
            body={body}
            options={model.evidence}
          />
          <SelectField
            name="changeGround"
            label="Grund, wenn sich der Zweck ändert"
            value={one(body, 'changeGround')}
            options={model.changeGrounds}
            empty="Kein anderer Zweck"
            optional
          />
        </Details>
      </Section>
      <Section title="2. Welche Daten brauchen Sie?" id="teil-daten">
        <Checkboxes
          name="fields"
          legend="Felder"
          hint="Wählen Sie nur Felder, die Sie wirklich brauchen."
          value={all(body, 'fields')}
          options={model.fields}
        />
        <CoarserForms
          body={body}
          coarser={model.coarser}
          legend="Genügen gröbere Angaben?"
          hint="Wählen Sie die gröbste Angabe, mit der Sie arbeiten können. Gröbere Angaben sind oft eher zulässig."
          asItIs="so genau wie gespeichert"
        />
        <Checkbox
          name="insistsOnFields"
          label="Ich brauche auch Felder, die der Zweck sonst nicht braucht"
          checked={ticked(body, 'insistsOnFields')}
        />
        <RowConditions body={body} fields={model.fields.filter(({ filter }) => filter)} />
        <Radios name="form" legend="Wie genau müssen die Daten sein?" value={one(body, 'form')} options={model.forms} />
        <TextField
          name="necessity"
          label="Warum brauchen Sie Einzeldaten?"
          hint="Nur nötig, wenn zusammengefasste Daten nicht genügen."
          rows={3}
          value={one(body, 'necessity')}
          optional
        />
      </Section>
      <Section title="3. Wie lange und für wen?" id="teil-dauer">
        <div className="dr-row">
          <TextField name="from" label="Erster Tag" type="date" value={one(body, 'from')} />
          <TextField
            name="until"
            label="Letzter Tag"
            type="date"
            value={one(body, 'until')}
            hint={model.maxDays ? `höchstens ${model.maxDays} Tage` : undefined}
          />
        </div>
        <TextField
          name="retentionDays"
          label="Löschen nach (Tage)"
          hint="Wann löschen Sie die Daten nach dem Abruf?"
          type="number"
          width={4}
          value={one(body, 'retentionDays')}
          optional
        />
        <TextField
          name="recipients"
          label="Wer arbeitet mit den Daten?"
          hint="Sachgebiete, eines je Zeile. Bitte keine Personennamen."
          rows={3}
          value={one(body, 'recipients')}
          optional
        />
        <Questions questions={model.questions} body={body} />
        <Details summary="Weitergabe, Dienstleister, Anlagen, Erklärungen">
          <SelectField
            name="processorUnitId"
            label="Dienstleister, der für Sie verarbeitet"
            value={one(body, 'processorUnitId')}
            options={model.otherUnits}
            empty="Keiner"
            optional
          />
          <SelectField
            name="onBehalfOfUnitId"
            label="Sie verarbeiten im Auftrag"
            hint="Nur wenn Ihre Stelle für eine andere Stelle und nur nach deren Weisung arbeitet (Auftragsverarbeitung). Dann zählt deren Zweck."
            value={one(body, 'onBehalfOfUnitId')}
            options={model.otherUnits}
            empty="Nein, für eigene Aufgaben"
            optional
          />
          <SelectField
            name="onwardUnitIds"
            label="Weitergabe an eine andere Stelle"
            value={all(body, 'onwardUnitIds')[0]}
            options={model.otherUnits}
            empty="Keine"
            optional
          />
          {Array.from({ length: ATTACHMENT_LINES }, (_, at) => (
            <Attachment key={at} at={at} body={body} kinds={model.evidence} />
          ))}
          <Declarations body={body} />
        </Details>
      </Section>
      {children}
    </PostForm>
  );
};

const MoreChoices = ({
  name,
  legend,
  body,
  options,
}: {
  name: string;
  legend: string;
  body: FormBody;
  options: readonly Option[];
}) => (
  <fieldset className="kern-fieldset">
    <legend className="kern-label kern-label--large">{legend}</legend>
    <div className="kern-fieldset__body">
      {options.map(({ value, text, hint }) => (
        <Checkbox
          key={value}
          name={name}
          value={value}
          label={text}
          hint={hint}
          checked={all(body, name).includes(value)}
        />
      ))}
    </div>
  </fieldset>
);

const RowConditions = ({ body, fields }: { body: FormBody; fields: readonly Option[] }) => (
  <Fieldset
    name="rows"
    legend="Welche Zeilen?"
    hint="Ohne Bedingung bekommen Sie alle Zeilen. Mehrere Bedingungen gelten zusammen."
  >
    {Array.from({ length: ROW_LINES }, (_, at) => (
      <fieldset className="dr-row dr-condition" key={at}>
        <legend className="kern-sr-only">Bedingung {at + 1}</legend>
        <SelectField
          name={`rows-${at}-column`}
          label="Feld"
          value={one(body, `rows-${at}-column`)}
          options={fields}
          empty="Keine Bedingung"
          plain
        />
        <SelectField
          name={`rows-${at}-op`}
          label="Vergleich"
          value={one(body, `rows-${at}-op`) || 'eq'}
          options={OPERATORS}
          plain
        />
        <TextField name={`rows-${at}-value`} label="Wert" value={one(body, `rows-${at}-value`)} plain />
      </fieldset>
    ))}
  </Fieldset>
);

const Attachment = ({ at, body, kinds }: { at: number; body: FormBody; kinds: readonly Option[] }) => (
  <Fieldset
    name={at === 0 ? 'attachments' : `attachments-${at}`}
    legend={`Anlage ${at + 1}`}
    hint="Nennen Sie, wo das Dokument liegt, zum Beispiel in der E-Akte."
  >
    <SelectField
      name={`attachments-${at}-kind`}
      label="Art"
      value={one(body, `attachments-${at}-kind`)}
      options={kinds}
      empty="Keine Anlage"
      plain
    />
    <TextField
      name={`attachments-${at}-title`}
      label="Bezeichnung"
      value={one(body, `attachments-${at}-title`)}
      plain
    />
    <TextField
      name={`attachments-${at}-reference`}
      label="Fundstelle"
      value={one(body, `attachments-${at}-reference`)}
      plain
    />
    <TextField
      name={`attachments-${at}-validUntil`}
      label="Gilt bis"
      hint="nur wenn das Dokument ein Ende nennt, zum Beispiel eine Genehmigung des Landes"
      type="date"
      value={one(body, `attachments-${at}-validUntil`)}
      plain
    />
  </Fieldset>
);

const Questions = ({ questions, body }: { questions: RequestFormModel['questions']; body: FormBody }) => (
  <>
    {questions.map(({ name, text, hint }) => (
      <Radios key={name} name={name} legend={text} hint={hint} value={one(body, name)} options={YES_NO} />
    ))}
  </>
);

const Declarations = ({ body }: { body: FormBody }) => (
  <Checkboxes
    name="declarations"
    legend="Trifft davon etwas zu?"
    value={all(body, 'declarations')}
    options={[
      { value: 'holdsKey', text: 'Wir können Pseudonyme wieder auflösen.' },
      { value: 'thirdCountry', text: 'Daten gehen in ein Land außerhalb der EU.' },
      { value: 'automatedDecision', text: 'Aus den Daten folgt automatisch eine Entscheidung über Menschen.' },
      { value: 'linksPersonalProducts', text: 'Wir verknüpfen die Daten mit anderen Daten über Personen.' },
      {
        value: 'jointControl',
        text: 'Beide Stellen legen Zweck und Mittel der Verarbeitung gemeinsam fest (gemeinsame Verantwortung).',
      },
      { value: 'nonProduction', text: 'Wir nutzen die Daten für Test oder Entwicklung.' },
    ]}
  />
);
