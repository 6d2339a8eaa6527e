import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Person {
  key: string;
  sub: string;
  givenName: string;
  familyName: string;
}

interface User {
  id: string;
  username: string;
  enabled: boolean;
  firstName?: string;
  lastName?: string;
  serviceAccountClientId?: string;
  credentials?: { value: string }[];
}

const pilot = parse(readFileSync('config/pilot/organisation.yaml', 'utf8')) as {
  people: Person[];
  machineClients: { clientId: string }[];
};
const realm = JSON.parse(readFileSync('docker/keycloak/realm-datenraum.json', 'utf8')) as { users: User[] };
const people = realm.users.filter(({ serviceAccountClientId }) => !serviceAccountClientId);

describe('the realm and the pilot domain', () => {
  it('know the same people by the same ids', () => {
    const inRealm = people.map(({ id, username, firstName }) => ({ id, username, firstName }));
    const inPilot = pilot.people.map(({ sub, key, givenName }) => ({ id: sub, username: key, firstName: givenName }));
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(inRealm.toSorted(byId)).toEqual(inPilot.toSorted(byId));
  });

  it('let everybody sign in with the one password that is printed', () => {
    expect(
      people.filter(
        ({ enabled, credentials }) =>
          !enabled || credentials?.length !== 1 || credentials[0]!.value !== '${DEV_PASSWORD:nur-zur-probe}',
      ),
    ).toEqual([]);
  });

  it('mark every person as invented', () => {
    expect(people.filter(({ lastName }) => !lastName?.endsWith(', fiktive Person'))).toEqual([]);
  });

  it('know the same machine clients', () => {
    const accounts = realm.users.flatMap(({ serviceAccountClientId }) => serviceAccountClientId ?? []);
    expect(accounts.sort()).toEqual(pilot.machineClients.map(({ clientId }) => clientId).sort());
  });
});
