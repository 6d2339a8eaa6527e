import type { Tx } from '#lib/kernel';
import type { RoleCatalogue } from '#lib/policy';

/**
 * Writes down for a version what the database itself has to know of its roles: which there are, which may be delegated,
 * who answers for the products of which units, and what must not meet in one person. Belongs into the transaction that
 * adopts the version: the database refuses an adoption without it, and reads the rows of whichever version is in force.
 */
export async function installRoles(tx: Tx, versionId: string, roles: RoleCatalogue): Promise<void> {
  const all = roles.all;
  await tx.sql('INSERT INTO law.role (code) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
    all.map(({ code }) => code),
  ]);
  await tx.sql(
    `INSERT INTO law.version_role (version_id, code, delegable)
       SELECT $1, r.code, r.delegable FROM jsonb_to_recordset($2::jsonb) AS r (code text, delegable boolean)`,
    [versionId, JSON.stringify(all)],
  );
  const answering = all.flatMap(({ code, answersForProductsOf }) =>
    answersForProductsOf.map((kind) => ({ code, kind })),
  );
  await tx.sql(
    `INSERT INTO law.version_accountability (version_id, unit_kind, role)
       SELECT $1, a.kind, a.code FROM jsonb_to_recordset($2::jsonb) AS a (code text, kind text)`,
    [versionId, JSON.stringify(answering)],
  );
  await tx.sql(
    `INSERT INTO law.version_conflict (version_id, role, other, reach)
       SELECT $1, c.role, c.other, c.reach FROM jsonb_to_recordset($2::jsonb) AS c (role text, other text, reach text)`,
    [versionId, JSON.stringify(roles.conflicts)],
  );
}
