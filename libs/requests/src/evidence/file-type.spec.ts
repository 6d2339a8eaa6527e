import { fileNameOf, fileTypeOf } from './file-type';

test.each([
  ['x\r\nSet-Cookie: y=1.pdf', 'xSet-Cookie: y=1.pdf'],
  ['"; filename=böse.html', '"; filename=böse.html.pdf'],
  ['/etc/passwd\u0000.pdf', 'passwd.pdf'],
  ['a\ud800b.pdf', 'a\ufffdb.pdf'],
  ['\u2066rapport\u2069.PDF', 'rapport.pdf'],
  ['zeile\u2028zwei.pdf', 'zeilezwei.pdf'],
  ['bericht.pdf.exe', 'bericht.pdf.exe.pdf'],
  [' . . ', 'ohne Namen.pdf'],
  ['a/../b/', 'ohne Namen.pdf'],
  ['a\u0308.pdf', 'ä.pdf'],
])('%j is called %j', (given, name) => expect(fileNameOf(given, 'application/pdf')).toBe(name));

test('a picture keeps the ending it has, and no name is longer than a folder takes', () => {
  expect(fileNameOf('foto.JPEG', 'image/jpeg')).toBe('foto.jpg');
  expect(Buffer.byteLength(fileNameOf('\u{1F600}'.repeat(900), 'image/png'))).toBeLessThan(600);
});

test('what is two things at once is none', () => {
  for (const bytes of ['<html>%PDF-1.4\n%%EOF\0', '%PDF-1.4 and no end', 'PK\u0003\u0004'])
    expect(() => fileTypeOf(Buffer.from(bytes))).toThrow(expect.objectContaining({ code: 'evidence_type' }));
});
