import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { SUPPORTED } from '#lib/exchange';
import { faultText, type Ruleset, RulesetFault, type Source } from '#lib/policy';
import { compile, parseTexts, readFolder, type SourceText } from '#lib/rulebook';
import { UsageFault } from './usage-fault';

/** A law book with the parsed texts it was made of (cases included). */
export interface ReadLaw {
  name: string;
  ruleset: Ruleset;
  sources: Source[];
}

export const SHIPPED = 'config/governance';

/** Paths are meant from where the person stands, not from where npm went. */
export const fromHere = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** Reads a folder, or with DATABASE_URL the version of a number. Throws UsageFault or RulesetFault. */
export async function readLaw(name: string, databaseUrl?: string): Promise<ReadLaw> {
  if (/^\d+$/.test(name)) return law(`Fassung ${name}`, await versionTexts(Number(name), databaseUrl));
  const folder = name === SHIPPED ? resolve(SHIPPED) : fromHere(name);
  const there = await readdir(folder).catch(() => null);
  if (!there) throw new UsageFault(`Der Ordner \`${name}\` ist nicht lesbar.`);
  const texts = await readFolder(folder);
  if (texts.length === 0) throw new UsageFault(`Im Ordner \`${name}\` steht kein Regelwerk (keine YAML-Datei).`);
  return law(name, texts);
}

/** All faults of a law book, one line each. */
export const faultLines = (fault: RulesetFault): string[] => fault.faults.map(faultText);

/**
 * What the law book means, whatever steps the program has built: a chain is shown whole. Obligations without an
 * enforcer stay a fault, because such a rule can not come into force.
 */
function law(name: string, texts: readonly SourceText[]): ReadLaw {
  return { name, ruleset: compile(texts, SUPPORTED), sources: parseTexts(texts) };
}

async function versionTexts(version: number, databaseUrl?: string): Promise<SourceText[]> {
  if (!databaseUrl)
    throw new UsageFault(`\`${version}\` ist die Nummer einer Fassung. Dafür muss DATABASE_URL gesetzt sein.`);
  return readOnly(databaseUrl, async (db) => {
    const { rows } = await db.query<{ sources: SourceText[] }>(
      'SELECT sources FROM rulebook.ruleset_version WHERE version = $1',
      [version],
    );
    if (!rows[0]) throw new UsageFault(`Eine Fassung \`${version}\` gibt es nicht.`);
    return rows[0].sources;
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
