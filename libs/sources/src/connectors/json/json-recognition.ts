import { z } from 'zod';
import { commonSettings, ENCODINGS, type Recognition } from '../../reading/recognition';

export const LAYOUT_LABELS = { ARRAY: 'eine Liste von Objekten', LINES: 'ein Objekt je Zeile (NDJSON)' };
const lists = z.enum(['REFUSE', 'TEXT']);

/** What a person may correct in the preview. Columns are named as recognised. */
export const jsonSettings = z.strictObject({
  lists: lists.optional().meta({
    title: 'Listen in einer Angabe',
    labels: { REFUSE: 'Als Fehler nennen', TEXT: 'Als Text übernehmen' },
  }),
  ...commonSettings,
});
export type JsonSettings = z.infer<typeof jsonSettings>;

export const jsonFormat = z.strictObject({
  kind: z.literal('json'),
  layout: z.enum(['ARRAY', 'LINES']),
  encoding: z.enum(ENCODINGS),
  bom: z.boolean(),
  lists,
});
export type JsonFormat = z.infer<typeof jsonFormat>;
export type JsonRecognition = Recognition<JsonFormat>;
