import { join } from 'node:path';
import { agreementsMigrations } from '#lib/agreements';
import { approvalsMigrations } from '#lib/approvals';
import { assuranceMigrations } from '#lib/assurance';
import { auditMigrations } from '#lib/audit';
import { catalogueMigrations, catalogueSql } from '#lib/catalogue';
import { exchangeMigrations } from '#lib/exchange';
import { identityMigrations } from '#lib/identity';
import { type DatabaseShape, kernelMigrations, type MigrationClass, readRepeatableSql } from '#lib/kernel';
import { lawMigrations } from '#lib/law';
import { organisationMigrations } from '#lib/organisation';
import { reorganisationMigrations } from '#lib/reorganisation';
import { requestsMigrations } from '#lib/requests';
import { rulebookMigrations } from '#lib/rulebook';

/** The stages that have something in the database, in their order. A stage that gains tables adds its line here. */
const STAGES: Record<string, MigrationClass[]> = {
  kernel: kernelMigrations,
  identity: identityMigrations,
  law: lawMigrations,
  organisation: organisationMigrations,
  rulebook: rulebookMigrations,
  catalogue: catalogueMigrations,
  requests: requestsMigrations,
  approvals: approvalsMigrations,
  agreements: agreementsMigrations,
  exchange: exchangeMigrations,
  reorganisation: reorganisationMigrations,
  audit: auditMigrations,
  assurance: assuranceMigrations,
};

// the files of SQL are not compiled: dist/ reads them where they are written, as it does config/
const LIBS = join(__dirname.replace(/[\\/]dist([\\/]apps[\\/]migrate[\\/]src)$/, '$1'), '../../../libs');

/** Every table, function and trigger of the product. */
export const databaseShape: DatabaseShape = {
  migrations: Object.values(STAGES).flat(),
  // before the files, which call what it makes
  repeatable: [...catalogueSql, ...readRepeatableSql(LIBS, Object.keys(STAGES))],
};
