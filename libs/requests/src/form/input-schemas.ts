import { cell, text } from '#lib/kernel';
import { z } from 'zod';

export const id = z.uuid('Bitte wählen Sie einen Eintrag aus der Liste.');
/** An entry of a list of the law book: purpose, legal basis, evidence. */
export const code = z.string().regex(/^[A-Z\d][A-Z\d_]{0,59}$/, 'Bitte wählen Sie einen Eintrag aus der Liste.');
/** A day of the calendar, `2026-12-31`, in Wiesbaden's time. PostgreSQL turns it into an instant. */
export const day = z.iso.date('Bitte geben Sie ein Datum an, zum Beispiel 2026-12-31.');
/** A text of a person to another: question, answer, reason. */
export const message = text(5000, { least: 3, says: 'Bitte schreiben Sie einen Text.' });
/** Name of a column. */
export const column = cell(200, { least: 1, says: 'Bitte nennen Sie ein Feld.' });
/** Names of columns, each once, at least one. */
export const columns = z
  .array(column)
  .min(1, 'Bitte wählen Sie mindestens ein Feld.')
  .max(500, 'Höchstens 500 Felder.')
  .refine((names) => new Set(names).size === names.length, 'Ein Feld ist doppelt genannt.');
