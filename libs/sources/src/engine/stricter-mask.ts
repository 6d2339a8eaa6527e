import type { Mask } from './delivery-plan';

/**
 * Of two masks for one column the one that shows no more than either. Where neither covers the other the column is not
 * delivered: a mask is never widened, whoever asked for it. Commutative.
 */
export function stricterMask(a: Mask, b: Mask): Mask {
  if (same(a, b)) return a;
  if (a.kind === 'pseudonym' && b.kind === 'pseudonym') return { kind: 'pseudonym' };
  for (const kind of ['drop', 'null', 'redact'] as const) {
    // two texts in place of the value: neither tells it, and one has to be chosen
    if (a.kind === 'redact' && b.kind === 'redact') return a.with < b.with ? a : b;
    if (a.kind === kind) return a;
    if (b.kind === kind) return b;
  }
  // rounding to the nearest: the steps of the coarser one end where the finer one's do for odd multiples only
  if (a.kind === 'round' && b.kind === 'round' && times(a.to, b.to) % 2 === 1) return a.to > b.to ? a : b;
  if (a.kind === 'grid' && b.kind === 'grid' && a.degrees === b.degrees && times(a.metres, b.metres) % 1 === 0)
    return a.metres > b.metres ? a : b;
  return { kind: 'drop' };
}

/** How often the finer step fits into the coarser one. */
const times = (a: number, b: number): number => Math.max(a, b) / Math.min(a, b);

const same = (a: Mask, b: Mask): boolean =>
  a.kind === b.kind &&
  Object.entries(a).every(([key, value]) => (b as Record<string, unknown>)[key] === value) &&
  Object.keys(a).length === Object.keys(b).length;
