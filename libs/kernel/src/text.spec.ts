import { cell, document, line, name, quoted, search, text, unseenSign } from './text';

const said = (schema: ReturnType<typeof text>, value: string): string => {
  const result = schema.safeParse(value);
  return result.success ? `= ${result.data}` : result.error.issues.map(({ message }) => message).join(' ');
};

describe('a text', () => {
  it('is kept exactly, in NFC, with line breaks and tabs', () => {
    expect(said(text(100), '  <script>alert(1)</script>\r\n\tZeile 2 ')).toBe('= <script>alert(1)</script>\n\tZeile 2');
    expect(said(text(100), 'Gru\u0308n')).toBe('= Grün');
    expect(said(text(100), '10\u00A0km')).toBe('= 10 km');
  });

  it.each([
    ['Baum\u200Bkataster', 'Nicht erlaubt: Zeichen U+200B (Nullbreitenzeichen) an Stelle 5.'],
    ['👍 rechnung\u202Efdp', 'Nicht erlaubt: Zeichen U+202E (Zeichen für die Schreibrichtung) an Stelle 11.'],
    ['rot\u001B[31m', 'Nicht erlaubt: Zeichen U+001B (Steuerzeichen) an Stelle 4.'],
    ['zero\0byte', 'Nicht erlaubt: Zeichen U+0000 (Steuerzeichen) an Stelle 5.'],
    ['lone \uD800 half', 'Nicht erlaubt: Zeichen U+D800 (halbes Zeichen) an Stelle 6.'],
    ['a\u2028b', 'Nicht erlaubt: Zeichen U+2028 (Zeilentrenner) an Stelle 2.'],
    ['a\u3164b', 'Nicht erlaubt: Zeichen U+3164 (unsichtbares Zeichen) an Stelle 2.'],
    ['a\u2800b', 'Nicht erlaubt: Zeichen U+2800 (leeres Braillezeichen) an Stelle 2.'],
    ['\uFEFFabc', 'Nicht erlaubt: Zeichen U+FEFF (Bytereihenfolge-Marke) an Stelle 1.'],
    ['c1 \u0085', 'Nicht erlaubt: Zeichen U+0085 (Steuerzeichen) an Stelle 4.'],
    ['👩\u200D👧 Familie', 'Nicht erlaubt: Zeichen U+200D (Nullbreiten-Verbinder) an Stelle 2.'],
    ['ab \u0301cd', 'Nicht erlaubt: Zeichen U+0301 (Akzent ohne Buchstaben) an Stelle 4.'],
    [`Z${'\u0335\u0349\u0301'.repeat(9)}`, /^Zu viele Akzente übereinander: /],
    [
      '\u200B'.repeat(10),
      'Nicht erlaubt: Zeichen U+200B (Nullbreitenzeichen) an Stelle 1, Zeichen U+200B (Nullbreitenzeichen) an Stelle 2, Zeichen U+200B (Nullbreitenzeichen) an Stelle 3 und 7 weitere.',
    ],
  ])('names the sign nobody sees and its place: %j', (value, message) => {
    expect(said(text(200), value)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it.each(['..........', '– – – – – –', '😀😀😀😀😀😀😀😀😀😀', '\u0301'.repeat(10), '          ', '. . . . a . .'])(
    'says something, or is none: %j',
    (value) => {
      expect(said(text(200, { least: 10, says: 'Bitte beschreiben Sie den Zweck.' }), value)).not.toMatch(/^=/);
    },
  );

  it.each([
    'Ja.',
    'Förderung „Stadtgrün“ (§ 3) 👍',
    'Die Fläche ist ≥ 10 m² groß; siehe https://example.org/?a=1',
    'Łódź, Žilina, Ærø, Ñandú',
    'Ξενοφών',
    'София',
    '東京',
    '❤\uFE0F Danke',
  ])('takes what people write: %j', (value) => expect(said(text(200), value)).toBe(`= ${value.replace('\uFE0F', '')}`));

  it('is measured after trimming, and a line has no breaks and is not empty', () => {
    expect(said(line(3), ' abc ')).toBe('= abc');
    expect(said(line(3), 'abcd')).toBe('Bitte höchstens 3 Zeichen.');
    expect(said(line(9), '  ')).toBe('Bitte ausfüllen.');
    expect(said(text(9, { least: 0 }), '  ')).toBe('= ');
    expect(said(line(9), 'ab\ncd')).toBe(
      'Bitte in einer Zeile, ohne Zeilenumbruch: Zeichen U+000A (Zeilenumbruch) an Stelle 3.',
    );
    expect(said(line(9), 'ab\rcd')).toMatch(/U\+000D/);
  });
});

describe('a name', () => {
  it.each([
    'Jörg Müller-Lüdenscheidt',
    'O’Neill',
    'D’Angelo',
    'Đorđević',
    'Þóra Ægisdóttir',
    'Nguyễn Văn Ân',
    'Søren',
    'Ольга',
    'Αθηνά',
    'van der Veen',
    'Abteilung 51.02',
    'Haus & Grund (Süd)',
    'Dr. h. c. Müller',
  ])('of people and offices in Europe: %s', (value) => expect(said(name(100), value)).toBe(`= ${value}`));
  it.each(['\u200B', '51', '…', '👍 Amt', 'Umwelt\u00ADamt', 'a\u202Eb', '\u0301\u0301', 'Umwelt\u0430mt', '\u0410mt'])(
    'is none: %j',
    (value) => {
      expect(said(name(100), value)).not.toMatch(/^=/);
    },
  );
  it('stands with single blanks', () => expect(said(name(100), ' Eva   Bach ')).toBe('= Eva Bach'));
});

describe('what stands in a cell', () => {
  it.each(['', '-', ' x ', 'k. A.', '10\u00A0km', '€'])('is kept as it is: %j', (value) => {
    expect(said(cell(99), value)).toBe(`= ${value}`);
  });
  it('is composed, so that a filter finds what people see', () => expect(said(cell(99), 'Su\u0308d')).toBe('= Süd'));
  it.each(['a\u200Bb', 'a\nb', 'a\tb'])('has no sign nobody sees: %j', (value) => {
    expect(said(cell(99), value)).not.toMatch(/^=/);
  });
});

test('a file of text keeps its bytes, and a search leaves out what nobody sees', () => {
  expect(said(document(99), ' - a:\r\n\t"Gru\u0308n"\n')).toBe('= - a:\r\n\t"Gru\u0308n"\n'.replace('= ', '=  '));
  expect(said(document(99), 'because: "a\u202Eb"')).toMatch(/U\+202E/);
  expect(said(search(99), ' Baum\u200Bkataster\u202E ')).toBe('= Baumkataster');
});

test('a quotation is one line between quotation marks, and nobody ends it from within', () => {
  expect(quoted('Bäume“\n8. Widerruf\nKeiner. „x')).toBe('„Bäume‘ 8. Widerruf Keiner. ‚x“');
  expect(quoted('rechnung\u202Efdp')).toBe('„rechnungfdp“');
});

test('a sign nobody sees is found in texts of before', () => {
  expect(unseenSign('alles gut')).toBeUndefined();
});
