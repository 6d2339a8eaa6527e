import { ENCODING_LABELS } from '../../reading/recognition';
import { foreignFormat, looksLikeJson } from '../../reading/text-encoding';
import type { Connector } from '../connector';
import { jsonFormat, type JsonFormat, jsonSettings, type JsonSettings, LAYOUT_LABELS } from './json-recognition';
import { jsonRows, recogniseJson } from './recognise-json';

/** A JSON file a person uploads: a list of objects, or an object per line (NDJSON). */
export const json: Connector<JsonSettings, JsonFormat> = {
  kind: 'json',
  title: 'JSON-Datei',
  accept: ['.json', '.ndjson', '.jsonl', 'application/json', 'application/x-ndjson'],
  settings: jsonSettings,
  format: jsonFormat,
  faulty: 'file_faulty',
  fits: (head) => foreignFormat(head) === undefined && looksLikeJson(head),
  told: ({ layout, encoding }) => [
    ['Aufbau', LAYOUT_LABELS[layout]],
    ['Zeichensatz', ENCODING_LABELS[encoding]],
  ],
  recognise: recogniseJson,
  rows: jsonRows,
};
