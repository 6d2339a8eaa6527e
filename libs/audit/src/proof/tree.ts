import { emptyRoot, nodeHash, TILE_WIDTH } from './hash';

// The writer's side of the tree: roots and proofs made from tile rows. The checker's side is check-tree.ts and
// shares nothing with this file but the two hash rules.

/**
 * Gives the hashes `from` (inclusive) to `to` (exclusive) of a tile level: at level 0 leaf hashes, at level l the
 * roots of the full tiles of level l-1. Must fail rather than return fewer.
 */
export type Hashes = (level: number, from: number, to: number) => Promise<readonly Buffer[]>;

/** Root of a perfect subtree, given its 1, 2, 4, … 256 hashes from left to right. */
export function perfectRoot(hashes: readonly Buffer[]): Buffer {
  let row = [...hashes];
  if (row.length === 0 || !Number.isInteger(Math.log2(row.length))) {
    throw new RangeError(`a perfect subtree has a power of two of hashes, not ${row.length}`);
  }
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < row.length; i += 2) above.push(nodeHash(row[i]!, row[i + 1]!));
    row = above;
  }
  return row[0]!;
}

/** How many hashes the unfinished tile of a level holds in a tree of `size` entries (0 = there is none). */
export function partialWidth(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level) % TILE_WIDTH;
}

/** RFC 6962 root of the first `size` entries. */
export function treeRoot(size: number, hashes: Hashes): Promise<Buffer> {
  return size === 0 ? Promise.resolve(emptyRoot()) : rangeRoot(0, size, hashes);
}

/** RFC 6962 §2.1.1: the hashes that prove entry `index` to be in the tree of `size`, from leaf to root. */
export async function makeInclusionProof(index: number, size: number, hashes: Hashes): Promise<Buffer[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`no entry ${index} in a tree of ${size}`);
  const proof: Buffer[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      proof.push(await rangeRoot(middle, to, hashes));
      to = middle;
    } else {
      proof.push(await rangeRoot(from, middle, hashes));
      from = middle;
    }
  }
  return proof.reverse();
}

/** RFC 6962 §2.1.2: the hashes that prove the tree of `size` to be the tree of `older` with entries appended. */
export async function makeConsistencyProof(older: number, size: number, hashes: Hashes): Promise<Buffer[]> {
  if (!(older >= 0 && older <= size)) throw new RangeError(`a tree of ${size} did not grow from ${older}`);
  if (older === 0 || older === size) return [];
  const proof: Buffer[] = [];
  let from = 0;
  let to = size;
  // walk down to the subtree that ends exactly at `older`; a left-edge subtree is the old root itself and not sent
  while (to !== older) {
    const middle = from + split(to - from);
    if (older <= middle) {
      proof.push(await rangeRoot(middle, to, hashes));
      to = middle;
    } else {
      proof.push(await rangeRoot(from, middle, hashes));
      from = middle;
    }
  }
  if (from > 0) proof.push(await rangeRoot(from, to, hashes));
  return proof.reverse();
}

/** Largest power of two below n (n >= 2). */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

async function rangeRoot(from: number, to: number, hashes: Hashes): Promise<Buffer> {
  const width = to - from;
  const k = width === 1 ? 1 : split(width);
  if (width !== 1 && width !== 2 * k) {
    const [left, right] = [await rangeRoot(from, from + k, hashes), await rangeRoot(from + k, to, hashes)];
    return nodeHash(left, right);
  }
  // perfect and aligned: lies inside one tile of the highest level whose hashes are not larger than the range
  const level = Math.floor(Math.log2(width) / 8);
  const unit = TILE_WIDTH ** level;
  return perfectRoot(await hashes(level, from / unit, to / unit));
}
