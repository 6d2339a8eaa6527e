import type { QueryRunner } from 'typeorm';

/**
 * Renames stored functions of one schema (old name to new name) in a versioned migration, together with every stored
 * function that calls them: PostgreSQL keeps the text of a body, so it would call a name that is gone. Triggers,
 * policies and grants follow by themselves. Migrations rely on it as it is.
 */
export async function renameFunctions(db: QueryRunner, schema: string, names: Record<string, string>): Promise<void> {
  for (const [before, after] of Object.entries(names)) {
    await db.query(`ALTER FUNCTION ${schema}.${before} RENAME TO ${after}`);
    const callers: { definition: string }[] = await db.query(
      `SELECT pg_get_functiondef(p.oid) AS definition FROM pg_proc p
         JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspowner = current_user::regrole
        WHERE p.prosrc ~ $1`,
      [`\\m${schema}\\.${before}\\M`],
    );
    for (const { definition } of callers)
      await db.query(definition.replace(new RegExp(`\\b${schema}\\.${before}\\b`, 'g'), `${schema}.${after}`));
  }
}

/** The same for triggers: `{ table: { before: after } }`. Triggers of one table fire in the order of their names. */
export async function renameTriggers(
  db: QueryRunner,
  schema: string,
  tables: Record<string, Record<string, string>>,
): Promise<void> {
  for (const [table, names] of Object.entries(tables))
    for (const [before, after] of Object.entries(names))
      await db.query(`ALTER TRIGGER ${before} ON ${schema}.${table} RENAME TO ${after}`);
}
