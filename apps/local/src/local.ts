import { join } from 'node:path';
import { type Config, closeWithin, readConfig } from '#lib/kernel';
import type { RoleCatalogue } from '#lib/policy';
import { warmUp } from '#lib/rulebook';
import { startApi } from '../../api/src/api';
import { startGateway } from '../../gateway/src/gateway';
import { prepare } from '../../migrate/src/prepare';
import { startPortal } from '../../portal/src/portal';
import { startWorker } from '../../worker/src/worker';
import { takeFolder } from './data-folder';
import { startIdentityProvider } from './identity-provider';
import { demandFree, type Ports } from './ports';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './postgres/embedded-postgres';
import { stopLeftOver } from './postgres/left-over';
import { ensureDatabase } from './postgres/roles-and-databases';
import { keepSealer } from './sealer-child';
import { type LocalSecrets, localSecrets, realmPlaceholders } from './secrets';

export interface LocalOptions {
  dataDir: string;
  ports: Ports;
  /** begin anew: what is in the data folder is deleted */
  fresh?: boolean;
  /** load the fictional people and synthetic products of the pilot domain */
  pilot?: boolean;
  /** folder of the law book an empty database begins with; later it is only proposed */
  governanceDir?: string | undefined;
  logLevel?: string;
  onProgress?: (doing: string) => void;
  /** gives up a start that is under way; what was started is stopped again */
  signal?: AbortSignal;
}

/** A running data space on this machine. */
export interface Local {
  config: Config;
  portal: string;
  api: string;
  gateway: string;
  issuer: string;
  secrets: LocalSecrets;
  /** of the law in force */
  roles: RoleCatalogue;
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
  const say = (doing: string): void => {
    options.signal?.throwIfAborted();
    options.onProgress?.(doing);
  };
  const { dataDir, release } = await takeFolder(options.dataDir, options.fresh ?? false);
  const started: (() => unknown)[] = [release];
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    closing.abort();
    // in reverse order: nobody loses what it needs to end well
    for (const stop of started.splice(0).reverse()) await Promise.resolve(stop()).catch(() => undefined);
  };
  try {
    const { ports } = options;
    // what a killed start left running must not look like another program
    await stopLeftOver(join(dataDir, 'postgres'));
    await demandFree(ports);

    say('Datenbank starten');
    const postgres = await startEmbeddedPostgres({
      dataDir: join(dataDir, 'postgres'),
      port: ports.postgres,
      durability: 'real',
      onRestart: options.onProgress,
    });
    started.push(() => postgres.stop());
    if (postgres.dataDir !== join(dataDir, 'postgres'))
      say(
        `Datenbank liegt in ${postgres.dataDir}, weil PostgreSQL nicht als root läuft und ${dataDir} nur root zugänglich ist`,
      );
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

    const environment = localEnvironment(
      dataDir,
      ports,
      postgres,
      secrets,
      identity.issuer,
      options.logLevel ?? 'warn',
    );
    const config = readConfig({ ...environment, GOVERNANCE_DIR: options.governanceDir });
    const { roles } = await prepare(config, {
      pilotDir: options.pilot === false ? undefined : 'config/pilot',
      onProgress: say,
    });

    say('Anwendungen starten');
    const sealer = keepSealer(environment, closing.signal, options.onProgress);
    started.push(() => sealer.end());
    // these four need nothing of each other: they start one after the other and end together
    const apps: (() => Promise<unknown>)[] = [];
    started.push(() => Promise.all(apps.map((end) => end())));
    const worker = await startWorker(config);
    apps.push(() => worker.close());
    for (const start of [startApi, startGateway, startPortal]) {
      const { app } = await start(config);
      apps.push(() => closeWithin(app, 2_000));
      await warmUp(app);
      options.signal?.throwIfAborted();
    }
    return {
      config,
      portal: portalUrl,
      api: config.api.url,
      gateway: config.gateway.url,
      issuer: identity.issuer,
      secrets,
      roles,
      postgres,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function localEnvironment(
  dataDir: string,
  ports: Ports,
  postgres: EmbeddedPostgres,
  secrets: LocalSecrets,
  issuer: string,
  logLevel: string,
): Record<string, string> {
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
    ...(process.env.MALWARE_SCANNER && { MALWARE_SCANNER: process.env.MALWARE_SCANNER }),
  };
}
