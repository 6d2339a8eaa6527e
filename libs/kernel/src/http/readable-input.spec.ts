import { Problem } from '../problem';
import { readable } from './readable-input';

const said = (input: unknown): unknown => {
  try {
    return readable(input) === input ? 'readable' : 'changed';
  } catch (problem) {
    if (problem instanceof Problem)
      return problem.errors ? [problem.status, ...problem.errors.map(({ pointer }) => pointer)] : problem.status;
    throw problem;
  }
};
const nested = (depth: number, text = ''): unknown => JSON.parse('['.repeat(depth) + text + ']'.repeat(depth));

describe('what a call sends', () => {
  it.each<[string, unknown, unknown]>([
    ['nothing', undefined, 'readable'],
    [
      'text of every language, direction and shape',
      { a: ['\u202Ex', '👩‍👩‍👧', 'é', 'e\u0301', '${jndi:ldap://x}', '\u001b[31m', '\r\n'] },
      'readable',
    ],
    [
      'a member that only sounds dangerous',
      { constructor: 'Bauunternehmen', prototype: 1, toString: null },
      'readable',
    ],
    ['32 levels', nested(32), 'readable'],
    ['33 levels', nested(33), 400],
    ['ten thousand levels', nested(10_000), 400],
    ['a million keys', Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [i, 1])), 400],
    ['a prototype', JSON.parse('{"a":[{"__proto__":{"admin":true}}]}'), 400],
    ['the prototype of a constructor', { constructor: { prototype: { admin: true } } }, 400],
    ['NUL', { a: { 'b/c': ['x', 'y\0z'] } }, [422, '/a/b~1c/1']],
    ['half a character', { a: '\uD83D', b: 'x\uDE00' }, [422, '/b', '/a']],
    ['half a character in a name', { 'a\uD83D': 1 }, [422, '/a\u{FFFD}']],
    ['a number nobody sent', JSON.parse('{"a":9007199254740993,"b":-1e300}'), [422, '/b', '/a']],
    ['an endless number', JSON.parse('{"a":1e999}'), [422, '/a']],
    ['the largest whole number and a fraction', { a: Number.MAX_SAFE_INTEGER, b: -0.5 }, 'readable'],
  ])('%s', (_, input, answer) => {
    expect(said(input)).toEqual(answer);
  });
});
