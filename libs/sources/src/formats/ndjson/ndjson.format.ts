import type { OutputFormat } from '../format';

export const ndjson = {
  name: 'ndjson',
  mediaType: 'application/x-ndjson',
  parameters: 'charset=utf-8',
  extension: 'ndjson',
  title: 'NDJSON',
  hint: 'eine Zeile je Datensatz, für Programme',
  copy: 'FORMAT json',
} as const satisfies OutputFormat;
