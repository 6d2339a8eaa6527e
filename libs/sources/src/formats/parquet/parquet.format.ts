import type { OutputFormat } from '../format';

export const parquet = {
  name: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  title: 'Parquet',
  hint: 'für Auswertungen großer Mengen',
  copy: 'FORMAT parquet, COMPRESSION zstd',
  needsFile: true,
} as const satisfies OutputFormat;
