import type { OutputFormat } from '../format';

/**
 * Columns separated by tabs: spreadsheets split them whatever the language of the machine, where a comma of CSV is a
 * decimal sign to a German one. A value with a tab, a quote or a line break stands in quotes, as in CSV.
 */
export const tsv = {
  name: 'tsv',
  mediaType: 'text/tab-separated-values',
  parameters: 'charset=utf-8',
  extension: 'tsv',
  title: 'TSV',
  hint: 'durch Tabulatoren getrennt, zum Einfügen in Tabellenprogramme',
  copy: `FORMAT csv, HEADER true, DELIMITER '\\t'`,
  spreadsheet: true,
} as const satisfies OutputFormat;
