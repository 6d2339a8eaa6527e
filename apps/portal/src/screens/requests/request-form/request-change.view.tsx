import type { Problem } from '#lib/kernel';
import type { MessageView, RequestView } from '#lib/requests';
import { one } from '../../../layout/form-body';
import { Button, Buttons, TextField } from '../../../layout/forms';
import { FormProblem } from '../../../layout/form-problem';
import { Alert, Link, List, MultilineText, Section, Text } from '../../../layout/parts';
import { Changes } from '../../../layout/requests/thread';
import type { RequestFormModel } from './request-form.presenter';
import { RequestFields, Uploaded } from './request-form.view';

export interface RequestChangeProps {
  model: RequestFormModel;
  request: RequestView;
  /** what the form would change, when somebody looked */
  compared?: { changes: MessageView['changes']; beginsAnew: boolean };
  problem?: Problem;
  /** a document was just uploaded and is ticked */
  uploaded?: boolean;
}

export const RequestChangeView = ({ model, request, compared, problem, uploaded }: RequestChangeProps) => (
  <>
    <h1 className="kern-heading-large">Antrag {request.number} ändern und antworten</h1>
    <FormProblem problem={problem} />
    <Section title="Die Rückfrage">
      <MultilineText>{request.thread.findLast(({ kind }) => kind === 'QUESTION')?.text ?? ''}</MultilineText>
    </Section>
    <Text>
      Hier steht Ihr Antrag, wie er zuletzt war. Wenn Sie nur weniger beantragen, geht die Prüfung dort weiter, wo sie
      steht. Sonst beginnt sie neu. Die Entscheidenden sehen jede Änderung mit „vorher“ und „nachher“. Das Datenprodukt
      und die Stelle lassen sich nicht ändern.
    </Text>
    {uploaded && <Uploaded text="Ihre Antwort ist noch nicht gesendet." />}
    {compared && <Compared {...compared} />}
    {model.notCarried.length > 0 && (
      <Alert tone="warning" title="Das kann dieses Formular nicht zeigen">
        <Text>Wenn Sie das Formular senden, gelten diese Angaben so, wie sie unten stehen. Bitte prüfen Sie sie.</Text>
        <List items={model.notCarried} />
      </Alert>
    )}
    <RequestFields model={model} action={`/requests/${request.id}/change`} faults={problem?.errors ?? []} enter="look">
      <input type="hidden" name="revision" value={request.revision} />
      <Section title="Ihre Antwort" id="antwort">
        <TextField name="text" label="Ihre Antwort" rows={5} value={one(model.body, 'text')} />
      </Section>
      <Buttons>
        <Button name="step" value="send">
          Antwort mit geändertem Antrag senden
        </Button>
        <Button kind="secondary" name="step" value="look">
          Änderungen ansehen
        </Button>
        <Link href={`/requests/${request.id}`}>Abbrechen</Link>
      </Buttons>
    </RequestFields>
  </>
);

const Compared = ({ changes, beginsAnew }: NonNullable<RequestChangeProps['compared']>) => {
  if (changes.length === 0)
    return (
      <Alert tone="info" title="Am Antrag ist nichts geändert" live>
        <Text>Ihre Antwort geht ohne Änderung an die Entscheidenden.</Text>
      </Alert>
    );
  return (
    <Alert
      tone={beginsAnew ? 'warning' : 'success'}
      title={beginsAnew ? 'Die Prüfung beginnt damit neu' : 'Die Prüfung geht damit weiter'}
      live
    >
      <Text>
        {beginsAnew
          ? 'Sie beantragen etwas anderes oder mehr als bisher. Alle Zustimmungen werden noch einmal eingeholt.'
          : 'Sie beantragen nur weniger als bisher. Zustimmungen, die es schon gibt, gelten weiter.'}
      </Text>
      <Changes changes={changes} caption="Das würde sich am Antrag ändern" />
    </Alert>
  );
};
