import { z } from 'zod';

/** `most`: signs after trimming; `least`: fewer are no answer, 0 lets nothing stand; `says`: German, for what is missing or too short. */
export interface TextBounds {
  least?: number;
  says?: string;
}

const NAMES: Readonly<Record<string, string>> = {
  '\t': 'Tabulator',
  '\n': 'Zeilenumbruch',
  '\r': 'Wagenrücklauf',
  '\u00AD': 'weiches Trennzeichen',
  '\u034F': 'unsichtbarer Verbinder',
  '\u200B': 'Nullbreitenzeichen',
  '\u200C': 'Nullbreiten-Trenner',
  '\u200D': 'Nullbreiten-Verbinder',
  '\u2028': 'Zeilentrenner',
  '\u2029': 'Absatztrenner',
  '\u2060': 'Wortverbinder',
  '\u2800': 'leeres Braillezeichen',
  '\uFEFF': 'Bytereihenfolge-Marke',
};
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u, 'Zeichen für die Schreibrichtung'],
  [/\p{Cc}/u, 'Steuerzeichen'],
  [/\p{Cs}/u, 'halbes Zeichen'],
  [/\p{Co}/u, 'Zeichen ohne vereinbarte Bedeutung'],
  [/\p{Cn}/u, 'nicht vergebenes Zeichen'],
  [/\p{M}/u, 'Akzent ohne Buchstaben'],
];
// what nobody sees, or what changes how its neighbours are seen; line break and tab are judged on their own
const UNSEEN = /(?![\t\n])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const LOOSE_MARK = /(?<![\p{L}\p{N}\p{M}\p{S}])\p{M}/gu;
const BREAK = /[\t\n]/gu;
/** more marks on one letter than any language writes */
const PILE = /\p{M}{4,}/gu;
const LETTER = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/gu;
const READABLE = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}]/gu;
/** one letter of another script among Latin ones looks like a Latin one */
const MIXED = /^(?=.*\p{Script=Latin}).*(?!\p{Script=Latin})(?!\p{Script=Common})\p{L}/u;

const called = (sign: string): string => {
  const code = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const kind = NAMES[sign] ?? KINDS.find(([pattern]) => pattern.test(sign))?.[1] ?? 'unsichtbares Zeichen';
  return `U+${code} (${kind})`;
};
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** `Zeichen U+200B (Nullbreitenzeichen) an Stelle 5`; places count signs from 1, as a person does. */
function named(text: string, pattern: RegExp): string | undefined {
  const found = [...text.matchAll(pattern)].map(
    ({ 0: match, index }) => `Zeichen ${called([...match][0]!)} an Stelle ${[...text.slice(0, index)].length + 1}`,
  );
  if (found.length === 0) return undefined;
  const more = found.length > 3 ? ` und ${found.length - 3} weitere` : '';
  return `${found.slice(0, 3).join(', ')}${more}`;
}

/** A sign that nobody sees, or that turns or covers its neighbours; in German with its place, undefined where there is none. */
export function unseenSign(text: string): string | undefined {
  const found = named(text, UNSEEN) ?? named(text.normalize('NFC'), LOOSE_MARK);
  if (found) return `Nicht erlaubt: ${found}.`;
  const pile = named(text.normalize('NFC'), PILE);
  return pile && `Zu viele Akzente übereinander: ${pile}.`;
}

/** The text without signs that nobody sees. */
export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '').replace(LOOSE_MARK, '');

// how a picture is drawn, and which blank separates words, is nothing that a person writes on purpose
const asWritten = (value: string): string => value.replaceAll('\r\n', '\n').replace(/[\uFE0E\uFE0F]/g, '');
const tidy = (value: string): string =>
  asWritten(value)
    .normalize('NFC')
    .replace(/\p{Zs}/gu, ' ')
    .trim();

type Find = (value: string) => string | undefined;
const faultless = (schema: z.ZodString, find: Find): z.ZodString =>
  schema.check(({ value, issues }) => {
    const message = find(value);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  });
