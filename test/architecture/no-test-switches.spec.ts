import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Words of the test runner, of the translation it needs, and of switches that make the product behave otherwise in tests. */
const SWITCHES = /\bjest\b|@swc|NODE_ENV\W+test|\bin-tests?\b|endsWith\(\W\.tsx?\W\)|require\.extensions/i;
const TESTS = /\.spec\.tsx?$|\.read-back\.ts$/;

const product = execFileSync('git', ['ls-files', 'apps', 'libs'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\/src\/.*\.(?:[cm]?[jt]s|tsx)$/.test(file) && !TESTS.test(file));

test('nothing in product code knows the test runner', () => {
  expect(product.length).toBeGreaterThan(400);
  const found = product.filter((file) => SWITCHES.test(readFileSync(file, 'utf8')));
  expect(found).toEqual([]);
});

test.each([`if (process.env.NODE_ENV === 'test')`, `__filename.endsWith('.ts')`, `import '@swc/core'`])(
  'a switch would be found: %s',
  (line) => expect(line).toMatch(SWITCHES),
);
