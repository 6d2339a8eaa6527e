import type { Problem } from '#lib/kernel';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { day, lastDay } from '../../../layout/format';
import { Button, Buttons, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Badge, Cards, Facts, Link, Section, Table, Text, type Tone } from '../../../layout/parts';
import { ABSENCE_NAME } from '../../../layout/words';
import { FormProblem } from '../../../layout/form-problem';
import type { DelegationLine, MyRolesModel } from './my-roles.presenter';
import { AbsenceFields } from '../../../layout/people/absence-fields';

type MyRolesProps = MyRolesModel & { problem?: Problem | undefined; body: FormBody };

const STATE: Record<DelegationLine['state'], [Tone, string]> = {
  VALID: ['success', 'gilt'],
  FUTURE: ['info', 'gilt noch nicht'],
  REVOKED: ['info', 'widerrufen'],
  EXPIRED: ['info', 'abgelaufen'],
};

export const MyRolesView = (props: MyRolesProps) => (
  <>
    <h1 className="kern-heading-large">Meine Rollen und Vertretungen</h1>
    <FormProblem problem={props.problem} />
    <Section title="Meine Rollen">
      {props.roles.length === 0 ? (
        <Text>Ihnen ist noch keine Rolle zugeordnet. Bitte wenden Sie sich an die Administration.</Text>
      ) : (
        <Table
          caption="Rollen, die Sie haben"
          hideCaption
          columns={[{ head: 'Rolle' }, { head: 'Stelle' }, { head: 'gilt' }, { head: 'Vertretung' }]}
          rows={props.roles.map((role) => [
            role.roleName,
            <Link href={`/organisation/units/${role.unitId}`} key="u">
              {role.unitName}
            </Link>,
            `ab ${day(role.validFrom)}${role.validTo ? ` bis ${lastDay(role.validTo)}` : ''}`,
            role.principalName
              ? `Sie vertreten ${role.principalName}`
              : role.deputies.length > 0
                ? `Es vertritt Sie: ${role.deputies.join(', ')}`
                : 'keine Vertretung bestellt',
          ])}
        />
      )}
      <Text small>
        Stimmt etwas nicht? Rollen ändert die Administration, immer zu zweit.{' '}
        <Link href="/organisation/roles">Was bedeuten die Rollen?</Link>
      </Text>
    </Section>
    <Absences {...props} />
    {props.delegable.length > 0 && <Given {...props} />}
    <Section title="Mir schriftlich übertragene Aufgaben">
      {props.received.length === 0 ? (
        <Text>Ihnen ist keine Aufgabe schriftlich übertragen.</Text>
      ) : (
        <Delegations caption="Mir übertragene Aufgaben" lines={props.received} person="Übertragen von" />
      )}
    </Section>
  </>
);

const Once = ({ once }: Pick<MyRolesProps, 'once'>) => <input type="hidden" name={ONCE_FIELD} value={once} />;

const Absences = ({ absences, problem, body, once }: MyRolesProps) => (
  <Section title="Meine Abwesenheit">
    <Text>Solange Sie abwesend sind, darf Ihre Vertretung für Sie entscheiden. Den Grund sehen nur Sie.</Text>
    {absences.length > 0 && (
      <Cards
        label="Eingetragene Abwesenheiten"
        items={absences.map((absence) => ({
          id: absence.id,
          title: `${day(absence.from)} bis ${lastDay(absence.to)}`,
          body: (
            <>
              {absence.now && <Badge tone="warning">Sie sind abwesend</Badge>}
              <Text>Grund: {ABSENCE_NAME[absence.reason]}</Text>
              <PostForm action={`/my-roles/absences/${absence.id}/end`}>
                <Once once={once} />
                <Buttons>
                  <Button kind="secondary" describedBy={`card-${absence.id}`}>
                    {absence.now ? 'Ich bin wieder da' : 'Abwesenheit löschen'}
                  </Button>
                </Buttons>
              </PostForm>
            </>
          ),
        }))}
      />
    )}
    <PostForm action="/my-roles/absences" faults={problem?.errors}>
      <Once once={once} />
      <AbsenceFields body={body} />
      <Buttons>
        <Button>Abwesenheit eintragen</Button>
      </Buttons>
    </PostForm>
  </Section>
);

const Given = ({ given, delegable, people, problem, body, once }: MyRolesProps) => (
  <Section title="Aufgaben schriftlich übertragen">
    <Text>
      Sie können Ihre Entscheidung über Daten an eine andere Person übertragen: schriftlich, für höchstens zwölf Monate
      und nur über eine Stufe. Die Person darf sie nicht weitergeben. Sie bleiben verantwortlich und können die
      Übertragung jederzeit widerrufen.
    </Text>
    {given.length > 0 && (
      <Delegations caption="Von mir übertragen" lines={given} person="Übertragen an" revocable={once} />
    )}
    <PostForm action="/my-roles/delegations" faults={problem?.errors}>
      <Once once={once} />
      {delegable.length === 1 ? (
        <input type="hidden" name="appointmentId" value={delegable[0]!.value} />
      ) : (
        <SelectField
          name="appointmentId"
          label="Welche Aufgabe?"
          value={one(body, 'appointmentId')}
          empty="Bitte wählen"
          options={delegable}
        />
      )}
      <SelectField
        name="delegatePersonId"
        label="Wem übertragen Sie die Aufgabe?"
        hint="Zuerst stehen die Personen Ihrer Stelle."
        value={one(body, 'delegatePersonId')}
        empty="Bitte wählen"
        options={people}
      />
      <TextField
        name="reference"
        label="Fundstelle"
        hint="Aktenzeichen oder Ablageort der unterschriebenen Übertragung"
        value={one(body, 'reference')}
      />
      <TextField
        name="validTo"
        label="Letzter Tag der Übertragung"
        type="date"
        hint="Höchstens zwölf Monate ab heute"
        value={one(body, 'validTo')}
      />
      <Buttons>
        <Button>Aufgabe übertragen</Button>
      </Buttons>
    </PostForm>
  </Section>
);

/** `revocable` is the key of the act where the reader may take it back. */
const Delegations = ({
  caption,
  lines,
  person,
  revocable,
}: {
  caption: string;
  lines: readonly DelegationLine[];
  person: string;
  revocable?: string;
}) => (
  <Cards
    label={caption}
    items={lines.map((line) => {
      const [tone, text] = STATE[line.state];
      return {
        id: line.id,
        title: `${line.roleName}, ${line.unitName}`,
        body: (
          <>
            <Badge tone={tone}>{text}</Badge>
            <Facts
              items={[
                [person, line.personName],
                ['Zeitraum', `${day(line.validFrom)} bis ${lastDay(line.validTo)}`],
                ['Fundstelle', line.reference],
              ]}
            />
            {revocable && (line.state === 'VALID' || line.state === 'FUTURE') && (
              <PostForm action={`/my-roles/delegations/${line.id}/revoke`}>
                <Once once={revocable} />
                <Buttons>
                  <Button kind="secondary" describedBy={`card-${line.id}`}>
                    Übertragung widerrufen
                  </Button>
                </Buttons>
              </PostForm>
            )}
          </>
        ),
      };
    })}
  />
);
