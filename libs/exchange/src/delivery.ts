import type { Writable } from 'node:stream';
import type { Actor } from '#lib/organisation';
import type { FormatName } from '#lib/sources';
import type { EndReason } from './exchange.states';

/** Somebody wants the data of an agreement, now. */
export interface DeliveryOrder {
  /** by bearer token, or whom the ticket names; read from the database for this call */
  actor: Actor;
  agreementId: string;
  format: FormatName;
  /** the clear token of a ticket, when the order came with one; it is used up in the transaction that starts the exchange */
  ticket?: string;
  /** cells a spreadsheet would run as a formula are written with a leading apostrophe (formats for spreadsheets only) */
  spreadsheetSafe: boolean;
}

/** What is known before the first byte. */
export interface DeliveryHead {
  exchangeId: string;
  format: FormatName;
  /** without path, with ending; any Unicode */
  fileName: string;
  spreadsheetSafe: boolean;
}

/** What is known after the last byte, and stands in the log. */
export interface DeliveryManifest {
  exchangeId: string;
  rows: number;
  bytes: number;
  /** SHA-256 of the body, 64 hex digits */
  sha256: string;
}

/** How a delivery ended once it had begun. */
export type Delivered =
  { state: 'COMPLETED'; manifest: DeliveryManifest } | { state: 'STOPPED'; exchangeId: string; reason: EndReason };

/** Where the bytes go: an HTTP answer in the gateway, a sink in tests and the benchmark. */
export interface Outlet {
  /** Announces the answer and gives the stream of its body. Called once, after `exchange.started.v1` was committed. */
  begin(head: DeliveryHead): Writable;
  /** The regular end, which alone a client may take for completeness. Called after `exchange.completed.v1` was committed. */
  finish(manifest: DeliveryManifest): void;
  /** Cuts the connection, so that what was received can not be taken for complete. Called at most once, at any time. */
  sever(): void;
}
