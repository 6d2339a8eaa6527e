import fc from 'fast-check';
import type { Mask } from './delivery-plan';
import { stricterMask } from './stricter-mask';

const masks = fc.constantFrom<Mask>(
  { kind: 'drop' },
  { kind: 'null' },
  { kind: 'redact', with: 'x' },
  { kind: 'redact', with: 'y' },
  { kind: 'year' },
  { kind: 'round', to: 10 },
  { kind: 'round', to: 15 },
  { kind: 'round', to: 20 },
  { kind: 'round', to: 30 },
  { kind: 'grid', metres: 100 },
  { kind: 'grid', metres: 1000 },
  { kind: 'grid', metres: 1000, degrees: 'LON' },
  { kind: 'pseudonym' },
);
const values = [-999_999, -17, 0, 3, 14, 15, 44, 1_234_567];
const seen = (mask: Mask, value: number): string => {
  if (mask.kind === 'round') return String(Math.round(value / mask.to) * mask.to);
  if (mask.kind === 'grid' && !mask.degrees) return String(Math.floor(value / mask.metres) * mask.metres);
  return mask.kind === 'drop' || mask.kind === 'null' || mask.kind === 'redact'
    ? 'nothing'
    : JSON.stringify([mask, value]);
};

test('of two masks the stricter holds, in whichever order they come', () => {
  fc.assert(fc.property(masks, masks, (a, b) => expect(stricterMask(a, b)).toEqual(stricterMask(b, a))));
  fc.assert(fc.property(masks, (a) => expect(stricterMask(a, a)).toEqual(a)));
});

test('what one mask makes alike the result does not tell apart, for steps that lie within each other', () => {
  fc.assert(
    fc.property(masks, masks, (a, b) => {
      const result = stricterMask(a, b);
      if (result.kind !== 'grid' && result.kind !== 'round') return;
      for (const mask of [a, b])
        for (const x of values)
          for (const y of values) if (seen(mask, x) === seen(mask, y)) expect(seen(result, x)).toBe(seen(result, y));
    }),
  );
});

test('masks that do not cover each other leave nothing', () => {
  expect(stricterMask({ kind: 'round', to: 15 }, { kind: 'round', to: 10 })).toEqual({ kind: 'drop' });
  expect(stricterMask({ kind: 'pseudonym' }, { kind: 'year' })).toEqual({ kind: 'drop' });
  expect(stricterMask({ kind: 'grid', metres: 100 }, { kind: 'grid', metres: 1000 })).toEqual({
    kind: 'grid',
    metres: 1000,
  });
});
