import type { Role, RoleCatalogue, RoleCode } from '#lib/organisation';
import { LEVEL_NAME, PERMISSION_NAME, PLACE_NAME, SEES_NAME } from '#lib/rulebook';
import { counted } from '../../../layout/format';
import { Details, Facts, List, Section, Text } from '../../../layout/parts';

interface RolesProps {
  roles: readonly Role[];
  conflicts: RoleCatalogue['conflicts'];
  /** how many people hold the role now; a role nobody holds is missing here */
  held: Partial<Record<RoleCode, number>>;
}

const LEVEL_SAYS: Record<Role['level'], string> = {
  S: 'Hier werden Ziele, Grundsätze und Streitfälle entschieden.',
  T: 'Hier wird im Einzelfall entschieden und beraten.',
  O: 'Hier wird mit den Daten gearbeitet.',
};
export const RolesView = ({ roles, conflicts, held }: RolesProps) => (
  <>
    <h1 className="kern-heading-large">Rollen</h1>
    <Text>
      Das Rollenkonzept legt fest, wer im Datenraum was darf und was nicht in eine Hand gehört. Das System hält sich
      daran bei jeder Bestellung und bei jeder Entscheidung.
    </Text>
    {(Object.keys(LEVEL_NAME) as Role['level'][]).map((level) => (
      <Section title={LEVEL_NAME[level]} key={level}>
        <Text>{LEVEL_SAYS[level]}</Text>
        {roles
          .filter((role) => role.level === level)
          .map((role) => (
            <OneRole role={role} names={roles} conflicts={conflicts} people={held[role.code] ?? 0} key={role.code} />
          ))}
      </Section>
    ))}
  </>
);

const OneRole = ({
  role,
  names,
  conflicts,
  people,
}: {
  role: Role;
  names: readonly Role[];
  conflicts: RoleCatalogue['conflicts'];
  people: number;
}) => {
  const nameOf = (code: RoleCode): string => names.find((one) => one.code === code)?.name ?? code;
  const apart = conflicts
    .filter((one) => one.role === role.code)
    .map(({ other, reach }) => nameOf(other) + (reach === 'UNIT' ? ' in derselben Stelle' : ''));
  return (
    <Details summary={`${role.name} (${people > 0 ? counted(people, 'Person', 'Personen') : 'zurzeit niemand'})`}>
      <Text>{role.task}</Text>
      <Facts
        items={[
          ['Pflichten', <List items={role.duties} key="d" />],
          [
            'Darf',
            role.permissions.length > 0 ? (
              <List items={role.permissions.map((permission) => PERMISSION_NAME[permission])} key="r" />
            ) : (
              'keine Schritte in diesem Portal'
            ),
          ],
          ['Verträgt sich nicht mit', apart.length > 0 ? apart.join(', ') : 'keine festen Ausschlüsse'],
          ['Im einzelnen Fall', role.apart.length > 0 ? <List items={role.apart} key="a" /> : null],
          ['Wer bestellt', role.appointedBy],
          ['Vertretung', role.deputy.rule],
          ['Wo', `${PLACE_NAME[role.place]}; sieht ${SEES_NAME[role.sees]}`],
          ['Quelle', role.source],
        ]}
      />
    </Details>
  );
};