const seen = (says?: string): z.ZodString =>
  faultless(z.string(says), (value) => unseenSign(asWritten(value))).overwrite(tidy);
const oneLine = (schema: z.ZodString): z.ZodString =>
  faultless(schema, (value) => {
    const found = named(value, BREAK);
    return found && `Bitte in einer Zeile, ohne Zeilenumbruch: ${found}.`;
  });

/** Letters and digits make a text, not signs: at least half of what is asked for must be some. */
function readable(
  schema: z.ZodString,
  most: number,
  { least = 1, says = 'Bitte ausfüllen.' }: TextBounds,
): z.ZodString {
  const bounded = least > 0 ? schema.min(least, says) : schema;
  return faultless(bounded.max(most, `Bitte höchstens ${most} Zeichen.`), (value) => {
    if (value === '' || count(value, READABLE) >= Math.max(1, Math.ceil(least / 2))) return undefined;
    return least > 2 ? `${says} Zeichen allein sagen nichts.` : 'Bitte schreiben Sie Buchstaben oder Ziffern.';
  });
}

/**
 * What people write, in paragraphs: composed (NFC), trimmed, with plain line ends, made of signs that everybody sees,
 * and with letters or digits in it. A picture (emoji) of one sign may stand in it and says nothing; joined ones are
 * refused like every unseen sign. What is left is stored exactly; screens escape.
 */
export const text = (most: number, bounds: TextBounds = {}): z.ZodString => readable(seen(bounds.says), most, bounds);

/** The same on one line. */
export const line = (most: number, bounds: TextBounds = {}): z.ZodString =>
  readable(oneLine(seen(bounds.says)), most, bounds);

/** What people and units are called: a line with a letter, single blanks, no pictures, each word in one script. */
export const name = (most: number, bounds: TextBounds = {}): z.ZodString =>
  faultless(
    line(most, bounds).overwrite((value) => value.replace(/ {2,}/g, ' ')),
    (value) => {
      if (count(value, LETTER) === 0) return 'Ein Name braucht Buchstaben.';
      const picture = named(value, /\p{So}/gu);
      if (picture) return `Nicht in einem Namen: ${picture}.`;
      const mixed = value.match(/[\p{L}\p{M}]+/gu)?.find((word) => MIXED.test(word));
      return mixed && `„${mixed}“ mischt Buchstaben verschiedener Schriften, die gleich aussehen können.`;
    },
  );

/** What stands in a cell, or names a column: composed (NFC), on one line, of seen signs; else as it is, blanks and `-` too. */
export const cell = (most: number, { least = 0, says = 'Bitte ausfüllen.' }: TextBounds = {}): z.ZodString => {
  const schema = oneLine(faultless(z.string(), unseenSign)).overwrite((value) => value.normalize('NFC'));
  return (least > 0 ? schema.min(least, says) : schema).max(most, `Bitte höchstens ${most} Zeichen.`);
};

/** A file people write, kept to the byte: line ends, tabs and blanks are part of it. */
export const document = (most: number): z.ZodString =>
  faultless(z.string(), (value) => unseenSign(value.replaceAll('\r\n', '\n'))).max(most);

/** Words to look for. Nobody keeps them, so what nobody sees is left out. */
export const search = (most: number): z.ZodString =>
  z
    .string()
    .max(most, `Bitte höchstens ${most} Zeichen.`)
    .overwrite((value) => tidy(withoutUnseen(value)));

/**
 * Words of a person or the name of a thing inside our sentence: on one line, between quotation marks. Inner ones become
 * single, so that nobody ends the quotation; what turns the direction of writing in older texts is left out.
 */
export const quoted = (words: string): string =>
  `„${withoutUnseen(words)
    .replace(/\s+/gu, ' ')
    .trim()
    .replaceAll('„', '‚')
    .replace(/[“”"«»]/g, '‘')}“`;
