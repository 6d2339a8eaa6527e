import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { HASH_BYTES } from './hash';

/** What a check found wrong. `code` is for machines, the message names the place. */
export class CheckFault extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A verification key as written in a `.vkey` file. */
export interface Vkey {
  name: string;
  id: Buffer;
  key: KeyObject;
}

/** A checkpoint whose signature was found good. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
}

/** Reads `name+id+base64(0x01 ‖ key)`; surrounding white space (the final newline of a file) is ignored. */
export function readVkey(text: string): Vkey {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim());
  const raw = match && strictBase64(match[3]!);
  if (!match || !raw || raw.length !== 33 || raw[0] !== 1) {
    throw new CheckFault('vkey_malformed', 'the verification key is not of the form `name+id+key` with an Ed25519 key');
  }
  const name = match[1]!;
  const id = createHash('sha256').update(`${name}\n`).update(raw).digest().subarray(0, 4);
  if (id.toString('hex') !== match[2]) {
    throw new CheckFault('vkey_malformed', `key id \`${match[2]}\` does not belong to key and name \`${name}\``);
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.subarray(1).toString('base64url') };
  return { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/**
 * Opens a signed note (C2SP signed-note) and returns its text including the final newline.
 * Lines of unknown keys are ignored (witnesses); a wrong signature under the known key is a fault.
 */
export function openNote(note: Uint8Array, vkey: Vkey): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note);
  } catch {
    throw new CheckFault('note_malformed', 'the checkpoint is not UTF-8 text');
  }
  // eslint-disable-next-line no-control-regex -- the standard forbids control characters, so we must name them
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) {
    throw new CheckFault('note_malformed', 'the checkpoint holds control characters');
  }
  const blank = text.lastIndexOf('\n\n');
  const lines = text.slice(blank + 2).split('\n');
  if (blank < 1 || lines.pop() !== '' || lines.length === 0 || lines.length > 100) {
    throw new CheckFault('note_malformed', 'the checkpoint has no signature lines');
  }
  const body = text.slice(0, blank + 1);
  let signed = false;
  for (const line of lines) {
    const match = /^\u2014 ([^\s+]+) (\S+)$/.exec(line);
    const raw = match && strictBase64(match[2]!);
    if (!match || !raw || raw.length < 5) throw new CheckFault('note_malformed', 'a signature line is malformed');
    if (match[1] !== vkey.name || !raw.subarray(0, 4).equals(vkey.id)) continue;
    if (!verify(null, Buffer.from(body), vkey.key, raw.subarray(4))) {
      throw new CheckFault('signature_wrong', `the signature of \`${vkey.name}\` does not belong to this checkpoint`);
    }
    signed = true;
  }
  if (!signed) throw new CheckFault('signature_missing', `no signature of the given key \`${vkey.name}\``);
  return body;
}

/** Opens a checkpoint: signature, origin, size and root. Extension lines are refused: nobody could audit them. */
export function readCheckpoint(note: Uint8Array, vkey: Vkey, origin: string = vkey.name): Checkpoint {
  const [first, second = '', third = '', ...rest] = openNote(note, vkey).split('\n');
  if (first !== origin)
    throw new CheckFault('origin_wrong', `the checkpoint belongs to \`${first}\`, not \`${origin}\``);
  const size = Number(second);
  const root = strictBase64(third);
  if (!/^(?:0|[1-9]\d*)$/.test(second) || !Number.isSafeInteger(size)) {
    throw new CheckFault('checkpoint_malformed', `\`${second}\` is no tree size`);
  }
  if (root?.length !== HASH_BYTES || rest.length !== 1) {
    throw new CheckFault('checkpoint_malformed', 'the checkpoint is not origin, size and root');
  }
  return { origin, size, root };
}

/** Decodes base64 and returns null for any second spelling of the same bytes. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
