import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { parse, stringify } from 'yaml';
import { prepare } from '../../apps/migrate/src/prepare';
import { ensureTemplate, fromTemplate, TEMPLATE_LOCK, testConfig, type TestDatabase } from './database';
import { GOVERNANCE } from './law';
import type { Addresses } from './test-server';

const PILOT = join(GOVERNANCE, '../pilot');

/** Which products of the pilot domain: its people alone, all, or the one with this key. */
export type PilotProductsOf = 'none' | 'all' | { only: string };

/**
 * A database with the law that ships in force and the pilot domain, prepared as an installation is: once in a run, and
 * cloned for each test file. Its people have their accounts at the issuer that `more` names.
 */
export async function aPilotDatabase(
  more: Record<string, string> = {},
  products: PilotProductsOf = 'none',
): Promise<TestDatabase> {
  let made = '';
  const db = await fromTemplate(more, async (admin, all) => (made = await ensurePilot(admin, all, products)));
  cpSync(objectsOf(made), db.config.objectStoreDir, { recursive: true });
  await db.owner.query(`SET app.system = 'on'`);
  for (const table of ['account', 'machine_client'])
    await db.owner.query(`UPDATE organisation.${table} SET iss = $1`, [db.config.oidc.issuer]);
  await db.owner.query('RESET app.system');
  return db;
}

const objectsOf = (name: string): string => join(process.env.DATENRAUM_TEST_FOLDER!, name, 'objects');

/** The first test file that asks makes it, the others wait. */
async function ensurePilot(admin: Client, all: Addresses, products: PilotProductsOf): Promise<string> {
  const empty = await ensureTemplate(admin, all);
  const name = `pilot_${digest([empty, JSON.stringify(products), ...texts(GOVERNANCE), ...texts(PILOT)])}`;
  await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return name;
    const making = `${name}_making`;
    await admin.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`); // left by one that failed
    rmSync(join(objectsOf(name), '..'), { recursive: true, force: true });
    await admin.query(`CREATE DATABASE ${making} TEMPLATE ${empty} OWNER datenraum_owner`);
    const [app, owner, sealer] = [all.app, all.owner, all.sealer].map((url) => url.replace('DATABASE', making));
    mkdirSync(objectsOf(name), { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'datenraum-pilot-'));
    try {
      const config = testConfig({ app: app!, owner: owner!, sealer: sealer! }, folder, {
        OBJECT_STORE_DIR: objectsOf(name),
        GOVERNANCE_DIR: GOVERNANCE,
      });
      await prepare(config, { pilotDir: pilotOf(products, folder) });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await admin.query(`ALTER DATABASE ${making} RENAME TO ${name}`);
    return name;
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

/** The pilot domain with all its people and these products: each costs two processes that read a file. */
function pilotOf(wanted: PilotProductsOf, folder: string): string {
  if (wanted === 'all') return PILOT;
  const pilot = join(folder, 'pilot');
  cpSync(PILOT, pilot, { recursive: true });
  const { products } = parse(readFileSync(join(PILOT, 'products.yaml'), 'utf8'), { merge: true }) as {
    products: { key: string }[];
  };
  const kept = products.filter(({ key }) => wanted !== 'none' && key === wanted.only);
  if (wanted !== 'none' && kept.length === 0) throw new Error(`the pilot domain has no product ${wanted.only}`);
  writeFileSync(join(pilot, 'products.yaml'), stringify({ products: kept }));
  return pilot;
}

/** Another law book or pilot domain, another template: a server may outlive the files it was prepared from. */
const texts = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);
