import { createHash } from 'node:crypto';

/** Bytes of one SHA-256 hash. */
export const HASH_BYTES = 32;
/** Hashes in a full tile, and entries in a full bundle (C2SP tlog-tiles: tile height 8). */
export const TILE_WIDTH = 256;
/** Largest entry a bundle can hold: its length is written as uint16. */
export const MAX_ENTRY_BYTES = 65_535;

const LEAF = Buffer.of(0x00);
const NODE = Buffer.of(0x01);

/** RFC 6962 §2.1: SHA256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(entry).digest();
}

/** RFC 6962 §2.1: SHA256(0x01 ‖ left ‖ right). The prefix keeps a node from being passed off as a leaf. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** Root of the tree without entries: SHA256(""). */
export function emptyRoot(): Buffer {
  return createHash('sha256').digest();
}
