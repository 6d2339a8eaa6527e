import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { READING_LIMITS, type ReadingLimits } from '../../reading/recognition';
import type { CsvSettings } from './csv-recognition';
import { columnNames, recogniseFile } from './recognise-csv';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'recognise-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function recognised(content: string | Buffer, hints: CsvSettings = {}, limits: Partial<ReadingLimits> = {}) {
  const file = join(folder, 'upload.csv');
  await writeFile(file, content);
  const { format, ...common } = await recogniseFile(file, hints, { ...READING_LIMITS, ...limits });
  return { ...common, ...format };
}
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const types = (r: Awaited<ReturnType<typeof recognised>>) => r.columns.map((column) => column.type).join(' ');
const where = (r: Awaited<ReturnType<typeof recognised>>) => r.faults.map((f) => `${f.code} ${f.row}:${f.column}`);

describe('what German cities write', () => {
  it('is read with semicolons, decimal commas, thousands dots and German dates', async () => {
    const r = await recognised(
      'Straße;Bäume;Höhe in m;Wert;gepflanzt;geprüft am\r\n' +
        'Lindenallee;12;8,5;1.234,50;01.04.1987;31.12.2025 14:05\r\n' +
        'Am Bach;7;12;12.000,00;3.11.2001;02.01.2026 07:30:15\r\n',
    );
    expect(r).toMatchObject({
      encoding: 'utf-8',
      bom: false,
      delimiter: ';',
      newline: 'CRLF',
      headerLine: 1,
      rowCount: 2,
      faultCount: 0,
    });
    expect(types(r)).toBe('TEXT INTEGER DECIMAL DECIMAL DATE TIMESTAMP');
    expect(r.columns[2]).toMatchObject({ decimal: ',', thousands: null, stored: 'DECIMAL(3,1)' });
    expect(r.columns[3]).toMatchObject({ decimal: ',', thousands: '.', stored: 'DECIMAL(7,2)' });
    expect(r.columns[5]).toMatchObject({ dateFormat: 'DD.MM.YYYY HH:mm:ss' });
    expect(r.preview[0]).toEqual(['Lindenallee', '12', '8,5', '1.234,50', '01.04.1987', '31.12.2025 14:05']);
  });

  it.each<[string, Buffer, object]>([
    ['UTF-8 with BOM', Buffer.from('\ufeffName;Zahl\nKöln;1\n'), { encoding: 'utf-8', bom: true }],
    ['ISO-8859-1', latin1('Name;Zahl\nKöln;1\nGießen;2\n'), { encoding: 'iso-8859-1', bom: false }],
    [
      'windows-1252',
      Buffer.concat([latin1('Name;Preis\nK\xf6ln;1 '), Buffer.from([0x80]), latin1('\n')]),
      { encoding: 'windows-1252' },
    ],
    ['UTF-16 with BOM', Buffer.from('\ufeffName;Zahl\nKöln;1\n', 'utf16le'), { encoding: 'utf-16le', bom: true }],
  ])('is read in %s', async (_, bytes, expected) => {
    const r = await recognised(bytes);
    expect(r).toMatchObject({ ...expected, faultCount: 0 });
    expect(r.columns[0]?.name).toBe('Name');
    expect(r.preview[0]?.[0]).toBe('Köln');
  });

  it.each([
    ['commas', 'a,b\n1,x\n2,"y, z"\n', ','],
    ['tabs', 'a\tb\n1\tx\n', '\t'],
    ['semicolons with decimal commas', 'a;b\n1,5;2,5\n3,5;4,5\n', ';'],
    ['semicolons and commas in text', 'Nr;Text\n1;rot, grün, blau\n2;gelb\n', ';'],
    ['a sep= line', 'sep=|\na|b\n1|2\n', '|'],
  ])('is cut at %s', async (_, text, delimiter) => {
    const r = await recognised(text);
    expect(r.delimiter).toBe(delimiter);
    expect(r.columns.map((column) => column.name.toLowerCase())).toHaveLength(2);
    expect(r.faultCount).toBe(0);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('is read with %s line ends', async (newline, eol) => {
    const r = await recognised(`a;b${eol}1;2${eol}3;4${eol}`);
    expect(r).toMatchObject({ newline, rowCount: 2, faultCount: 0 });
  });

  it('may have title lines above the header, padded or not, and notes below the table', async () => {
    const r = await recognised(
      'Grünflächen der Stadt;;;\nStand der Daten: Juli\n\nNr;Anlage;X;Y\n1;Kurpark;3445;5551\n2;Reisinger;3446;5550\n\nQuelle: Grünflächenamt\n',
    );
    expect(r).toMatchObject({ headerLine: 4, firstDataLine: 5, rowCount: 2, faultCount: 0 });
    expect(r.titleLines).toEqual(['Grünflächen der Stadt', 'Stand der Daten: Juli']);
    expect(r.footerLines).toEqual(['Quelle: Grünflächenamt']);
  });

  it('keeps total rows as data and keys with leading zeros as text', async () => {
    const r = await recognised('id;name;quote\n01;Mitte;42,3\n53;Kostheim;41\n00;gesamt;48,1\n');
    expect(types(r)).toBe('TEXT TEXT DECIMAL');
    expect(r.rowCount).toBe(3);
  });

  it.each([
    ['an office key', '06414000\n06412000\n'],
    ['a phone number', '+49611\n+49612\n'],
    ['a house number', '12\n12a\n14\n15\n16\n17\n18\n'],
    ['an id longer than 64 bits', '12345678901234567890\n12345678901234567891\n'],
    ['something like 12E3', '12E3\n14E5\n'],
    ['a two-digit year', '01.02.03\n04.05.06\n'],
  ])('keeps %s as text', async (_, rows) => {
    expect(types(await recognised(`Spalte\n${rows}`))).toBe('TEXT');
  });

  it.each<[string, string, string, object]>([
    ['1.234 beside 1.234,5 is thousands', 'a;b\n1.234;1.234,5\n2.345;2,5\n', 'INTEGER DECIMAL', { thousands: '.' }],
    ['1.234 beside 12.5 is a fraction', 'a;b\n1.234;x\n12.5;y\n', 'DECIMAL TEXT', { decimal: '.' }],
    ['1.234.567 is thousands', 'a,b\n1.234.567,x\n345,y\n', 'INTEGER TEXT', { thousands: '.' }],
    ['0.123 is a fraction', 'a;b\n0.123;x\n0.456;y\n', 'DECIMAL TEXT', { decimal: '.' }],
    ['12345 beside 1.234 is a fraction', 'a;b\n12345;x\n1.234;y\n', 'DECIMAL TEXT', { decimal: '.' }],
    ['1,234,567.8 is English', 'a;b\n1,234,567.8;x\n2.5;y\n', 'DECIMAL TEXT', { decimal: '.', thousands: ',' }],
    ['negative figures are figures', 'a;b\n-571;-1,5\n12;0\n', 'INTEGER DECIMAL', {}],
    ['ja and nein are yes and no', 'a;b\nja;TRUE\nNein;false\n', 'BOOLEAN BOOLEAN', {}],
    [
      'ISO days and times',
      'a;b\n2025-12-31;2025-12-31T23:59:59\n2024-02-29;2024-01-01 00:00\n',
      'DATE TIMESTAMP',
      { dateFormat: 'YYYY-MM-DD' },
    ],
  ])('%s', async (_, text, expected, first) => {
    const r = await recognised(text);
    expect(types(r)).toBe(expected);
    expect(r.columns[0]).toMatchObject(first);
    expect(r.faultCount).toBe(0);
  });

  it('says so when nothing tells thousands from fractions', async () => {
    const r = await recognised('a;b\n1.234;x\n2.345;y\n');
    expect(r.notes).toEqual([expect.objectContaining({ column: 1, code: 'number_ambiguous' })]);
  });

  it('names empty, repeated and strange headers, each different from the others', async () => {
    const r = await recognised('Wert;;wert;"Zwei\nZeilen";"a""b";__proto__\n1;2;3;4;5;6\n');
    expect(r.columns.map((c) => c.name)).toEqual(['Wert', 'spalte_2', 'wert_2', 'Zwei Zeilen', 'a"b', '__proto__']);
    expect(columnNames(['a\u202eb', 'x'.repeat(500)])[1]).toHaveLength(60);
  });

  it('names the columns itself when the first row is data', async () => {
    const r = await recognised('1;2,5;01.01.2025\n2;3,5;02.01.2025\n');
    expect(r).toMatchObject({ headerLine: 0, firstDataLine: 1, rowCount: 2 });
    expect(r.columns.map((c) => c.name)).toEqual(['spalte_1', 'spalte_2', 'spalte_3']);
  });

  it('reads 20 000 columns', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `Merkmal ${i}`);
    const r = await recognised(`${names.join(';')}\n${names.map(() => '1,5').join(';')}\n`);
    expect(r.columns).toHaveLength(20_000);
    expect(r.columns[19_999]).toMatchObject({ name: 'Merkmal 19999', type: 'DECIMAL' });
  });

  it('follows hints instead of guessing', async () => {
    const text = 'Titel\nPLZ;Zahl;Wert\n65183;1.234;-\n65185;2.345;7\n';
    const r = await recognised(text, { headerLine: 2, types: { PLZ: 'TEXT' }, decimal: '.', nullValues: ['-'] });
    expect(types(r)).toBe('TEXT DECIMAL INTEGER');
    expect(r).toMatchObject({ faultCount: 0, notes: [], nullValues: ['-'] });
    expect(r.columns[2]?.nullable).toBe(true);
  });
});

