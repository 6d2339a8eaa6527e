import { SealedJson } from './sealed-json';

const id = Buffer.from('id');

test('what was sealed opens again, and looks different each time', () => {
  const sealing = new SealedJson('a secret of some length', 'test');
  const [a, b] = [sealing.seal({ token: 'geheim' }, id), sealing.seal({ token: 'geheim' }, id)];
  expect(sealing.open(a, id)).toEqual({ token: 'geheim' });
  expect(a.equals(b)).toBe(false);
  expect(a.toString('latin1')).not.toContain('geheim');
});

test('a changed byte, another id, another secret or a stump opens nothing', () => {
  const sealing = new SealedJson('a secret of some length', 'test');
  const sealed = sealing.seal({ a: 1 }, id);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    expect(sealing.open(changed, id)).toBeNull();
  }
  expect(sealing.open(sealed, Buffer.from('other'))).toBeNull();
  expect(new SealedJson('another secret', 'test').open(sealed, id)).toBeNull();
  expect(sealing.open(sealed.subarray(0, 20), id)).toBeNull();
});
