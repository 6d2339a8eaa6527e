import { auditMigrations } from '#lib/audit';
import { catalogueMigrations } from '#lib/catalogue';
import { kernelMigrations, type MigrationClass } from '#lib/kernel';
import { organisationMigrations } from '#lib/organisation';
import { portalMigrations } from '../../portal/src/migrations';

/** Every table of the product, stage by stage. A stage that gains tables adds its line here. */
export const allMigrations: MigrationClass[] = [...kernelMigrations, ...organisationMigrations, ...catalogueMigrations, ...auditMigrations, ...portalMigrations];
