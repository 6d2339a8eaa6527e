import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { parse } from '#lib/kernel';
import { runJob } from '../process/child-process';
import { OBJECT_STORE, type ObjectStore } from '../store/object-store';
import {
  CSV_LIMITS,
  type CsvLimits,
  type Hints,
  hintsSchema,
  type Recognition,
  type RecognisedColumn,
  recognitionSchema,
} from '../reading/recognition';
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
 * Reads a CSV file and says what it is: encoding, delimiter, header, typed columns, preview, faults by row and column.
 * Writes nothing. Throws `file_not_csv`, `file_too_large`, `csv_faulty` (no table at all), `file_too_costly`.
 */
export function recognise(
  file: string,
  hints: Hints = {},
  opts: { limits?: Partial<CsvLimits>; signal?: AbortSignal } = {},
): Promise<Recognition> {
  const limits = { ...CSV_LIMITS, ...opts.limits };
  const order = { kind: 'recognise' as const, file, hints: parse(hintsSchema, hints), limits };
  return runJob<Recognition>(order, { seconds: JOB_SECONDS, signal: opts.signal });
}

/** Brings an uploaded file into the store as an immutable version. */
@Injectable()
export class IngestService {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    private readonly folders: WorkFolders,
  ) {}

  /**
   * All or nothing. Throws `csv_faulty` naming rows and columns, and the problems of `recognise`. The upload itself
   * stays the caller's. A version without a row in the catalogue is an object nobody names, and harmless.
   */
  async ingest(
    file: string,
    recognition: Recognition,
    opts: { limits?: Partial<CsvLimits>; signal?: AbortSignal } = {},
  ): Promise<IngestedVersion> {
    const checked = parse(recognitionSchema, recognition);
    if (checked.faultCount > 0) {
      throw sourcesProblems.csv_faulty({
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
      // 1. CSV to Parquet inside the work folder. If the child dies we remove the folder; if we die, the next start does.
      const limits = { ...CSV_LIMITS, ...opts.limits };
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
