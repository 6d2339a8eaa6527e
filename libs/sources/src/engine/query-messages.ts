import type { DeliveryPlan, PlanFault, StoredColumn } from './delivery-plan';
import type { CommonSettings, ReadingLimits, Recognition } from '../reading/recognition';
import type { FaultCode, FaultEntry } from '../source-fault';

/** What the parent asks of a query process; one order per process. The key is hexadecimal and never logged. */
export type QueryOrder =
  | { kind: 'describe'; parquet: string }
  | { kind: 'open'; plan: DeliveryPlan; parquet: string; target: string; pipe: boolean; key: string | null };

export type QueryAnswer =
  | { ready: true }
  | { rows: number }
  | { columns: StoredColumn[] }
  | { fault: { code: FaultCode; detail: string; errors: readonly PlanFault[] } }
  | { failed: string };

/** What the parent asks of a job process; one order per process. */
export type JobOrder =
  | { kind: 'recognise'; connector: string; file: string; settings: CommonSettings; limits: ReadingLimits }
  | { kind: 'ingest'; file: string; recognition: Recognition; folder: string; limits: ReadingLimits };

export type JobAnswer =
  | { done: unknown }
  | { fault: { code: FaultCode; detail: string; errors: readonly FaultEntry[] } }
  | { failed: string };
