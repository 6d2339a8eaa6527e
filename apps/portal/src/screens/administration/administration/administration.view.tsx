import type { Problem } from '#lib/kernel';
import type { PersonLine, PersonOrderKind } from '#lib/organisation';
import { ONCE_FIELD } from '../../../layout/form-body';
import { counted, moment } from '../../../layout/format';
import { Button, Buttons, GetForm, PostForm, TextField } from '../../../layout/forms';
import { Badge, Cards, Facts, Link, LinkButton, Section, Table, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import type { QueueModel } from './administration.presenter';
import type { AppointmentLine } from '../../../layout/people/appointment-lines';
import { validity } from '../../../layout/people/appointment-lines';

export const QueueView = ({ proposals, orders, once, problem }: QueueModel & { problem?: Problem | undefined }) => (
  <>
    <h1 className="kern-heading-large">Administration</h1>
    <FormProblem problem={problem} />
    <Text>
      Hier verwalten Sie Personen und Rollen. Eine Rolle bekommt jemand erst, wenn eine zweite Person aus der
      Administration zustimmt. Niemand bestellt sich selbst.
    </Text>
    <div className="dr-buttons">
      <LinkButton href="/administration/people">Person suchen</LinkButton>
      <LinkButton href="/administration/new-person" kind="secondary">
        Neue Person
      </LinkButton>
      <LinkButton href="/organisation-changes" kind="secondary">
        Änderungen der Organisation
      </LinkButton>
    </div>
    {orders.length > 0 && (
      <Section title="Vorgänge zu Personen, die auf eine zweite Person warten">
        <Cards
          label="Vorgänge zu Personen"
          items={orders.map((order) => ({
            id: order.id,
            title: `${order.personName}: ${ORDER_NAME[order.kind]}`,
            body: (
              <>
                <Text>{ORDER_SAYS[order.kind]}</Text>
                <Facts
                  items={[
                    ['Vorgeschlagen von', order.proposedByName],
                    ['Vorgeschlagen am', moment(order.proposedAt)],
                    ...(order.absence
                      ? ([['Zeitraum', `${moment(order.absence.from)} bis ${moment(order.absence.to)}`]] as const)
                      : []),
                    ...(order.account
                      ? ([
                          ['Kennung des Kontos', order.account.sub],
                          ['Anmeldedienst', order.account.iss],
                        ] as const)
                      : []),
                  ]}
                />
                <Steps
                  proposal={order}
                  once={once}
                  at={`/administration/orders/${order.id}`}
                  confirm="Vorgang bestätigen"
                  decline="Vorgang ablehnen"
                />
              </>
            ),
          }))}
        />
      </Section>
    )}
    <Section title="Rollen, die auf eine zweite Person warten">
      {proposals.length === 0 && <Text>Zurzeit wartet kein Vorschlag.</Text>}
      {proposals.length > 0 && (
        <Cards
          label="Vorschläge"
          items={proposals.map((proposal) => ({
            id: proposal.id,
            title: `${proposal.personName}: ${proposal.roleName}`,
            body: (
              <>
                <Facts items={appointmentFacts(proposal)} />
                <Steps
                  proposal={proposal}
                  once={once}
                  at={`/administration/proposals/${proposal.id}`}
                  confirm="Bestellung bestätigen"
                  decline="Vorschlag ablehnen"
                />
              </>
            ),
          }))}
        />
      )}
    </Section>
  </>
);

export const ORDER_NAME: Record<PersonOrderKind, string> = {
  ADMIT: 'neu aufnehmen',
  ACCOUNT: 'weiteres Konto',
  RETURN: 'Sperre aufheben',
  ERASE: 'Angaben löschen',
  ABSENCE: 'abwesend',
};

const ORDER_SAYS: Record<PersonOrderKind, string> = {
  ADMIT: 'Die Person kann sich danach anmelden. Rollen bekommt sie getrennt davon.',
  ACCOUNT: 'Das Konto gehört danach zu dieser Person. Es gibt ihr keine weiteren Rechte.',
  RETURN: 'Die Person kann sich danach wieder anmelden. Beendete Rollen bleiben beendet.',
  ABSENCE: 'In dieser Zeit darf die Vertretung der Person entscheiden.',
  ERASE: 'Name, Adresse, Konten und Abwesenheiten werden gelöscht. Das lässt sich nicht rückgängig machen.',
};

interface StepsProps {
  proposal: { id: string; mine: boolean; aboutMe: boolean };
  once: string;
  /** address of the proposal */
  at: string;
  confirm: string;
  decline: string;
}

const Steps = ({ proposal, once, at, confirm, decline }: StepsProps) => {
  if (proposal.aboutMe) return <Text>Der Vorschlag betrifft Sie selbst. Zwei andere Personen müssen entscheiden.</Text>;
  return (
    <>
      {proposal.mine && <Text>Sie haben das vorgeschlagen. Eine andere Person muss zustimmen.</Text>}
      <PostForm action={`${at}/confirm`}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Buttons>
          {!proposal.mine && <Button describedBy={`card-${proposal.id}`}>{confirm}</Button>}
          <Button kind="secondary" action={`${at}/decline`} describedBy={`card-${proposal.id}`}>
            {proposal.mine ? 'Vorschlag zurückziehen' : decline}
          </Button>
        </Buttons>
      </PostForm>
    </>
  );
};

export const appointmentFacts = (one: AppointmentLine): [string, string | null][] => [
  ['Stelle', one.unitName],
  ['Gilt für', one.scope ?? 'die Stelle'],
  ['Zeitraum', validity(one)],
  ['Vertretung von', one.principalName],
  ['Vorgeschlagen von', one.proposedByName],
];

export const PeopleView = ({
  q,
  people,
  roleNames,
}: {
  q: string;
  people: readonly PersonLine[];
  roleNames: Partial<Record<string, string>>;
}) => (
  <>
    <h1 className="kern-heading-large">Personen</h1>
    <GetForm action="/administration/people" label="Personen suchen">
      <TextField name="q" label="Name oder Stelle" hint="Mindestens zwei Buchstaben" type="search" value={q} plain />
      <Buttons>
        <Button>Suchen</Button>
      </Buttons>
    </GetForm>
    {q !== '' && people.length === 0 && (
      <Text>Dazu gibt es keine Person. Eine neue Person schlagen Sie unter „Neue Person“ vor.</Text>
    )}
    {people.length > 0 && (
      <Table
        caption={counted(people.length, 'Person', 'Personen')}
        columns={[{ head: 'Name' }, { head: 'Rollen' }]}
        rows={people.map((person) => [
          <>
            <Link href={`/administration/people/${person.id}`}>{person.name}</Link>{' '}
            {person.disabled && <Badge tone="warning">gesperrt</Badge>}
          </>,
          person.roles.map((one) => `${roleNames[one.role] ?? one.role}, ${one.unitName}`).join('; ') || 'keine',
        ])}
      />
    )}
    {people.length >= 20 && <Text>Es werden höchstens 20 Personen gezeigt. Bitte suchen Sie genauer.</Text>}
  </>
);
