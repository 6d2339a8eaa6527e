import type { OutputFormat } from '../format';

export const csv = {
  name: 'csv',
  mediaType: 'text/csv',
  parameters: 'charset=utf-8; header=present',
  extension: 'csv',
  title: 'CSV',
  hint: 'für Tabellenprogramme',
  copy: 'FORMAT csv, HEADER true',
  spreadsheet: true,
} as const satisfies OutputFormat;
