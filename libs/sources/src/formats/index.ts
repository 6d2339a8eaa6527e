import { csv } from './csv/csv.format';
import type { OutputFormat } from './format';
import { json } from './json/json.format';
import { ndjson } from './ndjson/ndjson.format';
import { parquet } from './parquet/parquet.format';
import { tsv } from './tsv/tsv.format';

/**
 * Every form in which data leave, the preferred first: the first is the one for whoever names none. A new format is a
 * folder here and a line in this list.
 */
export const FORMATS = [csv, ndjson, json, parquet, tsv] as const;

export type FormatName = (typeof FORMATS)[number]['name'];
export const FORMAT_NAMES: readonly FormatName[] = FORMATS.map(({ name }) => name);

/** The format of that name; throws on a name that is none. */
export function formatOf(name: string, formats: readonly OutputFormat[] = FORMATS): OutputFormat {
  const found = formats.find((format) => format.name === name);
  if (!found) throw new Error(`no format \`${name}\``);
  return found;
}
