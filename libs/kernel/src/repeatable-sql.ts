import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryRunner } from 'typeorm';

/** One file of SQL that may be run again at any time: a function and its triggers, in their current text. */
export interface RepeatableSql {
  /** `<stage>/sql/<name>.sql`: what a fault is reported by */
  name: string;
  text: string;
}

/** The files `<libs>/<stage>/sql/*.sql`, in the order of the stages and of their names. Throws where there is none. */
export function readRepeatableSql(libs: string, stages: string[]): RepeatableSql[] {
  const files = stages.flatMap((stage) => {
    const folder = join(libs, stage, 'sql');
    const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.sql')) : [];
    return names.sort().map((file) => ({
      name: `${stage}/sql/${file}`,
      text: readFileSync(join(folder, file), 'utf8'),
    }));
  });
  // an installation that lost the folder must not run on the functions of an older version
  if (files.length === 0) throw new Error(`no files of SQL in ${join(libs, '<stage>', 'sql')}`);
  return files;
}

/**
 * Runs what differs from what the database holds, by SHA-256, inside the transaction of `db`; `all` runs every file.
 * Gives the names of the files that ran. Throws with the name of the file that PostgreSQL refused.
 */
export async function runRepeatableSql(db: QueryRunner, files: RepeatableSql[], all: boolean): Promise<string[]> {
  await db.query(
    `CREATE TABLE IF NOT EXISTS migration.repeatable (
       name text PRIMARY KEY, sha256 text NOT NULL, ran_at timestamptz NOT NULL DEFAULT now())`,
  );
  // a trigger is not replaced while a check of its table waits for the commit
  await db.query('SET CONSTRAINTS ALL IMMEDIATE');
  const rows: { name: string; sha256: string }[] = await db.query('SELECT name, sha256 FROM migration.repeatable');
  const known = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  const ran: string[] = [];
  for (const { name, text } of files) {
    const sha256 = createHash('sha256').update(text).digest('hex');
    if (!all && known.get(name) === sha256) continue;
    try {
      await db.query(text);
    } catch (cause) {
      throw new Error(`libs/${name}: ${(cause as Error).message}`, { cause });
    }
    await db.query(
      `INSERT INTO migration.repeatable VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, ran_at = excluded.ran_at`,
      [name, sha256],
    );
    ran.push(name);
  }
  // a file that goes and comes back later is run again
  await db.query('DELETE FROM migration.repeatable WHERE NOT name = ANY ($1)', [files.map(({ name }) => name)]);
  return ran;
}
