import { z } from 'zod';

/**
 * Text a person writes: NFC, no control characters but tab and line break, no lone surrogates, no zero bytes (the
 * database refuses them late and as a fault of its own). What is left is stored exactly; screens escape.
 */
export const text = (max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed(), 'Der Text enthält ungültige Zeichen.')
    .overwrite((value) => value.normalize('NFC').replaceAll('\r\n', '\n').trim())
    // eslint-disable-next-line no-control-regex -- control characters are exactly what is meant
    .refine((value) => !/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(value), 'Der Text enthält Steuerzeichen.')
    .refine((value) => value.length <= max, `Höchstens ${max} Zeichen.`);

/** The same, not empty and on one line. */
export const line = (max: number) =>
  text(max)
    .refine((value) => value.length > 0, 'Bitte ausfüllen.')
    .refine((value) => !/[\n\t\u2028\u2029]/.test(value), 'Bitte ohne Zeilenumbruch.');
