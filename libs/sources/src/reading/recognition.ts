import { z } from 'zod';

/** What a cell may be. Everything that is not plainly one of the others is TEXT, keys with leading zeros first. */
export const COLUMN_TYPES = ['TEXT', 'INTEGER', 'DECIMAL', 'DATE', 'TIMESTAMP', 'BOOLEAN'] as const;
export const ENCODINGS = ['utf-8', 'iso-8859-1', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
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
export type CsvFault = z.infer<typeof faultSchema>;

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

/** What was recognised in a CSV file. Plain JSON: it may be stored and handed to `ingest` later. */
export const recognitionSchema = z.strictObject({
  encoding: z.enum(ENCODINGS),
  bom: z.boolean(),
  delimiter: z.enum([';', ',', '\t', '|']),
  newline: z.enum(['CRLF', 'LF', 'CR', 'MIXED']),
  /** row of the header, from 1; 0 when the file has none and columns are named by us */
  headerLine: z.int().min(0),
  firstDataLine: z.int().min(1),
  titleLines: z.array(z.string()),
  /** notes below the table ("Quelle: …"), not taken as data */
  footerLines: z.array(z.string()),
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
});
export type Recognition = z.infer<typeof recognitionSchema>;

/** What a person may correct in the preview. Columns are named as recognised. */
export const hintsSchema = z.strictObject({
  encoding: z.enum(ENCODINGS).optional().meta({ title: 'Zeichensatz' }),
  delimiter: z.enum([';', ',', '\t', '|']).optional().meta({ title: 'Trennzeichen' }),
  headerLine: z.int().min(0).max(1000).optional().meta({ title: 'Zeile mit den Spaltennamen' }),
  decimal: z.enum([',', '.']).optional().meta({ title: 'Dezimalzeichen' }),
  nullValues: z.array(z.string().max(50)).max(20).optional().meta({ title: 'Zeichen für „kein Wert“' }),
  types: z.record(z.string(), z.enum(COLUMN_TYPES)).optional().meta({ title: 'Typ je Spalte' }),
});
export type Hints = z.infer<typeof hintsSchema>;

/** Bounds that hold whatever the file says. */
export interface CsvLimits {
  fileBytes: number;
  columns: number;
  cellChars: number;
  recordChars: number;
  faults: number;
}
export const CSV_LIMITS: CsvLimits = {
  fileBytes: 2 * 1024 ** 3,
  columns: 20_000,
  cellChars: 1_000_000,
  recordChars: 8_000_000,
  faults: 100,
};
