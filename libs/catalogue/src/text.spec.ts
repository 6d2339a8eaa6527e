import { line, text } from './text';

describe('a text', () => {
  it('is kept exactly, in NFC, with line breaks', () => {
    expect(text(100).parse('  <script>alert(1)</script>\r\nZeile 2 ')).toBe('<script>alert(1)</script>\nZeile 2');
    expect(text(100).parse('u\u0308')).toBe('ü');
  });
  it.each(['zero\0byte', 'lone \uD800 surrogate', 'escape \u001B[31m', 'c1 \u0085'])('is refused with %j', (value) => {
    expect(text(100).safeParse(value).success).toBe(false);
  });
  it('is measured after trimming, and a line has no breaks and is not empty', () => {
    expect(line(3).safeParse(' abc ').success).toBe(true);
    expect(line(3).safeParse('abcd').success).toBe(false);
    expect(line(9).safeParse('a\nb').success).toBe(false);
    expect(line(9).safeParse('a\u2028b').success).toBe(false);
    expect(line(9).safeParse('  ').success).toBe(false);
  });
});
