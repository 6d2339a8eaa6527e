import type { Mask } from '#lib/sources';
import { hintsOf } from './agreement-hints';

test('what was agreed before and holds no longer is told: other pseudonyms, and rows chosen by what a mask hides', () => {
  const named = { kind: 'pseudonym', keyRef: 'produkt-1' } as Mask;
  expect(hintsOf({ masks: { nr: named }, rows: null })).toEqual([expect.stringContaining('Pseudonyme')]);
  expect(hintsOf({ masks: { nr: { kind: 'pseudonym' } }, rows: null })).toEqual([]);
  const rows = { all: [{ column: 'jahr', op: 'gte' as const, value: 2000 }] };
  expect(hintsOf({ masks: { jahr: { kind: 'round', to: 10 } }, rows })).toEqual([expect.stringContaining('„jahr“')]);
  expect(hintsOf({ masks: { art: { kind: 'null' } }, rows })).toEqual([]);
});
