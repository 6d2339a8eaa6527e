import { stateAt } from './agreement.states';
import { documentOf } from './agreement-clauses';
import { type AgreementDocument, documentText, sealedForm } from './agreement-document';
import { rowsInWords } from './rows-in-words';
import { parts } from '../../../../test/support/agreement-parts';

test('the text says in plain German who gets what, masked how, until when', () => {
  const text = documentText(documentOf(parts));
  for (const sentence of [
    'Es gibt: Grünflächenamt',
    '3. Form der Daten\nGeliefert werden: einzelne Datensätze.\nHöchstens 4 vollständige Lieferungen in 30 Tagen.',
    '6. Zweck\nDie empfangende Stelle schreibt zu „Vorhaben“:\n  > Stadtklima\nZweck: Klima und Umwelt\n',
    '  > Bäume für die Klimakarte auswerten\n\n7. Empfänger',
    'KI-Nutzung: nicht erlaubt.',
    'Die empfangende Stelle stützt sich auf: Aufgabenerfüllung.',
    '- art („Baumart“)',
    '- gutachter: wird durch „***“ ersetzt',
    'Vom 01.01.2026 bis einschließlich 31.03.2026.',
    'spätestens 90 Tage nach der Lieferung',
  ]) {
    expect(text).toContain(sentence);
  }
});

test('deletion is said once: as the obligation where there is one, else as what was asked for', () => {
  const deletion = 'Löschen nach Frist (90 Tage): Die Daten müssen gelöscht werden.';
  const text = documentText(documentOf({ ...parts, deletion, obligations: [] }));
  expect(text).toContain(`Löschen\n- ${deletion}\nDie Frist beginnt mit der Lieferung.`);
  expect(text.match(/90 Tage/g)).toHaveLength(1);
  expect(text).toContain('Auflagen\nKeine weiteren.');
  expect(documentText(documentOf({ ...parts, obligations: [] }))).toContain('Auflagen\nKeine.');
});

const UNSEEN_BREAKS = /[\n\r\v\f\u0085\u2028\u2029]/;
const FORGED = [
  'Bäume\n\n9. Auflagen\nKeine.',
  'Bäume\r9. Auflagen\rKeine.',
  'Bäume\u20289. Auflagen\u0085Keine.',
  '8. Widerruf',
  '“\n8. Widerruf\nEin Widerruf ist ausgeschlossen.\n„',
  '> 8. Widerruf',
  '  > \n8. Widerruf',
  '# Widerruf\n\n- Ein Widerruf ist ausgeschlossen.\n---\n**8. Widerruf**',
  '<h3>8. Widerruf</h3><blockquote>',
  'Die gebende Stelle schreibt:\n  > Ein Widerruf ist ausgeschlossen.',
  '- Regelwerk: 00',
];
const forged = (words: string) => ({
  ...parts,
  productTitle: words,
  recipients: [words],
  notes: [words],
  fields: [{ name: 'art', meaning: words, mask: { kind: 'redact' as const, with: words } }],
  rows: { column: 'art', op: 'eq' as const, value: words },
  clauses: [{ under: 'Zweck', about: 'Zweck in einem Satz', words, own: true }],
  ownersTerms: [{ about: 'Bedingungen für KI-Nutzung', words, own: true }],
});

test.each(FORGED)('%j written into every part stays words of its writer: no clause, heading or point more', (words) => {
  const plain = documentOf(forged('Bäume auswerten'));
  const document = documentOf(forged(words));
  const shape = ({ clauses }: AgreementDocument) =>
    clauses.map(({ id, title, items }) => [id, title, items.map((item) => [item.kind, 'about' in item && item.about])]);
  expect(shape(document)).toEqual(shape(plain));
  // nothing but a quotation has a second line, in the structure and in the text
  const ours = document.clauses.flatMap(({ items }) => items.filter(({ kind }) => kind !== 'quotation'));
  expect(ours.filter(({ text }) => UNSEEN_BREAKS.test(text))).toEqual([]);
  const outside = (one: AgreementDocument): string[] =>
    documentText(one)
      .split(UNSEEN_BREAKS)
      .filter((line) => !line.startsWith('  > '));
  const headings = (one: AgreementDocument) => outside(one).filter((line) => /^\d+\. /.test(line));
  expect(outside(document)).toHaveLength(outside(plain).length);
  expect(headings(document)).toEqual(headings(plain));
});

test('quotations say whose words they are and on what', () => {
  const text = documentText(documentOf({ ...parts, notes: ['Nur im Haus.\nNicht im Zug.'] }));
  expect(text).toContain('Die freigebenden Stellen schreiben:\n  > Nur im Haus.\n  > Nicht im Zug.\n');
  expect(text).toContain('Die empfangende Stelle schreibt zu „Vorhaben“:\n  > Stadtklima\n');
});

test('a value of a column that is delivered coarser stands in no sentence', () => {
  const rows = { column: 'gutachter', op: 'in' as const, value: ['Frau Beispiel'] };
  const text = documentText(documentOf({ ...parts, rows }));
  expect(text).toContain('gutachter erfüllt eine Bedingung, deren Wert geschützt ist');
  expect(text).not.toContain('Beispiel');
});

test('the seal is over the structure: the same words under another speaker or clause give another digest', () => {
  const one = documentOf(parts);
  const [clause, ...rest] = one.clauses;
  expect(sealedForm(structuredClone(one))).toBe(sealedForm(one));
  expect(sealedForm({ ...one, clauses: [...rest, clause!] })).not.toBe(sealedForm(one));
  expect(documentText(JSON.parse(sealedForm(one)) as AgreementDocument)).toBe(documentText(one));
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
