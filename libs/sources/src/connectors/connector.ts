import type { z } from 'zod';
import type { CellFault, CommonSettings, ReadingLimits, Recognition, SourceFormat } from '../reading/recognition';
import type { FaultCode } from '../source-fault';

/** Where the rows of a file go while it is read. */
export interface RowSink {
  /** cells as text, one per column of the recognition, '' for no value; `row` as faults name it */
  row(cells: string[], row: number): void;
  fault(fault: CellFault): void;
  /** when the receiver has enough for now */
  pause?(): Promise<void> | undefined;
}

/**
 * A way data comes in. What it brings is always a table that `IngestService` stores. Forms, the API's schema and what
 * may be stored of a recognition are made from the schemas here, so a new connector needs no screen of its own.
 */
export interface Connector<S extends CommonSettings = CommonSettings, F extends SourceFormat = SourceFormat> {
  /** stands in stored recognitions and calls of the API: `[a-z]+`, and never another meaning later */
  readonly kind: F['kind'];
  /** German, for people, e.g. "CSV-Datei" */
  readonly title: string;
  /** what a dialog for files offers: endings and media types */
  readonly accept: readonly string[];
  /**
   * What a person may correct: `commonSettings` and members of its own, each with a `title`, and `labels` by value for
   * enumerations. A member that is also one of `format` shows what was recognised. `restructures: true`: with another
   * value there are other columns.
   */
  readonly settings: z.ZodObject;
  /** what a recognition says beyond the common part; its `kind` is the literal `kind` */
  readonly format: z.ZodObject;
  /** the problem of a file with faults */
  readonly faulty: FaultCode;
  /** Whether a file that begins like this is one of its own; judged by content, never by name. */
  fits(head: Buffer): boolean;
  /** What was recognised beyond the columns, as words and values for people. */
  told(format: F): readonly (readonly [words: string, value: string])[];

  // from here on inside a child process

  /**
   * Reads the whole file in bounded memory and says what it is. Faults of cells and rows are part of the answer, so that
   * a preview can show them. Throws `SourceFault` where there is no table to show.
   */
  recognise(file: string, settings: S, limits: ReadingLimits): Promise<Recognition<F>>;
  /** Streams the rows exactly as recognised; what does not fit is a fault. */
  rows(file: string, recognition: Recognition<F>, limits: ReadingLimits, sink: RowSink): Promise<void>;
}
