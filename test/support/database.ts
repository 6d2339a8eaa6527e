import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, migrate, readConfig } from '#lib/kernel';
import { Client } from 'pg';
import { databaseShape } from '../../apps/migrate/src/stages';
import { type Addresses, testServer } from './test-server';

/** A database of its own for one test file: a clone of a template that has all migrations. */
export interface TestDatabase {
  name: string;
  config: Config;
  /** as the owner of all tables: for looking behind the product and for breaking things on purpose */
  owner: Client;
  /** address as one of the product's roles */
  url(role: 'owner' | 'app' | 'sealer'): string;
  close(): Promise<void>;
}

export const TEMPLATE_LOCK = 4_711_0038;

/** Another shape of the database, another template: a server may outlive the code that made one. */
const templateName = (): string => {
  const shape = [
    ...databaseShape.migrations.map(({ name }) => name),
    ...databaseShape.repeatable.map(({ text }) => text),
  ];
  return `template_${createHash('sha256').update(shape.join('\0')).digest('hex').slice(0, 12)}`;
};

/** The first test file makes the template, the others wait for it. */
export async function ensureTemplate(admin: Client, { owner }: Addresses): Promise<string> {
  const name = templateName();
  await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) {
      await admin.query(`DROP DATABASE IF EXISTS ${name}_making`); // left by a migration that failed
      await admin.query(`CREATE DATABASE ${name}_making OWNER datenraum_owner`);
      await migrate(owner.replace('DATABASE', `${name}_making`), databaseShape);
      await admin.query(`ALTER DATABASE ${name}_making RENAME TO ${name}`);
    }
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
  return name;
}

/** The configuration of a test: the given database, a free port everywhere, folders that go with it. */
export function testConfig(
  urls: { app: string; owner: string; sealer: string },
  folder: string,
  more: Record<string, string> = {},
): Config {
  return readConfig({
    DATENRAUM_ENV: 'test',
    DATABASE_URL: urls.app,
    DATABASE_OWNER_URL: urls.owner,
    DATABASE_SEALER_URL: urls.sealer,
    DATABASE_POOL: '8',
    OIDC_ISSUER: 'http://127.0.0.1:1/realms/datenraum',
    OBJECT_STORE_DIR: join(folder, 'objects'),
    AUDIT_KEY_FILE: join(folder, 'audit.pem'),
    PORTAL_CLIENT_SECRET: randomBytes(24).toString('hex'),
    PORTAL_SESSION_SECRET: randomBytes(24).toString('hex'),
    PORTAL_PORT: '0',
    API_PORT: '0',
    GATEWAY_PORT: '0',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...more,
  });
}

export const aDatabase = (more: Record<string, string> = {}): Promise<TestDatabase> =>
  fromTemplate(more, ensureTemplate);

/** Nothing in it: for tests of how a database comes to its shape. */
export const anEmptyDatabase = (): Promise<TestDatabase> => fromTemplate({}, async () => 'template1');

/** Tests may ask at once; a connection answers one by one. */
function oneByOne(client: Client): Client {
  const query = client.query.bind(client) as (...asked: unknown[]) => Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  const queued = (...asked: unknown[]): Promise<unknown> => {
    const answer = last.then(() => query(...asked));
    last = answer.catch(() => undefined);
    return answer;
  };
  return Object.assign(client, { query: queued });
}

export interface PreparedDatabase {
  /** a database with what was prepared, for one test */
  clone(): Promise<TestDatabase>;
  close(): Promise<void>;
}

/** For a file whose every test begins with the same costly steps: they are done once, and each test gets a clone. */
export async function aPreparedDatabase(prepare: (db: TestDatabase) => Promise<void>): Promise<PreparedDatabase> {
  const prepared = await aDatabase();
  await prepare(prepared);
  await prepared.owner.end(); // cloning needs a quiet template
  return { clone: () => fromTemplate({}, async () => prepared.name), close: prepared.close };
}

/** A clone of the template that `from` names. */
export async function fromTemplate(
  more: Record<string, string>,
  from: (admin: Client, all: Addresses) => Promise<string>,
): Promise<TestDatabase> {
  const all = await testServer();
  const admin = new Client({ connectionString: all.admin });
  await admin.connect();
  const name = `test_${randomBytes(6).toString('hex')}`;
  try {
    const template = await from(admin, all);
    // cloning needs a quiet template; two clones at once are fine, a migration run is not
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER datenraum_owner`);
  } finally {
    await admin.end();
  }
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-file-'));
  const url = (role: 'owner' | 'app' | 'sealer'): string => all[role].replace('DATABASE', name);
  const owner = oneByOne(new Client({ connectionString: url('owner') }));
  await owner.connect();
  return {
    name,
    config: testConfig({ app: url('app'), owner: url('owner'), sealer: url('sealer') }, folder, more),
    owner,
    url,
    close: async () => {
      await owner.end();
      rmSync(folder, { recursive: true, force: true });
      const again = new Client({ connectionString: all.admin });
      await again.connect();
      await again.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await again.end();
    },
  };
}
