import type { Problem } from '#lib/kernel';
import { ONCE_FIELD } from '../../../layout/form-body';
import { Button, Buttons, PostForm, SelectField } from '../../../layout/forms';
import { Link, Section, Text } from '../../../layout/parts';
import { FormProblem } from '../../../layout/form-problem';
import { type ResponsiblePeopleModel, personField, type WithoutResponsible } from './responsible-people.presenter';

export const ResponsiblePeopleView = ({
  requests,
  clients,
  problem,
}: ResponsiblePeopleModel & { problem?: Problem }) => (
  <>
    <h1 className="kern-heading-large">Verantwortliche Person fehlt</h1>
    <FormProblem problem={problem} />
    <Text>
      Die Person, die verantwortlich war, arbeitet nicht mehr in der anfragenden Stelle. Bis deren Leitung jemanden
      benennt, entscheidet niemand und es werden keine Daten geliefert.
    </Text>
    {requests.length + clients.length === 0 && <Text>Zurzeit hat alles eine verantwortliche Person.</Text>}
    {requests.map((one) => (
      <Section title={`Antrag ${one.name}`} key={one.id}>
        <Text>
          {one.about}. Anfragende Stelle: {one.unitName}. <Link href={`/requests/${one.id}`}>Zum Antrag</Link>
        </Text>
        <Name
          suspended={one}
          action={`/keepers/requests/${one.id}`}
          nobody="Niemand in der Stelle hat die Rolle, Anträge zu stellen. Bitte lassen Sie zuerst jemanden bestellen."
        />
      </Section>
    ))}
    {clients.map((one) => (
      <Section title={`Anwendung ${one.name}`} key={one.id}>
        <Text>Die Anwendung ist angehalten und bekommt keine Daten. Stelle: {one.unitName}.</Text>
        <Name
          suspended={one}
          action="/keepers/machine-clients"
          nobody="Niemand hat in dieser Stelle eine Rolle. Bitte lassen Sie zuerst jemanden bestellen."
        />
      </Section>
    ))}
  </>
);

const Name = ({
  suspended: { id, people, unitName, once },
  action,
  nobody,
}: {
  suspended: WithoutResponsible;
  action: string;
  nobody: string;
}) => {
  if (people === null) return <Text>Eine neue Person benennt die Leitung dieser Stelle: {unitName}.</Text>;
  if (people.length === 0) return <Text>{nobody}</Text>;
  return (
    <PostForm action={action}>
      <input type="hidden" name={ONCE_FIELD} value={once} />
      <input type="hidden" name="clientId" value={id} />
      <SelectField
        name={personField(id)}
        label="Verantwortlich ist ab jetzt"
        empty="Bitte wählen"
        value=""
        options={people}
      />
      <Buttons>
        <Button>Benennen</Button>
      </Buttons>
    </PostForm>
  );
};
