import { readFileSync } from 'node:fs';
import { ConfigFault } from '#lib/kernel';
import type { RoleCatalogue } from '#lib/policy';
import { parse } from 'yaml';
import { type Local, startLocal } from './local';
import { portsFrom } from './ports';
import { LocalFault } from './postgres/local-fault';

interface PilotFile {
  units: { key: string; name: string }[];
  people: {
    key: string;
    givenName: string;
    familyName: string;
    appointments: { role: string; unit: string; deputyOf?: string }[];
  }[];
}

interface RealmFile {
  users: { username: string; credentials?: { value: string }[] }[];
}

const PASSWORD_OF = new Map(
  (JSON.parse(readFileSync('docker/keycloak/realm-datenraum.json', 'utf8')) as RealmFile).users.map(
    ({ username, credentials }) => [username, (credentials?.[0]?.value ?? '').replace(/^\$\{\w+:(.*)\}$/, '$1')],
  ),
);

function signIns(roles: RoleCatalogue): string {
  const { units, people } = parse(readFileSync('config/pilot/organisation.yaml', 'utf8')) as PilotFile;
  const unitName = new Map(units.map(({ key, name }) => [key, name]));
  const roleName = new Map<string, string>(roles.all.map(({ code, name }) => [code, name]));
  const rows = people.flatMap(({ key, appointments }) =>
    appointments.map(({ role, unit, deputyOf }) => [
      unitName.get(unit) ?? unit,
      `${roleName.get(role) ?? role}${deputyOf ? ' (Vertretung)' : ''}`,
      key,
      PASSWORD_OF.get(key) ?? '',
    ]),
  );
  rows.sort((a, b) => a[0]!.localeCompare(b[0]!, 'de'));
  const table = [['Stelle', 'Rolle', 'Benutzername', 'Passwort'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd())
    .join('\n');
}

async function main(): Promise<void> {
  const since = Number(process.env.DATENRAUM_STARTED ?? Date.now());
  const dataDir = process.env.DATENRAUM_DATA ?? '.data';
  const stop = new AbortController();
  let local: Local | undefined;
  const end = (): void => {
    if (stop.signal.aborted) return;
    console.log('\nWird beendet …');
    stop.abort();
    if (local) void local.close().then(() => process.exit(0));
  };
  // from the first moment on: a start that is broken off stops what it has started
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // a closed terminal takes the output away, not the orderly end
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  // started by `npm start`: when that is gone, so is the reason to run
  process.on('disconnect', end);

  try {
    local = await startLocal({
      dataDir,
      ports: portsFrom(process.env),
      fresh: process.argv.includes('--fresh'),
      governanceDir: process.argv.includes('--baseline') ? 'config/governance-baseline' : process.env.GOVERNANCE_DIR,
      logLevel: process.env.LOG_LEVEL,
      onProgress: (doing) => console.log(`  … ${doing}`),
      signal: stop.signal,
    });
  } catch (error) {
    if (stop.signal.aborted) process.exit(130);
    throw error;
  }
  if (stop.signal.aborted) return void local.close().then(() => process.exit(130));
  console.log(`
Anmeldungen (alle Personen sind erfunden):

${signIns(local.roles)}

  Portal        ${local.portal}
  Schnittstelle ${local.api}/v1/openapi.json
  Datentor      ${local.gateway}
  Anmeldung     ${local.issuer}
  Protokoll     ${local.api}/audit/${new Date().getUTCFullYear()}/checkpoint
  Daten         ${dataDir}  (neu beginnen: npm start -- --fresh)

Bereit nach ${((Date.now() - since) / 1000).toFixed(1)} s. Beenden mit Strg-C.`);
}

main().catch((error: unknown) => {
  if (error instanceof LocalFault || error instanceof ConfigFault) console.error(`\n${error.message}`);
  else
    console.error(
      error,
      '\nDas war nicht vorgesehen. Liegt es an den Daten, beginnt „npm start -- --fresh“ neu; die bisherigen Daten werden dabei gelöscht.',
    );
  process.exit(1);
});
