import { type ChildProcess, fork } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, closeWithin, readConfig } from '#lib/kernel';
import { startApi } from '../../api/src/api';
import { startGateway } from '../../gateway/src/gateway';
import { prepare } from '../../migrate/src/prepare';
import { startPortal } from '../../portal/src/portal';
import { startWorker } from '../../worker/src/worker';
import { startIdentityProvider } from './identity-provider';
import { demandFree, type Ports } from './ports';
import { type EmbeddedPostgres, ensureDatabase, LocalFault, startEmbeddedPostgres, stopLeftOver } from './postgres/embedded-postgres';
import { type LocalSecrets, localSecrets, realmPlaceholders } from './secrets';

export interface LocalOptions {
  dataDir: string;
  ports: Ports;
  /** begin anew: what is in the data folder is deleted */
  fresh?: boolean;
  /** load the fictional people and synthetic products of the pilot domain */
  pilot?: boolean;
  logLevel?: string;
  onProgress?: (doing: string) => void;
}

/** A running data space on this machine. */
export interface Local {
  config: Config;
  portal: string;
  api: string;
  gateway: string;
  issuer: string;
  secrets: LocalSecrets;
  postgres: EmbeddedPostgres;
  close(): Promise<void>;
}

const DATABASE = 'datenraum';

/**
 * Starts everything on this machine: embedded PostgreSQL, the development identity provider, portal, api, gateway and
 * worker in this process, the sealer (alone with the log key) as a child. If this process is killed, the sealer ends
 * with it; PostgreSQL lives on and is stopped cleanly by the next start.
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const say = options.onProgress ?? (() => undefined);
  const dataDir = await usableFolder(options.dataDir, options.fresh ?? false);
  const started: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    // in reverse order: nobody loses what it needs to end well
    for (const stop of started.splice(0).reverse()) await stop().catch(() => undefined);
  };
  try {
    const { ports } = options;
    const others = { ...ports, postgres: ports.portal };
    await demandFree(others);

    say('Datenbank starten');
    const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), port: ports.postgres, durability: 'real' });
    started.push(() => postgres.stop());
    await ensureDatabase(postgres, DATABASE);

    say('Anmeldung starten');
    const secrets = localSecrets(dataDir);
    const portalUrl = `http://127.0.0.1:${ports.portal}`;
    const identity = await startIdentityProvider({
      realmFile: 'docker/keycloak/realm-datenraum.json',
      port: ports.identity,
      placeholders: realmPlaceholders(secrets, portalUrl),
      stateDir: join(dataDir, 'identity'),
    });
    started.push(() => identity.close());

    const environment = localEnvironment(dataDir, ports, postgres, secrets, identity.issuer, options.logLevel ?? 'warn');
    const config = readConfig(environment);
    await prepare(config, { pilotDir: options.pilot === false ? undefined : 'config/pilot', onProgress: say });

    say('Anwendungen starten');
    const sealer = startSealer(environment);
    started.push(() => endChild(sealer));
    const worker = await startWorker(config);
    started.push(() => worker.close());
    for (const start of [startApi, startGateway, startPortal]) {
      const { app } = await start(config);
      started.push(() => closeWithin(app, 3_000));
    }
    return { config, portal: portalUrl, api: config.api.url, gateway: config.gateway.url, issuer: identity.issuer, secrets, postgres, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function usableFolder(wanted: string, fresh: boolean): Promise<string> {
  const dataDir = resolve(wanted);
  try {
    if (fresh) {
      await stopLeftOver(join(dataDir, 'postgres'));
      rmSync(dataDir, { recursive: true, force: true });
    }
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new LocalFault(`Der Datenordner ${wanted} ist nicht les- und schreibbar: geben Sie sich die Rechte, oder wählen Sie mit DATENRAUM_DATA einen anderen Ordner.`);
  }
  return dataDir;
}

function localEnvironment(dataDir: string, ports: Ports, postgres: EmbeddedPostgres, secrets: LocalSecrets, issuer: string, logLevel: string): Record<string, string> {
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    DATENRAUM_ENV: 'development',
    DATABASE_URL: postgres.url('datenraum_app', DATABASE),
    DATABASE_OWNER_URL: postgres.url('datenraum_owner', DATABASE),
    DATABASE_SEALER_URL: postgres.url('datenraum_sealer', DATABASE),
    OIDC_ISSUER: issuer,
    OIDC_CLIENTS: 'datenraum-portal,datenraum-cli,umweltamt-fachverfahren',
    PORTAL_URL: at(ports.portal),
    PORTAL_PORT: String(ports.portal),
    PORTAL_CLIENT_SECRET: secrets.portalClientSecret,
    PORTAL_SESSION_SECRET: secrets.sessionSecret,
    API_URL: at(ports.api),
    API_PORT: String(ports.api),
    GATEWAY_URL: at(ports.gateway),
    GATEWAY_PORT: String(ports.gateway),
    AUDIT_ORIGIN: 'datenraum.local/audit',
    AUDIT_KEY_FILE: join(dataDir, 'log', 'audit.pem'),
    OBJECT_STORE_DIR: join(dataDir, 'objects'),
    LOG_LEVEL: logLevel,
  };
}

function startSealer(environment: Record<string, string>): ChildProcess {
  const program = join(__dirname, '../../sealer/src/main.js');
  if (!existsSync(program)) throw new LocalFault('Das Programm ist nicht gebaut: bitte zuerst „npm run build“ aufrufen.');
  mkdirSync(join(environment.AUDIT_KEY_FILE!, '..'), { recursive: true, mode: 0o700 });
  return fork(program, [], { env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}
