export { type Card, cardSchema } from './card';
export * from './catalogue.events';
export { CatalogueModule } from './catalogue.module';
export { catalogueProblems } from './catalogue.problems';
export { CatalogueReads, type SearchFilters, type SearchPage } from './catalogue.reads';
export { CatalogueService } from './catalogue.service';
export { CLASS_RANK, suggestClass } from './field-classes';
export { type FieldList, type Generalisation, maskOf } from './field-input';
export {
  FIELD_STATEMENTS,
  type FieldInput,
  type FieldStatement,
  type FieldStatementTable,
  fieldsSchema,
  fieldsSchemaOf,
  keptOf,
  missingOf,
} from './field-statements';
export { METADATA } from './metadata';
export {
  type AnyProduct,
  asAsked,
  cardSchemaOf,
  columnShape,
  factsOf,
  type ListNames,
  METADATA_SECTIONS,
  type MetadataList,
  type OwnersTerm,
  ownersTermsOf,
  type MetadataTable,
  type Metadatum,
  PAGE_PARTS,
  type PagePart,
  patchSchemaOf,
  type Rung,
  statedIn,
} from './metadatum';
export { completeness, type Described, missingStatements, MUSTS, mustsOf } from './musts';
export { catalogueSql, metadataSql } from './must-constraints';
export { PilotProducts } from './pilot-products';
export { type DraftInput, draftSchema, patchSchema, type ProductPatch } from './product-patch';
export { Product } from './product.entity';
export { type ProductState, productStates, type ProductStep } from './product.states';
export { productUseCases } from './product.use-cases';
export type {
  Changed,
  LoweringLine,
  ReleaseLine,
  ConfirmedUpload,
  Field,
  Missing,
  ProductSummary,
  ProductVersion,
  Suggestion,
  UploadPreview,
} from './product.view';
export { Lowerings } from './lowering.service';
export { Releases } from './releases.service';
export { STATISTICS_RELEASE, STATISTICS_RELEASES, type StatisticsReleaseKind } from './statistics-release.entity';
export { StatisticsReleases } from './statistics-release.service';
export { UploadService } from './upload.service';

import { InitCatalogue1763708000000 } from './migrations/1763708000000-init-catalogue';
import { MovedProducts1763708000002 } from './migrations/1763708000002-moved-products';
import { ListedFields1763708000005 } from './migrations/1763708000005-listed-fields';
import { SeatNeeded1763708000006 } from './migrations/1763708000006-seat-needed';
import { SeatEndsWithUnit1763708000007 } from './migrations/1763708000007-seat-ends-with-unit';
import { StatedFacts1763708000008 } from './migrations/1763708000008-stated-facts';
import { PlainNamesCatalogue1796040000102 } from './migrations/1796040000102-plain-names';
import { SourceFormat1796040000141 } from './migrations/1796040000141-source-format';
import { MustsFromMetadata1796040000150 } from './migrations/1796040000150-musts-from-metadata';
import { CollectedForDuties1796040000361 } from './migrations/1796040000361-collected-for-duties';
import { CriminalRecords1796040000281 } from './migrations/1796040000281-criminal-records';
import { StatisticsRelease1796040000240 } from './migrations/1796040000240-statistics-release';
import { LoweredClasses1796040000242 } from './migrations/1796040000242-lowered-classes';
import { NoAutomaticRule1796040000241 } from './migrations/1796040000241-no-automatic-rule';
import { Product } from './product.entity';
import { NoKeyNames1796040000320 } from './migrations/1796040000320-no-key-names';
import { UnreleasedVersions1796040000380 } from './migrations/1796040000380-unreleased-versions';
import { ClassificationOfVersions1796040000440 } from './migrations/1796040000440-classification-of-versions';
import { FieldRow, PendingUpload, VersionRow } from './product-version.entity';
import { LoweringOpinion } from './lowering-opinion.entity';
import { StatisticsRelease } from './statistics-release.entity';

export const catalogueEntities = [Product, VersionRow, FieldRow, PendingUpload, StatisticsRelease, LoweringOpinion];
export const catalogueMigrations = [
  InitCatalogue1763708000000,
  MovedProducts1763708000002,
  ListedFields1763708000005,
  SeatNeeded1763708000006,
  SeatEndsWithUnit1763708000007,
  StatedFacts1763708000008,
  PlainNamesCatalogue1796040000102,
  SourceFormat1796040000141,
  MustsFromMetadata1796040000150,
  StatisticsRelease1796040000240,
  NoAutomaticRule1796040000241,
  CriminalRecords1796040000281,
  LoweredClasses1796040000242,
  NoKeyNames1796040000320,
  CollectedForDuties1796040000361,
  UnreleasedVersions1796040000380,
  ClassificationOfVersions1796040000440,
];
export * from './catalogue.services';