describe('what does not fit is named by row and column', () => {
  const numbers = (bad: string) =>
    `id;wert\n${['1', '2', '3', '4', bad, '6'].map((cell, i) => `${i + 1};${cell}`).join('\n')}\n`;

  it.each([
    ['a word among figures', numbers('unbekannt'), ['cell_type 6:2']],
    ['a day that does not exist', 'tag;n\n01.02.2025;1\n30.02.2025;2\n', ['cell_type 3:1']],
    ['a missing cell', 'a;b;c\n1;2;3\n4;5\n6;7;8\n', ['cells_missing 3:3']],
    ['a cell too many', 'a;b\n1;2\n3;4;5\n', ['cells_extra 3:3']],
    ['an open quote', 'a;b\n1;2\n3;"offen\n5;6\n', ['quote_open 3:2']],
    ['text after a quote', 'a;b\n1;"x" y\n', ['quote_faulty 2:2']],
    ['a NUL byte', 'a;b\n1;x\0y\n', ['nul_byte 2:2']],
  ])('%s', async (_, text, expected) => {
    expect(where(await recognised(text))).toEqual(expected);
  });

  it('mixed encodings', async () => {
    const r = await recognised(Buffer.concat([Buffer.from('a;b\nKöln;ü\nGießen;ä\n'), latin1('1;M\xfcnster\n')]));
    expect(where(r)).toEqual(['bytes_unreadable 4:2']);
  });

  it('but a column forced to text takes every cell', async () => {
    const r = await recognised(numbers('unbekannt'), { types: { wert: 'TEXT' } });
    expect(r).toMatchObject({ faultCount: 0 });
  });

  it('and a column forced to a type takes only that', async () => {
    const r = await recognised('a;b\n1;x\n1,5;y\n', { types: { a: 'INTEGER' } });
    expect(where(r)).toEqual(['cell_type 3:1']);
  });

  it('counts all faults and lists a hundred', async () => {
    const r = await recognised(`a;b\n${'1;2;3\n'.repeat(500)}`, { delimiter: ';', headerLine: 1 }, {});
    expect(r.columns.length).toBe(3);
    const s = await recognised(`a;b\n1;2\n${'1;"x"y\n'.repeat(500)}`);
    expect(s.faults).toHaveLength(100);
    expect(s.faultCount).toBeGreaterThanOrEqual(500);
  });
});

