import { cell } from '#text';
import { z } from 'zod';

/** What a cell may be. Everything that is not plainly one of the others is TEXT, keys with leading zeros first. */
export const COLUMN_TYPES = ['TEXT', 'INTEGER', 'DECIMAL', 'DATE', 'TIMESTAMP', 'BOOLEAN'] as const;
export const ENCODINGS = ['utf-8', 'iso-8859-1', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export const ENCODING_LABELS: Record<(typeof ENCODINGS)[number], string> = {
  'utf-8': 'UTF-8',
  'iso-8859-1': 'ISO-8859-1 (Latin 1)',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
};
export const DATE_FORMATS = [
  'DD.MM.YYYY',
  'YYYY-MM-DD',
  'DD.MM.YYYY HH:mm:ss',
  'YYYY-MM-DD HH:mm:ss',
  /** an instant with offset; stored as UTC */
  'YYYY-MM-DD HH:mm:ssZ',
] as const;

export type ColumnType = (typeof COLUMN_TYPES)[number];
export type Encoding = (typeof ENCODINGS)[number];
export type DateFormat = (typeof DATE_FORMATS)[number];

/** A cell or row that does not fit. `row` and `column` count from 1 as a spreadsheet shows them, title lines included. */
export const faultSchema = z.strictObject({
  row: z.int().min(1),
  column: z.int().min(1),
  code: z.string(),
  detail: z.string(),
});
export type CellFault = z.infer<typeof faultSchema>;

export const recognisedColumnSchema = z.strictObject({
  /** unique, never empty, one line; the name the stored version carries */
  name: z.string().min(1).max(200),
  /** the header as written in the file */
  header: z.string(),
  type: z.enum(COLUMN_TYPES),
  /** type in the stored Parquet file, written by us from digits that were counted */
  stored: z.string().regex(/^(?:VARCHAR|BIGINT|DOUBLE|DATE|TIMESTAMP|BOOLEAN|DECIMAL\(\d{1,2},\d{1,2}\))$/),
  decimal: z.enum([',', '.']).nullable(),
  thousands: z.enum([',', '.']).nullable(),
  dateFormat: z.enum(DATE_FORMATS).nullable(),
  nullable: z.boolean(),
  samples: z.array(z.string()).max(5),
});
export type RecognisedColumn = z.infer<typeof recognisedColumnSchema>;

/** What every recognition says, whatever the file. Plain JSON: it may be stored and handed to `ingest` later. */
export const recognitionShape = {
  /** cells that stand for "no value", as the person who uploads said */
  nullValues: z.array(z.string()),
  columns: z.array(recognisedColumnSchema).min(1).max(20_000),
  rowCount: z.int().min(0),
  /** at most 100; `faultCount` has them all */
  faults: z.array(faultSchema),
  faultCount: z.int().min(0),
  /** what a person should look at although nothing is wrong */
  notes: z.array(z.strictObject({ column: z.int().min(1).nullable(), code: z.string(), detail: z.string() })),
  preview: z.array(z.array(z.string())),
};

/** What was recognised in a file. `format` is the connector's own part; its `kind` says whose. */
export interface Recognition<F extends SourceFormat = SourceFormat> extends z.infer<
  z.ZodObject<typeof recognitionShape>
> {
  format: F;
}
export interface SourceFormat {
  kind: string;
}

/** What a person may correct whatever the file is; columns are named as recognised. */
export const commonSettings = {
  nullValues: z
    .array(cell(50))
    .max(20)
    .optional()
    .meta({ title: 'Zeichen für „kein Wert“', description: 'mit ; getrennt, zum Beispiel: k. A.; -' }),
  types: z.record(cell(200), z.enum(COLUMN_TYPES)).optional().meta({ title: 'Typ je Spalte' }),
};
export interface CommonSettings {
  nullValues?: string[];
  types?: Record<string, ColumnType>;
}

/** Bounds that hold whatever the file says. */
export interface ReadingLimits {
  fileBytes: number;
  columns: number;
  cellChars: number;
  recordChars: number;
  /** rows times columns: a short record can name columns for millions of others */
  cells: number;
  faults: number;
}
export const READING_LIMITS: ReadingLimits = {
  fileBytes: 2 * 1024 ** 3,
  columns: 20_000,
  cellChars: 1_000_000,
  recordChars: 8_000_000,
  cells: 2 * 1024 ** 3,
  faults: 100,
};
