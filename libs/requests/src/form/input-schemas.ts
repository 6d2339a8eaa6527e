import { z } from 'zod';

export const id = z.uuid('Bitte wählen Sie einen Eintrag aus der Liste.');
/** An entry of a list of the law book: purpose, legal basis, evidence. */
export const code = z.string().regex(/^[A-Z\d][A-Z\d_]{0,59}$/, 'Bitte wählen Sie einen Eintrag aus der Liste.');
// eslint-disable-next-line no-control-regex -- control characters have no place in a text for people, and PostgreSQL takes no NUL
const CONTROL = /[\u0000-\u0008\v\f\u000e-\u001f\u007f]/;
/** A text for people: composed, trimmed, with plain line ends. `says` is said when it is missing or too short. */
export const text = (least: number, most: number, says: string) =>
  z
    .string(says)
    .transform((value) => value.toWellFormed().normalize('NFC').replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(least, says)
        .max(most, `Bitte höchstens ${most} Zeichen.`)
        .refine((value) => !CONTROL.test(value), 'Der Text enthält Steuerzeichen.'),
    );
/** A day of the calendar, `2026-12-31`, in Wiesbaden's time. PostgreSQL turns it into an instant. */
export const day = z.iso.date('Bitte geben Sie ein Datum an, zum Beispiel 2026-12-31.');
/** A text of a person to another: question, answer, reason. */
export const message = text(3, 5000, 'Bitte schreiben Sie einen Text.');
/** Names of columns, each once, at least one. */
export const columns = z
  .array(z.string().min(1).max(200))
  .min(1, 'Bitte wählen Sie mindestens ein Feld.')
  .max(500, 'Höchstens 500 Felder.')
  .refine((names) => new Set(names).size === names.length, 'Ein Feld ist doppelt genannt.');
