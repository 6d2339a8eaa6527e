import type { Problem } from '#lib/kernel';
import type { DeparturePreview } from '#lib/organisation';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { Button, Buttons, GetForm, type Option, PostForm, SelectField } from '../../../layout/forms';
import { Alert, List, Section, Text } from '../../../layout/parts';
import type { PersonModel } from '../../../layout/people/person.presenter';
import { FormProblem } from '../../../layout/form-problem';

interface DepartureProps {
  person: PersonModel['person'];
  /** the unit left; null: the city */
  from: string | null;
  /** units the person holds a role in */
  mine: readonly Option[];
  units: readonly Option[];
  preview: DeparturePreview;
  body: FormBody;
  problem?: Problem | undefined;
  once: string;
}

export const DepartureView = (props: DepartureProps) => {
  const { person, from, mine, units, preview, body, problem, once } = props;
  const { appointments, delegations, clients } = preview;
  const unit = mine.find(({ value }) => value === from)?.text;
  return (
    <>
      <p className="kern-preline">{person.name}</p>
      <h1 className="kern-heading-large">Weggang oder Wechsel</h1>
      <FormProblem problem={problem} />
      <GetForm action={`/administration/people/${person.id}/departure`}>
        <SelectField
          name="from"
          label="Was verlässt die Person?"
          value={from}
          empty="Die Stadt, ganz"
          options={mine.map(({ value, text }) => ({ value, text: `nur die Stelle: ${text}` }))}
        />
        <Buttons>
          <Button kind="secondary">Vorschau zeigen</Button>
        </Buttons>
      </GetForm>
      <Section title={unit ? `Das endet mit dem Wechsel aus: ${unit}` : 'Das endet mit dem Weggang aus der Stadt'}>
        {appointments.length + delegations.length + clients.length === 0 && (
          <Text>Hier hängt nichts an dieser Person.</Text>
        )}
        {appointments.length > 0 && (
          <>
            <h3 className="kern-title">Rollen</h3>
            <List
              items={appointments.map(
                (one) =>
                  `${one.roleName}, ${one.unitName}${one.deputyForName ? `, Vertretung von ${one.deputyForName}` : ''}${one.standing === 'PROPOSED' ? ' (nur vorgeschlagen)' : ''}`,
              )}
            />
          </>
        )}
        {delegations.length > 0 && (
          <>
            <h3 className="kern-title">Schriftliche Übertragungen</h3>
            <List
              items={delegations.map((one) => `${one.roleName}, ${one.unitName}: von ${one.fromName} an ${one.toName}`)}
            />
          </>
        )}
        {clients.length > 0 && (
          <>
            <h3 className="kern-title">Anwendungen, die angehalten werden</h3>
            <List
              items={clients.map(
                ({ clientId, unitName }) =>
                  `${clientId} (${unitName}), bis die Stelle eine verantwortliche Person benennt`,
              )}
            />
          </>
        )}
        <Text>
          Laufende Anträge und Vereinbarungen der Person ruhen, bis ihre Stelle jemanden benennt. Die
          Datenverantwortlichen sehen es bei ihren Aufgaben.
        </Text>
      </Section>
      {person.isMe ? (
        <Alert tone="info" title="Das sind Sie selbst">
          <Text>Ihren Weggang trägt eine andere Person aus der Administration ein.</Text>
        </Alert>
      ) : (
        <PostForm action={`/administration/people/${person.id}/departure`} faults={problem?.errors}>
          <input type="hidden" name={ONCE_FIELD} value={once} />
          {from && (
            <>
              <input type="hidden" name="from" value={from} />
              <SelectField
                name="toUnitId"
                label="Neue Stelle"
                hint="Rollen dort schlagen Sie danach wie immer zu zweit vor."
                value={one(body, 'toUnitId')}
                empty="Bitte wählen"
                options={units.filter(({ value }) => value !== from)}
              />
            </>
          )}
          {!from && <Text>Der Zugang der Person wird dabei gesperrt.</Text>}
          <Buttons>
            <Button>{from ? 'Wechsel jetzt eintragen' : 'Weggang jetzt eintragen'}</Button>
          </Buttons>
        </PostForm>
      )}
    </>
  );
};
