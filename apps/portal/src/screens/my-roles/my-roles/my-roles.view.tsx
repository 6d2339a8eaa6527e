import { day, lastDay } from '../../../layout/format';
import { Button, Buttons, Once, PostForm } from '../../../layout/forms';
import { Badge, Cards, Link, Section, Table, Text } from '../../../layout/parts';
import { ABSENCE_NAME } from '../../../layout/words';
import { FormProblem } from '../../../layout/form-problem';
import { AbsenceFields } from '../../../layout/people/absence-fields';
import type { MyRolesProps } from './my-roles.props';
import { Delegations, Given } from './delegations';

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