describe('what is no table is refused', () => {
  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'csv_faulty'],
    ['blank lines', '\n\n;;;\n', 'csv_faulty'],
    ['a workbook', Buffer.from('504b03041400060008000000', 'hex'), 'file_not_csv'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'file_not_csv'],
    ['a PDF', '%PDF-1.7\n', 'file_not_csv'],
    ['a compressed file', Buffer.from('1f8b0800', 'hex'), 'file_not_csv'],
    ['a web page', '\ufeff <!DOCTYPE html><table>', 'file_not_csv'],
    ['XML with entities', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>', 'file_not_csv'],
    ['JSON', '[\n {"a": 1}]', 'file_not_csv'],
    ['a binary file', Buffer.from(Array.from({ length: 2000 }, (_, i) => i % 7)), 'file_not_csv'],
    ['one endless line', 'x'.repeat(3_000_000), 'csv_faulty'],
    ['one endless quoted cell', `a;b\n"${'x\n'.repeat(2_000_000)}`, 'csv_faulty'],
    ['too many columns', ';a'.repeat(20_001), 'csv_faulty'],
  ])('%s', async (_, content, code) => {
    await expect(recognised(content)).rejects.toMatchObject({ code });
  });

  it('a file beyond the limit', async () => {
    await expect(recognised('a;b\n1;2\n', {}, { fileBytes: 4 })).rejects.toMatchObject({ code: 'file_too_large' });
  });
});
