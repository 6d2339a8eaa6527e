import type { Problem } from '#lib/kernel';
import { type FormBody, one, ONCE_FIELD } from '../../../layout/form-body';
import { moment } from '../../../layout/format';
import { Button, Buttons, ErrorSummary, PostForm, SelectField, TextField } from '../../../layout/forms';
import { Alert, Badge, Cards, Details, Facts, Link, LinkButton, List, Section, Text } from '../../../layout/parts';
import { APPOINTMENT_SCOPE_NAME } from '../../../layout/words';
import type { PersonModel } from '../../../layout/people/person.presenter';
import { validity } from '../../../layout/people/appointment-lines';
import { AbsenceFields } from '../../../layout/people/absence-fields';

interface PersonProps extends PersonModel {
  problem?: Problem | undefined;
  /** which duties the refused step would have brought together */
  because: readonly string[];
  body: FormBody;
}

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

const Once = ({ once }: Pick<PersonProps, 'once'>) => <input type="hidden" name={ONCE_FIELD} value={once} />;

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

const Propose = ({ person, roles, units, principals, problem, body, once }: PersonProps) => (
  <Section title="Rolle vorschlagen">
    <PostForm action={`/administration/people/${person.id}/appointments`} faults={problem?.errors}>
      <Once once={once} />
      <SelectField
        name="deputyOf"
        label="Vertretung von"
        hint="Für eine Vertretung genügt diese Angabe. Rolle, Stelle und Geltung sind dann dieselben."
        value={one(body, 'deputyOf')}
        empty="Keine Vertretung, eigene Rolle"
        options={principals}
        optional
      />
      <SelectField name="role" label="Rolle" value={one(body, 'role')} empty="Bitte wählen" options={roles} />
      <SelectField name="unitId" label="Stelle" value={one(body, 'unitId')} empty="Bitte wählen" options={units} />
      <SelectField
        name="scope"
        label="Gilt für"
        value={one(body, 'scope')}
        empty="Bitte wählen"
        options={Object.entries(APPOINTMENT_SCOPE_NAME).map(([value, text]) => ({ value, text }))}
      />
      <TextField
        name="scopeId"
        label="Welches Fachgebiet oder Datenprodukt?"
        hint="Nur wenn die Rolle darauf begrenzt ist: Name des Fachgebiets oder Kennung des Datenprodukts"
        value={one(body, 'scopeId')}
        optional
      />
      <div className="dr-row">
        <TextField
          name="validFrom"
          label="Erster Tag"
          type="date"
          hint="Leer: ab heute"
          value={one(body, 'validFrom')}
          optional
        />
        <TextField
          name="validTo"
          label="Letzter Tag"
          type="date"
          hint="Leer: ohne Ende"
          value={one(body, 'validTo')}
          optional
        />
      </div>
      <Buttons>
        <Button>Rolle vorschlagen</Button>
      </Buttons>
    </PostForm>
  </Section>
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
          <Details summary="Abwesenheit eintragen" open={Boolean(one(body, 'from') || one(body, 'to'))}>
            <PostForm action={at('absences')} faults={problem?.errors}>
              <Once once={once} />
              <Text>Für jemanden, der es nicht selbst kann. In dieser Zeit darf die Vertretung entscheiden.</Text>
              <AbsenceFields body={body} />
              <Buttons>
                <Button kind="secondary">Abwesenheit eintragen</Button>
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
