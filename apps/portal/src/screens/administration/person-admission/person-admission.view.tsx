import type { Problem } from '#lib/kernel';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { Button, Buttons, PostForm, TextField } from '../../../layout/forms';
import { Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';

export const PersonAdmissionView = ({
  body,
  problem,
  once,
}: {
  body: FormBody;
  problem?: Problem | undefined;
  once: string;
}) => (
  <>
    <h1 className="kern-heading-large">Neue Person</h1>
    <FormProblem problem={problem} />
    <Text>
      Sie schlagen vor, eine zweite Person aus der Administration stimmt zu. Danach kann sich die neue Person anmelden.
      Rollen schlagen Sie danach auf ihrer Seite vor.
    </Text>
    <PostForm action="/administration/new-person" faults={problem?.errors}>
      <input type="hidden" name={ONCE_FIELD} value={once} />
      <div className="dr-row">
        <TextField name="givenName" label="Vorname" value={one(body, 'givenName')} />
        <TextField name="familyName" label="Nachname" value={one(body, 'familyName')} />
      </div>
      <TextField
        name="sub"
        label="Kennung des Kontos"
        hint="Die Kennung (sub) aus dem Anmeldedienst der Stadt, keine Mailadresse: sie gehört für immer zu dieser Person."
        value={one(body, 'sub')}
      />
      <TextField name="email" label="Mailadresse für Hinweise" type="email" value={one(body, 'email')} optional />
      <TextField
        name="key"
        label="Kennung im Personalverfahren"
        hint="Kleine Buchstaben, Ziffern, Punkte und Bindestriche"
        value={one(body, 'key')}
        optional
      />
      <Buttons>
        <Button>Aufnahme vorschlagen</Button>
      </Buttons>
    </PostForm>
  </>
);
