import { stateAt } from './agreement.states';
import { rowsInWords, termsText } from './terms-text';
import { parts } from '../../../../test/support/agreement-parts';

test('the text says in plain German who gets what, masked how, until when', () => {
  const text = termsText(parts);
  for (const sentence of [
    'Es gibt: Grünflächenamt',
    '5. Zweck\nVorhaben: Stadtklima\nZweck: Klima und Umwelt\nBäume für die Klimakarte auswerten\n\n6. Empfänger',
    '- art (Baumart)',
    '- gutachter: wird durch „***“ ersetzt',
    'Vom 01.01.2026 bis einschließlich 31.03.2026.',
    'spätestens 90 Tage nach der Lieferung',
  ]) {
    expect(text).toContain(sentence);
  }
});

test('the same terms give the same text, so that its digest is proof', () => {
  expect(termsText(parts)).toBe(termsText(structuredClone(parts)));
});

test('a filter reads as a sentence', () => {
  expect(rowsInWords(parts.rows!)).toBe('bezirk ist eines von „Mitte“, „Nord“ und (hoehe ab 2,5 oder alt ist ja)');
});

test('an agreement ends at its instant: the millisecond before it still counts, the instant itself does not', () => {
  const until = new Date('2026-03-31T22:00:00.000Z');
  expect(stateAt('ACTIVE', until, new Date('2026-03-31T21:59:59.999Z'))).toBe('ACTIVE');
  expect(stateAt('ACTIVE', until, until)).toBe('EXPIRED');
  expect(stateAt('OFFERED', until, new Date('2026-03-31T22:00:00.001Z'))).toBe('EXPIRED');
  expect(stateAt('REVOKED', until, until)).toBe('REVOKED');
});
