import { emptyRoot, leafHash, nodeHash } from './hash';
import { CheckFault, readCheckpoint, strictBase64 } from './check-note';
import type { Checkpoint, Vkey } from './check-note';

// The checker's side of the tree, after the algorithms of RFC 9162 §2.1; shares only the hash rules with tree.ts.

/** True when `proof` leads from `leaf` at `index` to `root` (RFC 9162 §2.1.3.2). */
export function checkInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!(index >= 0 && index < size)) return false;
  let fn = index;
  let sn = size - 1;
  let r: Buffer = Buffer.from(leaf);
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)];
    } else {
      r = nodeHash(r, p);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && r.equals(root);
}

/** True when the tree (size, root) is the tree (older, olderRoot) with entries appended (RFC 9162 §2.1.4.2). */
export function checkConsistency(
  older: number,
  olderRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (older > size || older < 0) return false;
  if (older === size) return proof.length === 0 && Buffer.from(root).equals(olderRoot);
  if (older === 0) return proof.length === 0 && emptyRoot().equals(olderRoot);
  const power = Number.isInteger(Math.log2(older)) && 2 ** Math.log2(older) === older;
  const [first, ...rest] = power ? [olderRoot, ...proof] : proof;
  if (!first) return false;
  let fn = older - 1;
  let sn = size - 1;
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let fr: Buffer = Buffer.from(first);
  let sr: Buffer = Buffer.from(first);
  for (const c of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(c, fr), nodeHash(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)];
    } else {
      sr = nodeHash(sr, c);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && fr.equals(olderRoot) && sr.equals(root);
}

/** A tree that only grows and remembers its right edge: 64 hashes for any number of entries. */
export class GrowingTree {
  size = 0;
  // edge[k] = root of the pending perfect subtree of 2^k leaves, as the binary digits of size
  private readonly edge: (Buffer | undefined)[] = [];

  /** Appends a leaf; returns by height the roots of the perfect subtrees it completes, the leaf itself first. */
  append(leaf: Buffer): Buffer[] {
    const completed = [leaf];
    let carry = leaf;
    let height = 0;
    for (; this.edge[height]; height++) {
      carry = nodeHash(this.edge[height]!, carry);
      this.edge[height] = undefined;
      completed.push(carry);
    }
    this.edge[height] = carry;
    this.size++;
    return completed;
  }

  root(): Buffer {
    let root: Buffer | undefined;
    for (const part of this.edge) if (part) root = root ? nodeHash(part, root) : part;
    return root ?? emptyRoot();
  }
}

/** Checks a `.tlog-proof` file for one entry without any network; returns where the entry stands in which log. */
export function verifyTlogProof(
  text: string,
  entry: Uint8Array,
  vkey: Vkey,
): { index: number; checkpoint: Checkpoint } {
  const blank = text.indexOf('\n\n');
  const [head, ...lines] = text.slice(0, Math.max(blank, 0)).split('\n');
  if (head !== 'c2sp.org/tlog-proof@v1') throw new CheckFault('proof_malformed', 'this is no tlog-proof file');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const position = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '');
  const hashes = lines.map(strictBase64);
  if (!position || hashes.length > 63 || hashes.some((hash) => hash?.length !== 32)) {
    throw new CheckFault('proof_malformed', 'index or hashes of the proof file are malformed');
  }
  const index = Number(position[1]);
  const checkpoint = readCheckpoint(Buffer.from(text.slice(blank + 2)), vkey);
  const proof = hashes.filter((hash): hash is Buffer => hash !== null);
  if (!checkInclusion(index, checkpoint.size, leafHash(entry), proof, checkpoint.root)) {
    throw new CheckFault('entry_changed', `the entry is not entry ${index} of \`${checkpoint.origin}\``);
  }
  return { index, checkpoint };
}

function half(n: number): number {
  return Math.floor(n / 2);
}
