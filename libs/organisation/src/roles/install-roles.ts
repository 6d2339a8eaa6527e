import type { Tx } from '#lib/kernel';
import { type RoleCatalogue, RolesFault } from './roles';

/**
 * Copies what the database itself has to know of the roles: which there are, who answers for the products of which units,
 * which may be delegated, and what must not meet in one person. The last only grows; loosening it is a migration. Needs a
 * system transaction. Throws RolesFault for a role that somebody holds or held and that is not described any more.
 */
export async function installRoles(tx: Tx, roles: RoleCatalogue): Promise<void> {
  const held = await tx.sql<{ role: string }>('SELECT DISTINCT role FROM organisation.appointment ORDER BY role');
  const lost = held.filter(({ role }) => !roles.has(role));
  if (lost.length > 0)
    throw new RolesFault(
      lost.map(({ role }) => `die Rolle \`${role}\` wurde schon vergeben und muss beschrieben bleiben`),
    );

  for (const { code, delegable, answersForProductsOf } of roles.all) {
    await tx.sql(
      `INSERT INTO organisation.role (code, delegable) VALUES ($1, $2)
       ON CONFLICT (code) DO UPDATE SET delegable = excluded.delegable WHERE role.delegable <> excluded.delegable`,
      [code, delegable],
    );
    await tx.sql(
      `INSERT INTO organisation.accountability (unit_kind, role) SELECT kind, $1 FROM unnest($2::text[]) AS kind
       ON CONFLICT (unit_kind) DO UPDATE SET role = excluded.role WHERE accountability.role <> excluded.role`,
      [code, answersForProductsOf],
    );
  }
  for (const { role, other, reach } of roles.conflicts) {
    await tx.sql(
      'INSERT INTO organisation.role_conflict (role, other, reach) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [role, other, reach],
    );
  }
}
