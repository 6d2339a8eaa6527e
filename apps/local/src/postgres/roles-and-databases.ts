import { Client } from 'pg';

/** The four roles of the product (see docker/postgres-roles.sql for a managed server). */
export async function createRoles(admin: Client, passwords: Record<string, string>): Promise<void> {
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
export async function ensureDatabase(
  server: { url(role: 'postgres', database: string): string },
  name: string,
  template?: string,
): Promise<void> {
  const admin = new Client({ connectionString: server.url('postgres', 'postgres') });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount)
      await admin.query(`CREATE DATABASE "${name}" OWNER datenraum_owner${template ? ` TEMPLATE "${template}"` : ''}`);
  } finally {
    await admin.end();
  }
}
