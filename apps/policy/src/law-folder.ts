import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { type Capabilities, EVERYTHING, faultText, type Ruleset, RulesetFault, type Source } from '#lib/policy';
import type { SourceText } from '#lib/law';
import { compile, parseTexts, readFolder } from '#lib/rulebook';
import { UsageFault } from './usage-fault';

/** A law book with the parsed texts it was made of (cases included). */
export interface ReadLaw {
  name: string;
  ruleset: Ruleset;
  sources: Source[];
}

export const SHIPPED = 'config/governance';
/** The version in force of the database. */
const IN_FORCE = 'geltend';

/** Paths are meant from where the person stands, not from where npm went. */
export const fromHere = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/**
 * Reads a folder, or with DATABASE_URL the version of a number or the one in force. Throws UsageFault or RulesetFault. `capabilities`: of the
 * program that decides by it; without them it says what the law book means, whatever is built.
 */
export async function readLaw(
  name: string,
  databaseUrl?: string,
  capabilities: Capabilities = EVERYTHING,
): Promise<ReadLaw> {
  const law = (called: string, texts: readonly SourceText[]): ReadLaw => ({
    name: called,
    ruleset: compile(texts, capabilities),
    sources: parseTexts(texts),
  });
  if (name === IN_FORCE || /^\d+$/.test(name)) {
    const { version, sources } = await versionTexts(name, databaseUrl);
    return law(`Fassung ${version}${name === IN_FORCE ? ', in Kraft' : ''}`, sources);
  }
  const folder = name === SHIPPED ? resolve(SHIPPED) : fromHere(name);
  const there = await readdir(folder).catch(() => null);
  if (!there) throw new UsageFault(`Der Ordner \`${name}\` ist nicht lesbar.`);
  const texts = await readFolder(folder);
  if (texts.length === 0) throw new UsageFault(`Im Ordner \`${name}\` steht kein Regelwerk (keine YAML-Datei).`);
  return law(name, texts);
}

/** All faults of a law book, one line each. */
export const faultLines = (fault: RulesetFault): string[] => fault.faults.map(faultText);

interface StoredText {
  version: number;
  sources: SourceText[];
}

async function versionTexts(name: string, databaseUrl?: string): Promise<StoredText> {
  if (!databaseUrl) throw new UsageFault(`\`${name}\` meint eine Fassung. Dafür muss DATABASE_URL gesetzt sein.`);
  return readOnly(databaseUrl, async (db) => {
    const { rows } = await db.query<StoredText>(
      `SELECT version, sources FROM law.version WHERE ${name === IN_FORCE ? 'id = law.in_force()' : 'version::text = $1'}`,
      name === IN_FORCE ? [] : [name],
    );
    if (!rows[0]) throw new UsageFault(`Eine Fassung \`${name}\` gibt es nicht.`);
    return rows[0];
  });
}

/** A look into the database of an installation: nothing can be written, all rows can be seen. */
export async function readOnly<T>(databaseUrl: string, work: (db: Client) => Promise<T>): Promise<T> {
  const db = new Client({ connectionString: databaseUrl });
  try {
    await db.connect();
    await db.query(`BEGIN READ ONLY; SELECT set_config('app.system', 'on', true)`);
    return await work(db);
  } catch (error) {
    if (error instanceof UsageFault || error instanceof RulesetFault) throw error;
    throw new UsageFault(
      `Die Datenbank aus DATABASE_URL antwortet nicht: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await db.end().catch(() => undefined);
  }
}
