import { createServer } from 'node:net';
import { LocalFault } from './postgres/local-fault';

export interface Ports {
  portal: number;
  api: number;
  gateway: number;
  identity: number;
  postgres: number;
}

export const DEFAULT_PORTS: Ports = { portal: 3000, api: 3001, gateway: 3002, identity: 3003, postgres: 3004 };

const NAMES: Record<keyof Ports, string> = {
  portal: 'das Portal',
  api: 'die Schnittstelle',
  gateway: 'das Datentor',
  identity: 'die Anmeldung',
  postgres: 'die Datenbank',
};

const tryPort = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const { port: got } = probe.address() as { port: number };
      probe.close(() => resolve(got));
    });
  });

/** Five different free ports, for a stack that runs beside another one. */
export async function freePorts(): Promise<Ports> {
  const taken: number[] = [];
  while (taken.length < 5) {
    const port = await tryPort(0);
    if (!taken.includes(port)) taken.push(port);
  }
  const [portal, api, gateway, identity, postgres] = taken as [number, number, number, number, number];
  return { portal, api, gateway, identity, postgres };
}

/** DATENRAUM_PORT moves all five ports: the portal takes it, the others the four behind it. */
export function portsFrom(env: NodeJS.ProcessEnv): Ports {
  const first = Number(env.DATENRAUM_PORT ?? DEFAULT_PORTS.portal);
  if (!Number.isInteger(first) || first < 1024 || first > 65_530) {
    throw new LocalFault(`DATENRAUM_PORT ist „${env.DATENRAUM_PORT}“: bitte eine Zahl von 1024 bis 65530 angeben.`);
  }
  return { portal: first, api: first + 1, gateway: first + 2, identity: first + 3, postgres: first + 4 };
}

/** Throws one sentence with the remedy when a port is taken. */
export async function demandFree(ports: Ports): Promise<void> {
  for (const [name, port] of Object.entries(ports) as [keyof Ports, number][]) {
    await tryPort(port).catch(() => {
      throw new LocalFault(
        `Port ${port} für ${NAMES[name]} ist belegt: beenden Sie das andere Programm, oder wählen Sie andere Ports, zum Beispiel mit DATENRAUM_PORT=4000 npm start.`,
      );
    });
  }
}
