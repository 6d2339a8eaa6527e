import { createHash, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { MAX_ENTRY_BYTES, TILE_WIDTH } from './hash';

// What the log writes: bundles, signed checkpoints, verification keys, proof files. Reading is in the check files.

const ED25519 = 0x01;

/** Entry bundle: for each entry uint16 big-endian length ‖ bytes. At most 256 entries of at most 65 535 bytes. */
export function writeBundle(entries: readonly Uint8Array[]): Buffer {
  if (entries.length > TILE_WIDTH) throw new RangeError(`a bundle holds ${TILE_WIDTH} entries, not ${entries.length}`);
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry of ${entry.length} bytes does not fit a bundle`);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

/** Verification key of C2SP signed-note for an Ed25519 key: `<name>+<key id, 8 hex>+<base64(0x01 ‖ public key)>`. */
export function writeVkey(origin: string, key: KeyObject): string {
  const pub = rawPublicKey(key);
  return `${origin}+${keyId(origin, pub).toString('hex')}+${Buffer.concat([Buffer.of(ED25519), pub]).toString('base64')}`;
}

/** Signed checkpoint (C2SP tlog-checkpoint): origin, size, root, blank line, one Ed25519 signature line. */
export function signCheckpoint(origin: string, size: number, root: Uint8Array, key: KeyObject): string {
  if (!/^[^\s+\p{Cc}]+$/u.test(origin)) throw new RangeError(`origin \`${origin}\` may hold no space and no \`+\``);
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`no tree has size ${size}`);
  const body = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const signature = sign(null, Buffer.from(body), key);
  const line = Buffer.concat([keyId(origin, rawPublicKey(key)), signature]).toString('base64');
  return `${body}\n\u2014 ${origin} ${line}\n`;
}

/** Offline proof of one entry (C2SP tlog-proof): index, hashes from leaf to root, then the checkpoint they lead to. */
export function writeTlogProof(index: number, hashes: readonly Uint8Array[], checkpoint: string): string {
  const lines = hashes.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${lines}\n${checkpoint}`;
}

function keyId(name: string, pub: Uint8Array): Buffer {
  return createHash('sha256').update(name).update('\n').update(Buffer.of(ED25519)).update(pub).digest().subarray(0, 4);
}

function rawPublicKey(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('the log is signed with an Ed25519 key');
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}
