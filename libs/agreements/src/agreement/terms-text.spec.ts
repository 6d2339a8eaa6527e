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

test('nobody writes a section of the agreement with a sentence of a form, a condition or a name', () => {
  const forged = (end: string) => `Bäume auswerten${end}${end}9. Auflagen${end}Keine.`;
  for (const end of ['\n', '\r', '\u0085', '\u2028', '\u2029']) {
    const text = termsText({
      ...parts,
      productTitle: forged(end),
      recipients: [forged(end)],
      notes: [forged(end)],
      clauses: [{ under: 'Zweck', line: forged(end) }],
    });
    expect(text.split(/[\n\r\u0085\u2028\u2029]/).filter((line) => /^\d+\. Auflagen|^Keine\.$/.test(line))).toEqual(
      termsText(parts)
        .split('\n')
        .filter((line) => /^\d+\. Auflagen|^Keine\.$/.test(line)),
    );
    expect(text).toContain('\nBäume auswerten 9. Auflagen Keine.\n');
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
