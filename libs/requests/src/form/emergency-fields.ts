import { line, text } from '#lib/kernel';
import { DANGER, FORM } from '#lib/policy';
import { z } from 'zod';
import { columns } from './input-schemas';
import { REQUEST_FIELDS } from './request-fields';
import type { RequestFieldTable } from './request-field';
import { rowFilter } from './row-filter';

/** What somebody asks for in an emergency: as little as possible. Purpose and legal basis are not chosen: they are the danger. */
export const EMERGENCY_FIELDS = {
  productId: { ...REQUEST_FIELDS.productId, schema: z.uuid('Bitte wählen Sie ein Datenprodukt.') },
  consumerUnitId: {
    ...REQUEST_FIELDS.consumerUnitId,
    label: 'Ihre Stelle',
    said: 'Anfragende Stelle',
    schema: z.uuid('Bitte wählen Sie Ihre Stelle.'),
  },
  danger: {
    label: 'Welche Gefahr besteht?',
    said: 'Gefahr',
    kind: 'oneOf',
    choices: 'danger',
    radios: true,
    schema: z.enum(DANGER, 'Bitte wählen Sie die Gefahr.'),
    section: 'purpose',
    binds: ['fact', 'evidence'],
    feeds: ['emergency.danger'],
    seenBy: 'die zweite Person, die bestätigt, und wer danach prüft',
  },
  reason: {
    label: 'Was ist geschehen, und wofür brauchen Sie die Daten?',
    said: 'Anlass',
    kind: 'text',
    schema: text(2000, { least: 10, says: 'Bitte beschreiben Sie die Gefahr in einem Satz.' }),
    section: 'purpose',
    binds: ['term'],
    clause: 'narrowed',
    // read above everything else, with its lines
    words: () => null,
    erasable: true,
  },
  caseNumber: {
    label: 'Aktenzeichen',
    hint: 'zum Beispiel die Nummer des Einsatzes',
    kind: 'line',
    schema: line(100, { says: 'Bitte nennen Sie das Aktenzeichen.' }),
    section: 'purpose',
    binds: ['term'],
    clause: 'narrowed',
    erasable: true,
  },
  fields: {
    ...REQUEST_FIELDS.fields,
    label: 'Welche Felder brauchen Sie?',
    said: 'Felder',
    hint: 'So wenige wie möglich.',
    schema: columns,
  },
  rows: { ...REQUEST_FIELDS.rows, widget: 'oneRow', schema: rowFilter.nullable().default(null) },
  form: {
    ...REQUEST_FIELDS.form,
    schema: z
      .enum(FORM)
      .exclude(['API_LIVE'], 'Bitte wählen Sie, wie genau die Daten sein müssen.')
      .default('ROWLEVEL'),
    section: 'given',
  },
} as const satisfies RequestFieldTable;
