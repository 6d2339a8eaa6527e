import { ENCODING_LABELS } from '../../reading/recognition';
import { foreignFormat, looksLikeJson } from '../../reading/text-encoding';
import type { Connector } from '../connector';
import { csvFormat, type CsvFormat, csvSettings, type CsvSettings, DELIMITER_LABELS } from './csv-recognition';
import { csvRows, recogniseFile } from './recognise-csv';

/** A CSV file a person uploads; the settings are what that person corrected in the preview. */
export const csv: Connector<CsvSettings, CsvFormat> = {
  kind: 'csv',
  title: 'CSV-Datei',
  accept: ['.csv', 'text/csv', '.txt'],
  settings: csvSettings,
  format: csvFormat,
  faulty: 'csv_faulty',
  fits: (head) => foreignFormat(head) === undefined && !looksLikeJson(head),
  told: ({ encoding, delimiter, headerLine, titleLines, footerLines }) => [
    ['Zeichensatz', ENCODING_LABELS[encoding]],
    ['Trennzeichen', DELIMITER_LABELS[delimiter]],
    ['Spaltennamen', headerLine === 0 ? 'keine gefunden' : `in Zeile ${headerLine}`],
    ...(titleLines.length > 0 ? [['Titelzeilen (nicht übernommen)', titleLines.join(' / ')] as const] : []),
    ...(footerLines.length > 0 ? [['Fußzeilen (nicht übernommen)', footerLines.join(' / ')] as const] : []),
  ],
  recognise: recogniseFile,
  rows: csvRows,
};
