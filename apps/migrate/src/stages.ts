import { agreementsMigrations } from '#lib/agreements';
import { approvalsMigrations } from '#lib/approvals';
import { auditMigrations } from '#lib/audit';
import { catalogueMigrations } from '#lib/catalogue';
import { exchangeMigrations } from '#lib/exchange';
import { identityMigrations } from '#lib/identity';
import { kernelMigrations, type MigrationClass } from '#lib/kernel';
import { organisationMigrations } from '#lib/organisation';
import { requestsMigrations } from '#lib/requests';
import { rulebookMigrations } from '#lib/rulebook';

/** Every table of the product, stage by stage. A stage that gains tables adds its line here. */
export const allMigrations: MigrationClass[] = [
  ...kernelMigrations,
  ...identityMigrations,
  ...organisationMigrations,
  ...rulebookMigrations,
  ...catalogueMigrations,
  ...requestsMigrations,
  ...approvalsMigrations,
  ...agreementsMigrations,
  ...exchangeMigrations,
  ...auditMigrations,
];
