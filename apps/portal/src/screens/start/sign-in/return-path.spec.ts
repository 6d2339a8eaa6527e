import { returnPath } from './return-path';

test('after signing in people come to the page they asked for', () => {
  expect(returnPath('/requests/1?page=2')).toBe('/requests/1?page=2');
});

test.each([
  '//evil.example/x',
  '/\\evil.example',
  'https://evil.example',
  '/\t/evil.example',
  '',
  null,
  ['/a'],
  '/%0d%0a//x',
  'javascript:alert(1)',
  '/sign-in?returnTo=/sign-in',
  `/${'a'.repeat(3000)}`,
])('nobody is sent elsewhere by %j', (given) => {
  const path = returnPath(given);
  expect(new URL(path, 'http://portal.test').host).toBe('portal.test');
  expect(path.startsWith('/sign-in')).toBe(false);
});
