import { z } from 'zod';
import { parse } from './parse';
import type { Problem } from './problem';

const schema = z.strictObject({
  missing: z.string(),
  text: z.string(),
  count: z.int(),
  word: z.enum(['JA', 'NEIN']),
  id: z.uuid(),
  short: z.string().min(3),
  long: z.array(z.string()).max(1),
  positive: z.number().positive(),
  moment: z.iso.datetime({ offset: true }),
  pattern: z.string().regex(/^x$/),
  either: z.union([z.string(), z.number()]),
  own: z.string('Bitte wählen Sie etwas.'),
});
const faultsOf = (value: unknown): string[] => {
  try {
    parse(schema, value);
    return [];
  } catch (problem) {
    return (problem as Problem).errors!.map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
};

describe('what is wrong with an input', () => {
  it('is said in German, also where the schema has no words of its own', () => {
    expect(
      faultsOf({
        text: 1,
        count: 1.5,
        word: 'VIELLEICHT',
        id: 'x',
        short: 'ab',
        long: ['a', 'b'],
        positive: 0,
        moment: 'heute',
        pattern: 'y',
        either: true,
        own: 1,
        beside: 1,
      }),
    ).toEqual([
      '/missing Diese Angabe fehlt.',
      '/text Hier muss ein Text stehen.',
      '/count Hier muss eine ganze Zahl stehen.',
      '/word Hier darf nur eines davon stehen: „JA“, „NEIN“.',
      '/id Hier muss eine Kennung (UUID) stehen.',
      '/short Hier müssen es mindestens 3 Zeichen sein.',
      '/long Hier müssen es höchstens 1 Eintrag sein.',
      '/positive Hier müssen es mehr als 0 sein.',
      '/moment Hier muss ein Zeitpunkt mit Zeitzone stehen, zum Beispiel 2026-12-31T12:00:00+01:00.',
      '/pattern Diese Angabe hat eine falsche Form.',
      '/either Diese Angabe ist so nicht möglich.',
      '/own Bitte wählen Sie etwas.',
      '/beside Dieses Feld ist nicht bekannt.',
    ]);
  });
});
