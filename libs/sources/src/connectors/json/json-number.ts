const MOST_DIGITS = 38;

/**
 * The digits of a JSON number written out, without exponent, exactly as many as there are: `1.5E-3` gives `0.0015`. The
 * text as it stood where that would be longer than any column of numbers; nothing is ever rounded.
 */
export function plainNumber(written: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(written);
  if (!parts?.[4]) return written;
  const [, sign = '', whole = '', fraction = '', exponent] = parts;
  const shift = Number(exponent);
  if (Math.abs(shift) > MOST_DIGITS) return written;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = withoutLastZeros(padded.slice(at));
  const plain = `${sign}${before}${after ? `.${after}` : ''}`;
  return before.length + after.length > MOST_DIGITS ? written : plain;
}

/** By hand: `/0+$/` would look at each of a million zeros once more for every zero before it. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
