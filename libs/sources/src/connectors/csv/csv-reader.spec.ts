import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvReader, type ReaderFault } from './csv-reader';
import { READING_LIMITS } from '../../reading/recognition';

function read(text: string, delimiter = ';', chunk = text.length || 1, limits = READING_LIMITS) {
  const records: string[][] = [];
  const faults: ReaderFault[] = [];
  const reader = new CsvReader(
    delimiter,
    limits,
    (cells) => records.push(cells),
    (fault) => faults.push(fault),
  );
  for (let i = 0; i < text.length; i += chunk) reader.write(text.slice(i, i + chunk));
  reader.end();
  return { records, faults, newlines: reader.newlines };
}

const piece = fc.constantFrom('a', 'ä', ' ', '"', '""', ';', '\n', '\r', '\r\n', '1', '😀', ',');
const cell = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
const quoted = (value: string) => (/[;"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

it('reads what was written, cut anywhere', () => {
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 9 }), (rows, eol, chunk) => {
      const text = rows.map((cells) => cells.map(quoted).join(';')).join(eol);
      const { records, faults } = read(text, ';', chunk);
      expect(faults).toEqual([]);
      expect(records).toEqual(rows);
    }),
  );
});

it('agrees with another reader on well-formed files', () => {
  const text = 'a;b\r\n"x;y";"q""q"\n"zwei\r\nZeilen";\n;\n';
  const other = parse(text, { delimiter: ';', relax_column_count: true, record_delimiter: ['\r\n', '\n'] });
  expect(read(text).records).toEqual(other);
});

it.each<[string, string, Partial<ReaderFault>]>([
  [
    'an open quote, at the row where it opens',
    'a;b\n1;"x\n2;y\n3;z\n',
    { row: 2, column: 2, code: 'quote_open', fatal: true },
  ],
  ['text after a closing quote', 'a;b\n1;"x"y\n', { row: 2, column: 2, code: 'quote_faulty', fatal: false }],
])('names %s', (_, text, fault) => {
  expect(read(text).faults).toEqual([expect.objectContaining(fault)]);
});

it('counts a quoted line break as one row', () => {
  const { faults } = read('a;b\n"1\n\n\n";2\n3;"x"y\n');
  expect(faults[0]).toMatchObject({ row: 3, column: 2 });
});

it('keeps a quote inside an unquoted cell, and blanks around a quoted one do not matter', () => {
  expect(read('Rohr 5" lang;"x"  ;1\n').records).toEqual([['Rohr 5" lang', 'x', '1']]);
});

it.each<[string, string, ReaderFault['code'], object]>([
  ['a cell', 'x'.repeat(200), 'cell_too_long', { cellChars: 100 }],
  ['a quoted cell', `"${'x'.repeat(200)}`, 'quote_open', { cellChars: 100 }],
  ['a row', 'abc;'.repeat(60), 'row_too_long', { recordChars: 100 }],
  ['the number of columns', ';'.repeat(300), 'too_many_columns', { columns: 200 }],
])('stops at the limit of %s and keeps no more in memory', (_, text, code, limit) => {
  for (const chunk of [7, 1000]) {
    const { faults } = read(text, ';', chunk, { ...READING_LIMITS, ...limit });
    expect(faults).toEqual([expect.objectContaining({ code, fatal: true })]);
  }
});

it('counts each kind of line end', () => {
  expect(read('a\r\nb\nc\rd\r\n', ';', 1).newlines).toEqual({ CRLF: 2, LF: 1, CR: 1 });
});
