import { one } from '../../../layout/form-body';
import { moment } from '../../../layout/format';
import { Button, Buttons, ErrorSummary, Once, PostForm, TextField } from '../../../layout/forms';
import { Alert, Badge, Cards, Details, Facts, Link, LinkButton, List, Section, Text } from '../../../layout/parts';
import { validity } from '../../../layout/people/appointment-lines';
import { AbsenceFields } from '../../../layout/people/absence-fields';
import { Propose } from './propose';
import type { PersonProps } from './person.props';

export const PersonView = (props: PersonProps) => {
  const { person, inForce, proposed, absentNow, problem, because } = props;
  return (
    <>
      <h1 className="kern-heading-large">{person.name}</h1>
      <div className="dr-badges">
        {person.disabledAt ? (
          <Badge tone="danger">gesperrt seit {moment(person.disabledAt)}</Badge>
        ) : (
          <Badge tone="success">Zugang offen</Badge>
        )}
        {absentNow && <Badge tone="warning">zurzeit abwesend</Badge>}
        {person.accounts === 0 && <Badge tone="warning">noch kein Konto</Badge>}
      </div>
      {problem && (
        <ErrorSummary faults={problem.errors ?? []} title={problem.title}>
          {because.length > 0 && <List items={because} />}
          <Text>{problem.remedy}</Text>
          {problem.detail && <Text>{problem.detail}</Text>}
        </ErrorSummary>
      )}
      <Section title="Rollen">
        {inForce.length === 0 ? <Text>Diese Person hat keine Rolle.</Text> : <Held {...props} />}
        {proposed.length > 0 && (
          <Alert tone="info" title="Vorgeschlagen, noch nicht bestätigt">
            <List items={proposed.map((one) => `${one.roleName}, ${one.unitName}, ${validity(one)}`)} />
            <Text>
              <Link href="/administration">Zu den Vorschlägen</Link>
            </Text>
          </Alert>
        )}
      </Section>
      {person.isMe && (
        <Section title="Rolle vorschlagen">
          <Text>Das sind Sie selbst. Rollen für Sie schlägt eine andere Person aus der Administration vor.</Text>
        </Section>
      )}
      {!person.isMe && !person.disabledAt && <Propose {...props} />}
      {!person.isMe && <More {...props} />}
    </>
  );
};

const Held = ({ person, inForce, once }: PersonProps) => (
  <Cards
    label={`Rollen von ${person.name}`}
    items={inForce.map((one) => ({
      id: one.id,
      title: `${one.roleName}, ${one.unitName}`,
      body: (
        <>
          <Facts
            items={[
              ['Gilt für', one.scope ?? 'die Stelle'],
              ['Zeitraum', validity(one)],
              ['Vertretung von', one.principalName],
            ]}
          />
          <PostForm action={`/administration/people/${person.id}/appointments/${one.id}/end`}>
            <Once once={once} />
            <Buttons>
              <Button kind="secondary" describedBy={`card-${one.id}`}>
                Rolle beenden
              </Button>
            </Buttons>
          </PostForm>
        </>
      ),
    }))}
  />
);

/** What happens more rarely: a further account, leaving, shutting out, coming back, erasing. */
const More = ({ person, problem, body, once }: PersonProps) => {
  const at = (step: string) => `/administration/people/${person.id}/${step}`;
  return (
    <Section title="Person und Zugang">
      {person.disabledAt ? (
        <>
          <Details summary="Sperre aufheben">
            <PostForm action={at('return')}>
              <Once once={once} />
              <Text>Eine zweite Person aus der Administration muss zustimmen. Beendete Rollen bleiben beendet.</Text>
              <Buttons>
                <Button kind="secondary">Aufhebung der Sperre vorschlagen</Button>
              </Buttons>
            </PostForm>
          </Details>
          <Details summary="Angaben zur Person löschen">
            <PostForm action={at('erasure')}>
              <Once once={once} />
              <Text>
                Name, Adresse, Konten und Abwesenheiten werden gelöscht, wenn eine zweite Person zustimmt. Das Protokoll
                behält nur das Pseudonym. Das lässt sich nicht rückgängig machen.
              </Text>
              <Buttons>
                <Button kind="secondary">Löschung vorschlagen</Button>
              </Buttons>
            </PostForm>
          </Details>
        </>
      ) : (
        <>
          <div className="dr-buttons">
            <LinkButton href={at('departure')} kind="secondary">
              Weggang oder Wechsel
            </LinkButton>
          </div>
          <Details summary="Abwesenheit vorschlagen" open={Boolean(one(body, 'from') || one(body, 'to'))}>
            <PostForm action={at('absences')} faults={problem?.errors}>
              <Once once={once} />
              <Text>
                Für jemanden, der es nicht selbst kann. In dieser Zeit darf die Vertretung entscheiden, deshalb muss
                eine zweite Person aus der Administration zustimmen.
              </Text>
              <AbsenceFields body={body} />
              <Buttons>
                <Button kind="secondary">Abwesenheit vorschlagen</Button>
              </Buttons>
            </PostForm>
          </Details>
          <Details summary="Weiteres Konto" open={Boolean(one(body, 'sub'))}>
            <PostForm action={at('accounts')} faults={problem?.errors}>
              <Once once={once} />
              <TextField
                name="sub"
                label="Kennung des Kontos"
                hint="Die Kennung (sub) aus dem Anmeldedienst der Stadt, keine Mailadresse"
                value={one(body, 'sub')}
              />
              <Buttons>
                <Button kind="secondary">Konto vorschlagen</Button>
              </Buttons>
            </PostForm>
          </Details>
          <Details summary="Zugang sperren">
            <PostForm action={at('disabling')}>
              <Once once={once} />
              <Text>
                Die Sperre gilt sofort, auch für offene Sitzungen. Offene Aufgaben gehen an die Vertretung. Eine Sperre
                braucht keine zweite Person.
              </Text>
              <Buttons>
                <Button kind="secondary">{person.name} jetzt sperren</Button>
              </Buttons>
            </PostForm>
          </Details>
        </>
      )}
    </Section>
  );
};
