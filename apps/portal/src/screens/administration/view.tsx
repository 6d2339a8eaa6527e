import type { Problem } from '#lib/kernel';
import { ONCE_FIELD } from '../../layout/form-body';
import { counted, day, lastDay } from '../../layout/format';
import { Button, Buttons, GetForm, PostForm, TextField } from '../../layout/forms';
import { Badge, Cards, Facts, Link, LinkButton, Section, Table, Text } from '../../layout/parts';
import { FormProblem } from '../request-form/view';
import { type AppointmentLine, MOST, type PersonLine, type QueueModel } from './administration.presenter';

export const QueueView = ({ proposals, once, problem }: QueueModel & { problem?: Problem | undefined }) => (
  <>
    <h1 className="kern-heading-large">Administration</h1>
    <FormProblem problem={problem} />
    <Text>Hier verwalten Sie Personen und Rollen. Eine Rolle bekommt jemand erst, wenn eine zweite Person aus der Administration zustimmt. Niemand bestellt sich selbst.</Text>
    <div className="dr-buttons">
      <LinkButton href="/administration/people">Person suchen</LinkButton>
      <LinkButton href="/organisation-changes" kind="secondary">
        Änderungen der Organisation
      </LinkButton>
    </div>
    <Section title="Vorschläge, die auf eine zweite Person warten">
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
                <Steps proposal={proposal} once={once} />
              </>
            ),
          }))}
        />
      )}
    </Section>
  </>
);

const Steps = ({ proposal, once }: { proposal: QueueModel['proposals'][number]; once: string }) => {
  if (proposal.aboutMe) return <Text>Der Vorschlag betrifft Sie selbst. Zwei andere Personen müssen entscheiden.</Text>;
  const at = (step: string) => `/administration/proposals/${proposal.id}/${step}`;
  return (
    <>
      {proposal.mine && <Text>Sie haben das vorgeschlagen. Eine andere Person muss zustimmen.</Text>}
      <PostForm action={at('confirm')}>
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Buttons>
          {!proposal.mine && <Button describedBy={`karte-${proposal.id}`}>Bestellung bestätigen</Button>}
          <Button kind="secondary" action={at('decline')} describedBy={`karte-${proposal.id}`}>
            {proposal.mine ? 'Vorschlag zurückziehen' : 'Vorschlag ablehnen'}
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

export const validity = ({ validFrom, validTo }: Pick<AppointmentLine, 'validFrom' | 'validTo'>): string => `ab ${day(validFrom)}${validTo ? ` bis ${lastDay(validTo)}` : ''}`;

export const PeopleView = ({ q, people }: { q: string; people: readonly PersonLine[] }) => (
  <>
    <h1 className="kern-heading-large">Personen</h1>
    <GetForm action="/administration/people" label="Personen suchen">
      <TextField name="q" label="Name" type="search" value={q} plain />
      <Buttons>
        <Button>Suchen</Button>
      </Buttons>
    </GetForm>
    {people.length === 0 ? (
      <Text>Es gibt keine Person mit diesem Namen.</Text>
    ) : (
      <>
        <Table
          caption={counted(people.length, 'Person', 'Personen')}
          columns={[{ head: 'Name' }, { head: 'Rollen' }, { head: 'Zugang' }]}
          rows={people.map((person) => [
            <Link href={`/administration/people/${person.id}`} key="p">
              {person.name}
            </Link>,
            person.roles.join(', ') || 'keine',
            person.disabled ? (
              <Badge tone="warning" key="d">
                gesperrt
              </Badge>
            ) : (
              'offen'
            ),
          ])}
        />
        {people.length === MOST && <Text>Es werden höchstens {MOST} Personen gezeigt. Bitte suchen Sie genauer.</Text>}
      </>
    )}
  </>
);
