import { z } from 'zod';
import { commonSettings, ENCODING_LABELS, ENCODINGS, type Recognition } from '../../reading/recognition';

export const DELIMITER_LABELS = { ';': 'Semikolon ;', ',': 'Komma ,', '\t': 'Tabulator', '|': 'Senkrechter Strich |' };
const delimiter = z.enum([';', ',', '\t', '|']);

/** What a person may correct in the preview. Columns are named as recognised. */
export const csvSettings = z.strictObject({
  encoding: z.enum(ENCODINGS).optional().meta({ title: 'Zeichensatz', labels: ENCODING_LABELS }),
  delimiter: delimiter.optional().meta({ title: 'Trennzeichen', labels: DELIMITER_LABELS, restructures: true }),
  headerLine: z
    .int()
    .min(0)
    .max(1000)
    .optional()
    .meta({ title: 'Zeile mit den Spaltennamen', description: '0, wenn es keine gibt', restructures: true }),
  decimal: z
    .enum([',', '.'])
    .optional()
    .meta({ title: 'Dezimalzeichen', labels: { ',': 'Komma', '.': 'Punkt' } }),
  ...commonSettings,
});
export type CsvSettings = z.infer<typeof csvSettings>;

export const csvFormat = z.strictObject({
  kind: z.literal('csv'),
  encoding: z.enum(ENCODINGS),
  bom: z.boolean(),
  delimiter,
  newline: z.enum(['CRLF', 'LF', 'CR', 'MIXED']),
  /** row of the header, from 1; 0 when the file has none and columns are named by us */
  headerLine: z.int().min(0),
  firstDataLine: z.int().min(1),
  titleLines: z.array(z.string()),
  /** notes below the table ("Quelle: …"), not taken as data */
  footerLines: z.array(z.string()),
});
export type CsvFormat = z.infer<typeof csvFormat>;
export type CsvRecognition = Recognition<CsvFormat>;
