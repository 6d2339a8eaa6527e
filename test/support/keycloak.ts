import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  copyFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { REALM_FILE, realmSecrets, type TestProvider } from './identity-provider';

// The newest release seen to run on Java 17.
const VERSION = '26.7.3';
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;
const STARTS_WITHIN_MS = 240_000;

/** Why real Keycloak can not be had here, or null. Downloads it when it is not in the cache yet. */
export function keycloakMissing(): string | null {
  if (process.env.DATENRAUM_KEYCLOAK !== '1') return 'set DATENRAUM_KEYCLOAK=1 to run these tests on it as well';
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    unpacked();
    return null;
  } catch (err) {
    return `Java 17, Maven and unzip are needed, and the artifact ${ARTIFACT}: ${String(err)}`;
  }
}

/**
 * Real Keycloak with our realm file, on a free port of this machine, with a database of its own that is thrown away.
 * The distribution comes through Maven once and is kept in the user's cache.
 * @throws Error when Java or Maven are missing, the download fails or Keycloak does not start; its log is named
 */
export async function startKeycloak(portalUrl?: string): Promise<TestProvider & { version: string }> {
  const distribution = unpacked();
  const home = mkdtempSync(join(tmpdir(), 'datenraum-keycloak-'));
  // a start writes into the distribution (build, database, import): each one gets its own copy
  cpSync(distribution, home, { recursive: true });
  mkdirSync(join(home, 'data/import'), { recursive: true });
  copyFileSync(REALM_FILE, join(home, 'data/import/realm-datenraum.json'));
  const { placeholders, ...secrets } = realmSecrets(portalUrl);
  const port = await freePort();
  const managementPort = await freePort();
  const logFile = join(home, 'keycloak.log');
  const log = openSync(logFile, 'w');
  const child = spawn(
    join(home, 'bin/kc.sh'),
    [
      'start-dev',
      '--import-realm',
      '--http-host=127.0.0.1',
      `--http-port=${port}`,
      `--http-management-port=${managementPort}`,
    ],
    {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...jsonEscaped(placeholders), JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx768m' },
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  const issuer = `http://127.0.0.1:${port}/realms/datenraum`;
  const until = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    const answers = await fetch(`${issuer}/.well-known/openid-configuration`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (answers) return { issuer, version: VERSION, ...secrets, close };
    if (child.exitCode !== null || Date.now() > until) {
      const last = readFileSync(logFile, 'utf8').slice(-3_000);
      await close();
      throw new Error(`Keycloak ${VERSION} did not start:\n${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Keycloak replaces placeholders in the text of the realm file, so a value must come as it stands inside a JSON string. */
function jsonEscaped(placeholders: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(placeholders).map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]),
  );
}

/** @returns the folder of the unpacked distribution; if we die while unpacking, the next start begins anew */
function unpacked(): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'datenraum');
  const target = join(cache, `keycloak-${VERSION}`);
  if (existsSync(join(target, 'bin/kc.sh'))) return target;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'unpack-'));
  writeFileSync(join(work, 'pom.xml'), POM);
  execFileSync(
    'mvn',
    [
      '-q',
      '-B',
      'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy',
      `-Dartifact=${ARTIFACT}`,
      `-DoutputDirectory=${work}`,
    ],
    {
      cwd: work,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  execFileSync('unzip', ['-q', join(work, `keycloak-quarkus-dist-${VERSION}.zip`), '-d', work]);
  renameSync(join(work, `keycloak-${VERSION}`), target);
  rmSync(work, { recursive: true, force: true });
  return target;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>datenraum</groupId><artifactId>keycloak-for-tests</artifactId><version>1</version><packaging>pom</packaging></project>`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
