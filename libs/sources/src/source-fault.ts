export type FaultCode =
  | 'csv_faulty'
  | 'file_not_csv'
  | 'file_faulty'
  | 'file_not_readable'
  | 'file_too_large'
  | 'object_missing'
  | 'plan_not_valid';

export interface FaultEntry {
  pointer: string;
  code: string;
  detail: string;
}

/** An expected failure inside a child process. It crosses to the parent as plain JSON and becomes a Problem there. */
export class SourceFault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly detail: string,
    readonly errors: readonly FaultEntry[] = [],
  ) {
    super(detail);
  }
}

/** Points at a cell: `/rows/12/columns/3`, both from 1 as a spreadsheet shows them. */
export function cellPointer(row: number, column: number): string {
  return `/rows/${row}/columns/${column}`;
}

/** Throws `file_too_large` beyond the bound, before anything is read. */
export function refuseTooLarge(size: number, { fileBytes }: { fileBytes: number }): void {
  const mega = (bytes: number) => Math.floor(bytes / 1024 ** 2);
  if (size <= fileBytes) return;
  throw new SourceFault('file_too_large', `Die Datei hat ${mega(size)} MB, erlaubt sind ${mega(fileBytes)} MB.`);
}
