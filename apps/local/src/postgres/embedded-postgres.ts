import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { makeCluster, mustOwn } from './cluster';
import { stopLeftOver } from './left-over';
import { LocalFault } from './local-fault';
import { openDataDir, openPrograms } from './open-place';
import { binaries, postgresUser, restoreLinks } from './programs';
import { createRoles } from './roles-and-databases';

/**
 * The real PostgreSQL that ships inside an npm package, started for local use and tests. It is the local default only;
 * a city runs a managed PostgreSQL. Loopback only. Passwords are made at the first start and stay in the data folder.
 */
export interface EmbeddedPostgres {
  port: number;
  /** connection address as one of the product's roles, or as the cluster's administrator */
  url(role: 'postgres' | 'datenraum_owner' | 'datenraum_app' | 'datenraum_sealer', database: string): string;
  /** asks the server to stop (fast mode) and waits for it */
  stop(): Promise<void>;
  pid: number;
  /** where the data really lies */
  dataDir: string;
}

export interface EmbeddedPostgresOptions {
  /** folder of its own; made if missing */
  dataDir: string;
  /** 0 picks a free port */
  port: number;
  /** `fast` gives up durability: for throw-away test clusters only */
  durability: 'real' | 'fast';
  /** given: a server that ends unasked is started again, and this is told; else it stays away */
  onRestart?: (doing: string) => void;
}

const RESTART_PAUSE = 500;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

export async function startEmbeddedPostgres({
  dataDir: named,
  port: wanted,
  durability,
  onRestart,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const installed = binaries();
  restoreLinks(installed);
  const as = postgresUser();
  mkdirSync(dirname(named), { recursive: true });
  const foreign = as.uid !== undefined;
  const native = foreign ? openPrograms(installed) : installed;
  const dataDir = foreign ? openDataDir(named) : named;
  const passwords = join(dirname(named), 'postgres-passwords.json');
  const secret = (): Record<string, string> => JSON.parse(readFileSync(passwords, 'utf8')) as Record<string, string>;

  if (!existsSync(join(dataDir, 'PG_VERSION')))
    await makeCluster({ named, dataDir, native, as, passwords, durability });
  else mustOwn(dataDir);
  await stopLeftOver(dataDir);

  const port = wanted === 0 ? await freePort() : wanted;
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=128MB',
    'log_min_messages=fatal',
  ];
  if (durability === 'fast') settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  let errors = '';
  let stopping = false;
  // a process group of its own: Ctrl-C must stop the apps before their database
  const start = (): ChildProcess => {
    const made = spawn(
      join(native, 'bin', 'postgres'),
      ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      {
        ...as,
        cwd: dataDir,
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, LC_ALL: 'C' },
      },
    );
    made.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-2000)));
    made.once('error', (error) => (errors += error.message));
    return made;
  };
  let server = start();

  const url: EmbeddedPostgres['url'] = (role, database) =>
    `postgres://${role}:${secret()[role]}@127.0.0.1:${port}/${database}`;
  const admin = await firstConnection(
    url('postgres', 'postgres'),
    () => server.exitCode !== null || server.signalCode !== null,
  ).catch(() => {
    server.kill('SIGKILL');
    throw new LocalFault(`PostgreSQL ist auf Port ${port} nicht gestartet: ${errors.trim() || 'keine Antwort'}`);
  });
  try {
    await createRoles(admin, secret());
  } finally {
    await admin.end();
  }
  // killed, it starts again: what was committed is there, what was not is rolled back. The backends of the old one need
  // a moment to notice, and hold its shared memory until then.
  const watch = (): void => {
    server.unref();
    (server.stderr as unknown as { unref?: () => void }).unref?.();
    if (!onRestart) return;
    server.once('exit', (code, signal) => {
      if (stopping) return;
      onRestart(`Datenbank neu starten (beendet mit ${signal ?? code})`);
      setTimeout(() => {
        if (stopping) return;
        server = start();
        watch();
      }, RESTART_PAUSE);
    });
  };
  watch();
  return {
    port,
    url,
    get pid() {
      return server.pid!;
    },
    dataDir,
    stop: async () => {
      stopping = true;
      server.ref(); // else a process with nothing else to do ends while it waits, without a word
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      server.kill('SIGINT');
      await ended;
    },
  };
}

async function firstConnection(url: string, gone: () => boolean): Promise<Client> {
  for (let i = 0; i < 600; i++) {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (gone()) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error('no answer');
}
