export {
  type DeliveryPlan,
  deliveryPlanSchema,
  type Mask,
  maskInput,
  maskSchema,
  needsKey,
  type PlannedColumn,
  type PlanFault,
  planFaults,
  type RowFilter,
  rowFilterSchema,
  type StoredColumn,
} from './engine/delivery-plan';
export { copySql, type DeliverySql, deliverySql } from './engine/delivery-sql';
export { FORMAT_NAMES, type FormatName, formatOf, FORMATS } from './formats';
export { contentType, type OutputFormat } from './formats/format';
export { type IngestedVersion, IngestService, recognise } from './ingest/ingest.service';
export { LocalObjectStore } from './store/local-object-store';
export { EVIDENCE_STORE, OBJECT_STORE, type ObjectStore, type StoredObject } from './store/object-store';
export { ClamdScanner } from './scan/clamd-scanner';
export { MALWARE_SCANNER, type MalwareScanner, type Verdict } from './scan/malware-scanner';
export { PseudonymKeys, type PseudonymUse } from './engine/pseudonym-keys';
export {
  type OpenDelivery,
  type OpenOptions,
  QUERY_LIMITS,
  QueryEngine,
  type QueryLimits,
} from './engine/query-engine';
export {
  type CellFault,
  COLUMN_TYPES,
  type ColumnType,
  commonSettings,
  READING_LIMITS,
  type ReadingLimits,
  type Recognition,
  type RecognisedColumn,
} from './reading/recognition';
export { SourcesModule } from './sources.module';
export { sourcesProblems } from './sources.problems';
export { WorkFolders } from './process/work-folder';
export {
  connectorFor,
  connectorOf,
  CONNECTORS,
  type Hints,
  hintsSchema,
  hintsSchemaOf,
  recognitionSchema,
  recognitionSchemaOf,
} from './connectors';
export type { Connector, RowSink } from './connectors/connector';
export { SourceFault } from './source-fault';
export { stricterMask } from './engine/stricter-mask';
