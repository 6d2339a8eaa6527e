import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { parse } from '#lib/kernel';
import { runJob } from '../process/child-process';
import { OBJECT_STORE, type ObjectStore } from '../store/object-store';
import { connectorFor, connectorOf, CONNECTORS, type Hints, hintsSchema, recognitionSchema } from '../connectors';
import { READING_LIMITS, type ReadingLimits, type Recognition, type RecognisedColumn } from '../reading/recognition';
import { sourcesProblems } from '../sources.problems';
import { WorkFolders } from '../process/work-folder';

export interface IngestedVersion {
  objectKey: string;
  /** of the stored Parquet file, hexadecimal */
  sha256: string;
  bytes: number;
  rows: number;
  columns: RecognisedColumn[];
}

const JOB_SECONDS = 15 * 60;

/**
 * Reads a file and says what it is: whose connector's, typed columns, preview, faults by row and column. Where the hints
 * name no connector, the content decides, and a note says so. Writes nothing. Throws `validation_failed` for hints that
 * are none, `file_not_csv` or `file_not_readable`, `file_too_large`, `csv_faulty` or `file_faulty` (no table at all),
 * `file_too_costly`.
 */
export async function recognise(
  file: string,
  hints: Hints = {},
  opts: { limits?: Partial<ReadingLimits>; signal?: AbortSignal } = {},
): Promise<Recognition> {
  const limits = { ...READING_LIMITS, ...opts.limits };
  const { connector: named, ...given } = parse(hintsSchema, hints);
  const connector = named === undefined ? await connectorFor(file) : connectorOf(named);
  const settings = parse(connector.settings, given);
  const order = { kind: 'recognise' as const, connector: connector.kind, file, settings, limits };
  const recognition = await runJob<Recognition>(order, { seconds: JOB_SECONDS, signal: opts.signal });
  if (named !== undefined || connector === CONNECTORS[0]) return recognition;
  const detail = `Die Datei wurde an ihrem Inhalt als ${connector.title} erkannt. Die Dateiart lässt sich ändern.`;
  return { ...recognition, notes: [{ column: null, code: 'kind_by_content', detail }, ...recognition.notes] };
}

/** Brings an uploaded file into the store as an immutable version. */
@Injectable()
export class IngestService {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    private readonly folders: WorkFolders,
  ) {}

  /**
   * All or nothing. Throws `csv_faulty` or `file_faulty` naming rows and columns, and the problems of `recognise`. The upload itself
   * stays the caller's. A version without a row in the catalogue is an object nobody names, and harmless.
   */
  async ingest(
    file: string,
    recognition: Recognition,
    opts: { limits?: Partial<ReadingLimits>; signal?: AbortSignal } = {},
  ): Promise<IngestedVersion> {
    const checked = parse(recognitionSchema, recognition);
    if (checked.faultCount > 0) {
      throw sourcesProblems[connectorOf(checked.format.kind).faulty]({
        detail: `${checked.faultCount} Fehler in der Datei.`,
        errors: checked.faults.map(({ row, column, code, detail }) => ({
          pointer: `/rows/${row}/columns/${column}`,
          code,
          detail,
        })),
      });
    }
    const folder = await this.folders.make();
    try {
      // 1. to Parquet inside the work folder. If the child dies we remove the folder; if we die, the next start does.
      const limits = { ...READING_LIMITS, ...opts.limits };
      const order = { kind: 'ingest' as const, file, recognition: checked, folder, limits };
      const { rows } = await runJob<{ rows: number }>(order, { seconds: JOB_SECONDS, signal: opts.signal });
      // 2. into the store under its hash. If we die after this, the object waits for the same upload to name it again.
      const { key, sha256, bytes } = await this.store.put(join(folder, 'table.parquet'));
      return { objectKey: key, sha256, bytes, rows, columns: checked.columns };
    } finally {
      await this.folders.remove(folder);
    }
  }
}
