import { systemActing, UnitOfWork } from '#lib/kernel';
import { Rulebook, rulebookEntities, RulebookModule } from '#lib/rulebook';
import type { Client } from 'pg';
import type { TestDatabase } from './database';
import { GOVERNANCE } from './law';
import { aStage } from './stage';

/** The law that ships (or of another folder) comes into force on an empty database: for stages that stand before the rulebook. */
export async function putLawInForce(db: TestDatabase, folder = GOVERNANCE): Promise<void> {
  const app = await aStage(db, [RulebookModule], rulebookEntities);
  await app.get(UnitOfWork).run(systemActing('setup'), (tx) => app.get(Rulebook).install(tx, folder));
  await app.close();
}

/** A version that a test puts into force past its adoption has the roles of the first, as the adoption would have written them down. */
export async function withRolesOfTheFirst(db: Pick<Client, 'query'>, versionId: string): Promise<void> {
  for (const [table, columns] of [
    ['version_role', 'code, delegable'],
    ['version_accountability', 'unit_kind, role'],
    ['version_conflict', 'role, other, reach'],
  ])
    await db.query(
      `INSERT INTO law.${table} (version_id, ${columns}) SELECT $1, ${columns} FROM law.${table}
        WHERE version_id = (SELECT id FROM law.version WHERE version = 1) ON CONFLICT DO NOTHING`,
      [versionId],
    );
}
