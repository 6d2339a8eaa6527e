import { catalogueEntities, CatalogueModule } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, organisationEntities, OrganisationService } from '#lib/organisation';
import { rulebookEntities } from '#lib/rulebook';
import type { INestApplicationContext } from '@nestjs/common';
import type { TestDatabase } from './database';
import { aPilotDatabase } from './pilot-database';
import { aStage } from './stage';

/** The catalogue at work on a test database: the pilot organisation is loaded and the law that ships is in force. */
export interface PilotCatalogue {
  db: TestDatabase;
  app: INestApplicationContext;
  uow: UnitOfWork;
  /** The person with this number in `config/pilot/organisation.yaml`, as the guard would make them, now. */
  actor(number: number): Promise<Actor>;
  close(): Promise<void>;
}

/** Close it. */
export async function aPilotCatalogue(): Promise<PilotCatalogue> {
  const db = await aPilotDatabase();
  const app = await aStage(db, [CatalogueModule], [...organisationEntities, ...rulebookEntities, ...catalogueEntities]);
  const uow = app.get(UnitOfWork);
  const iss = db.config.oidc.issuer;
  // the owner looks behind the product, past row-level security
  await db.owner.query(`SELECT set_config('app.system', 'on', false)`);
  return {
    db,
    app,
    uow,
    actor: (number) =>
      app.get(OrganisationService).actorFor({
        iss,
        sub: `00000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`,
        clientId: 'test',
        kind: 'person',
        expiresAt: new Date(),
      }),
    close: async () => {
      await app.close();
      await db.close();
    },
  };
}
