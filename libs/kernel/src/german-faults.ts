import { z } from 'zod';

const KIND: Readonly<Record<string, string>> = {
  string: 'ein Text',
  number: 'eine Zahl',
  int: 'eine ganze Zahl',
  boolean: 'true oder false',
  array: 'eine Liste',
  object: 'ein Objekt mit Feldern',
  record: 'ein Objekt mit Feldern',
  date: 'ein Datum',
  null: 'null',
};
const FORMAT: Readonly<Record<string, string>> = {
  uuid: 'Hier muss eine Kennung (UUID) stehen.',
  email: 'Hier muss eine E-Mail-Adresse stehen.',
  url: 'Hier muss eine Webadresse stehen.',
  datetime: 'Hier muss ein Zeitpunkt mit Zeitzone stehen, zum Beispiel 2026-12-31T12:00:00+01:00.',
  date: 'Hier muss ein Datum stehen, zum Beispiel 2026-12-31.',
};
const listed = (values: readonly unknown[]): string => {
  const shown = values.slice(0, 12).map((value) => `„${String(value)}“`);
  return values.length > shown.length
    ? `${shown.join(', ')} und ${values.length - shown.length} andere`
    : shown.join(', ');
};
/** „mindestens 3 Zeichen“, „höchstens 5“, „mehr als 0“ */
function bound(
  word: 'mindestens' | 'höchstens',
  limit: unknown,
  origin: string,
  inclusive: boolean | undefined,
): string {
  const unit = { string: ' Zeichen', array: Number(limit) === 1 ? ' Eintrag' : ' Einträge' }[origin] ?? '';
  const words = inclusive === false ? (word === 'mindestens' ? 'mehr als' : 'weniger als') : word;
  return `Hier müssen es ${words} ${String(limit)}${unit} sein.`;
}

/**
 * What is wrong with an input, in German, for whatever a schema does not say in words of its own. zod's own German
 * names types and patterns in English and is written for developers.
 */
export const germanFault: z.core.$ZodErrorMap = (issue) => {
  if (
    (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union') &&
    issue.input === undefined
  )
    return 'Diese Angabe fehlt.';
  switch (issue.code) {
    case 'invalid_type':
      return KIND[issue.expected] ? `Hier muss ${KIND[issue.expected]} stehen.` : 'Diese Angabe hat eine falsche Form.';
    case 'invalid_value':
      return issue.values.length === 1
        ? `Hier darf nur ${listed(issue.values)} stehen.`
        : `Hier darf nur eines davon stehen: ${listed(issue.values)}.`;
    case 'invalid_format':
      return FORMAT[issue.format] ?? 'Diese Angabe hat eine falsche Form.';
    case 'too_small':
      return bound('mindestens', issue.minimum, issue.origin, issue.inclusive);
    case 'too_big':
      return bound('höchstens', issue.maximum, issue.origin, issue.inclusive);
    case 'not_multiple_of':
      return `Hier muss ein Vielfaches von ${String(issue.divisor)} stehen.`;
    case 'unrecognized_keys':
      return `Nicht bekannt: ${listed(issue.keys)}.`;
    case 'invalid_key':
      return 'Der Name eines Feldes ist nicht erlaubt.';
    case 'invalid_union':
    case 'invalid_element':
    case 'custom':
      return 'Diese Angabe ist so nicht möglich.';
  }
};

// for every schema of the process: a message set at the schema goes before it
z.config({ localeError: germanFault });
