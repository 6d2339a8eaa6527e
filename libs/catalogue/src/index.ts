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
  ConfirmedUpload,
  Field,
  Missing,
  ProductSummary,
  ProductVersion,
  Suggestion,
  UploadPreview,
} from './product.view';
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
import { Product } from './product.entity';
import { FieldRow, PendingUpload, VersionRow } from './product-version.entity';

export const catalogueEntities = [Product, VersionRow, FieldRow, PendingUpload];
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
];
export * from './catalogue.services';
