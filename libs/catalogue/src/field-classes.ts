import type { FieldClass } from '#lib/policy';
import type { Suggestion } from './product.view';

/** How much a class protects; the scan may raise a class along this order, never lower it. */
export const CLASS_RANK: Record<FieldClass, number> = { NONE: 0, QUASI_ID: 1, SENSITIVE: 2, DIRECT_ID: 3, SECRET: 4 };

interface Sign {
  class: FieldClass;
  /** against the column name: lower case, umlauts spelt out, words parted by one blank */
  name: RegExp;
  because: string;
}

/** Signs in column names, the strongest first. Words, not parts of words: `strassenname` names a street. */
const NAMES: readonly Sign[] = [
  {
    class: 'SECRET',
    name: /\b(?:passwort|kennwort|password|zugangscode|schluesselcode|pin|token|alarmcode)\b/,
    because: 'sieht nach einem Zugangsgeheimnis aus',
  },
  {
    class: 'DIRECT_ID',
    name: /\b(?:iban|bic|konto|kontonummer|kontoinhaber(?:in)?)\b/,
    because: 'sieht nach einer Bankverbindung aus',
  },
  {
    class: 'DIRECT_ID',
    name: /\b(?:e ?mail|mail|mailadresse)\b/,
    because: 'sieht nach einer E-Mail-Adresse aus',
  },
  {
    class: 'DIRECT_ID',
    name: /\b(?:tel|telefon|telefonnummer|telefonnr|mobil|mobilnummer|handy|fax|rufnummer)\b/,
    because: 'sieht nach einer Telefonnummer aus',
  },
  {
    class: 'DIRECT_ID',
    name: /\b(?:steuer ?id|steuernummer|idnr|personalnummer|ausweisnummer|versichertennummer|sozialversicherungsnummer)\b/,
    because: 'sieht nach einer Personennummer aus',
  },
  {
    class: 'DIRECT_ID',
    name: /\b(?:vorname|nachname|familienname|geburtsname|personenname|name person)\b/,
    because: 'sieht nach dem Namen einer Person aus',
  },
  {
    class: 'DIRECT_ID',
    name: /\b(?:gutachter(?:in)?|meldende|melder(?:in)?|hausmeister(?:in)?|eigentuemer(?:in)?|besitzer(?:in)?|mieter(?:in)?|antragsteller(?:in)?|ansprechpartner(?:in)?|bearbeiter(?:in)?|sachbearbeiter(?:in)?|pruefer(?:in)?|kontaktperson|halter(?:in)?|betreuer(?:in)?|inhaber(?:in)?)\b/,
    because: 'nennt vermutlich eine Person',
  },
  { class: 'DIRECT_ID', name: /\b(?:person|personen)\b(?! (?:zahl|anzahl))/, because: 'nennt vermutlich eine Person' },
  { class: 'DIRECT_ID', name: /^name$/, because: 'sieht nach einem Namen aus' },
  {
    class: 'DIRECT_ID',
    name: /\b(?:kennzeichen|kfz ?kennzeichen|nummernschild)\b/,
    because: 'sieht nach einem Kfz-Kennzeichen aus',
  },
  {
    class: 'SENSITIVE',
    name: /\b(?:diagnose|krankheit|behinderung|gesundheit|religion|konfession|herkunft|staatsangehoerigkeit|schulden|einkommen|sozialhilfe)\b/,
    because: 'sieht nach einer besonders geschützten Angabe aus',
  },
  {
    class: 'QUASI_ID',
    name: /\b(?:geburtsdatum|geburtstag|geb ?datum|gebdat|geburtsjahr|alter)\b/,
    because: 'sieht nach Geburtsdatum oder Alter aus',
  },
  {
    class: 'QUASI_ID',
    name: /\b(?:adresse|anschrift|wohnort|hausnummer|hausnr|haus nr|strasse hausnummer)\b/,
    because: 'sieht nach einer Adresse aus',
  },
  {
    class: 'QUASI_ID',
    name: /\b(?:geschlecht|familienstand|beruf|flurstueck|flurstuecksnummer)\b/,
    because: 'kann zusammen mit anderen Angaben auf eine Person führen',
  },
];

const VALUES: readonly Sign[] = [
  { class: 'DIRECT_ID', name: /^[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,24}$/i, because: 'enthält E-Mail-Adressen' },
  {
    class: 'DIRECT_ID',
    name: /^[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?$/,
    because: 'enthält IBAN-Nummern',
  },
  { class: 'DIRECT_ID', name: /^(?:\+49|0049|0)[\d /()-]{7,20}$/, because: 'enthält Telefonnummern' },
];

/** Degrees with more than four decimals find a front door. */
const FINE_COORDINATE = /^-?\d{1,3}[.,]\d{5,}$/;
const COORDINATE_NAME =
  /\b(?:lat|lon|lng|latitude|longitude|laenge|breite|geo ?laenge|geo ?breite|koordinate|x ?koordinate|y ?koordinate|rechtswert|hochwert|geometrie|wkt)\b/;

/**
 * Suggests the class of a column from its name and a few sample values. With `aboutThings` (trees, counters)
 * coordinates and addresses raise a question, not the class.
 */
export function suggestClass(column: { name: string; samples?: readonly string[] }, aboutThings = false): Suggestion {
  const name = words(column.name);
  const samples = (column.samples ?? []).map((sample) => sample.trim()).filter((sample) => sample !== '');
  const found = [
    ...NAMES.filter((sign) => sign.name.test(name)),
    ...VALUES.filter((sign) => samples.length > 0 && samples.every((sample) => sign.name.test(sample))),
  ].sort((a, b) => CLASS_RANK[b.class] - CLASS_RANK[a.class])[0];
  const where =
    COORDINATE_NAME.test(name) && samples.some((sample) => FINE_COORDINATE.test(sample) || sample.startsWith('POINT'));
  if (found && !(aboutThings && found.class === 'QUASI_ID')) return { class: found.class, because: found.because };
  if (found || where) {
    return aboutThings
      ? { class: 'NONE', because: 'Ortsangabe: Lässt sich daraus auf eine Person schließen?' }
      : { class: 'QUASI_ID', because: found?.because ?? 'enthält genaue Koordinaten' };
  }
  return { class: 'NONE', because: null };
}

const SPELT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** `HausmeisterName`, `hausmeister_name` and `Hausmeister-Name` are the same three words. */
function words(name: string): string {
  return name
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => SPELT[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
