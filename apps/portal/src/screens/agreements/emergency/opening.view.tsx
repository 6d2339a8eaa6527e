import { EMERGENCY_FIELDS } from '#lib/requests';
import { Problem } from '#lib/kernel';
import { ONCE_FIELD, FormBody } from '../../../layout/form-body';
import { PostForm, Buttons, Button } from '../../../layout/forms';
import { FormProblem } from '../../../layout/form-problem';
import { Alert, List } from '../../../layout/parts';
import { DrawnFields } from '../../../layout/requests/drawn-fields';
import { Choices } from '../../../layout/requests/widgets/widget';

const OPENING = Object.entries(EMERGENCY_FIELDS).filter(([, { section }]) => section !== 'given');

export interface OpeningModel {
  productId: string;
  productTitle: string;
  choices: Choices;
  body: FormBody;
  once: string;
}

/** What an emergency access is, in five sentences: nobody has time for more. */
export const Meaning = () => (
  <Alert tone="warning" title="Nur bei Gefahr für Leben oder Gesundheit">
    <List
      items={[
        'Immer zwei Personen Ihrer Stelle öffnen den Zugriff gemeinsam.',
        'Er gilt 24 Stunden und endet von selbst.',
        'Die Stelle mit den Daten, der Datenschutz und der Steuerungskreis sehen ihn sofort.',
        'Die Auflagen gelten. Jede Lieferung wird protokolliert.',
        'Danach wird geprüft, ob er rechtmäßig war.',
      ]}
    />
  </Alert>
);

export const OpeningView = ({ model, problem }: { model: OpeningModel; problem?: Problem }) => {
  return (
    <>
      <p className="kern-preline">{model.productTitle}</p>
      <h1 className="kern-heading-large">Ausnahmezugriff eröffnen</h1>
      <FormProblem problem={problem} />
      <Meaning />
      <PostForm action={`/products/${model.productId}/emergency`} faults={problem?.errors}>
        <input type="hidden" name={ONCE_FIELD} value={model.once} />
        <DrawnFields fields={OPENING} body={model.body} choices={model.choices} />
        <Buttons>
          <Button>Ausnahmezugriff eröffnen</Button>
        </Buttons>
      </PostForm>
    </>
  );
};
