import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The key of the log can not be used. Nothing is sealed then; events remain stored and wait. */
export class LogKeyFault extends Error {}

/**
 * Reads the private key of the log (Ed25519, PEM). With `make`, a missing file is created with a new key, readable by
 * its owner only; without, a missing file is a fault: a log that lost its key must not quietly go on under another.
 */
export function readLogKey(file: string | undefined, make: boolean): KeyObject {
  if (!file) throw new LogKeyFault('AUDIT_KEY_FILE is not set: set it to the file with the private key of the log');
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (cause) {
    if (!make || (cause as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new LogKeyFault(
        `the key file \`${file}\` can not be read: restore it; no checkpoint is signed until then`,
        {
          cause,
        },
      );
    }
    pem = makeKey(file);
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new LogKeyFault(`the key file \`${file}\` holds no private key`, { cause });
  }
  throw new LogKeyFault(`the key file \`${file}\` holds no Ed25519 key`);
}

/** Where the public verification key of a year lies: beside the private key, `audit.pem` → `audit.2026.vkey`. */
export function vkeyFile(keyFile: string, year: number): string {
  return join(dirname(keyFile), `${basename(keyFile).replace(/\.\w+$/, '')}.${year}.vkey`);
}

/**
 * Leaves the public verification key beside the private one. When another one lies there already, key and log do not
 * belong together and nothing may be signed.
 */
export function keepVkey(keyFile: string, year: number, vkey: string): void {
  const file = vkeyFile(keyFile, year);
  try {
    writeFileSync(file, `${vkey}\n`, { flag: 'wx', mode: 0o644 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new LogKeyFault(`the verification key can not be written to \`${file}\``, { cause });
    }
    const kept = readFileSync(file, 'utf8').trim();
    if (kept !== vkey)
      throw new LogKeyFault(`key file \`${keyFile}\` does not belong to \`${file}\`: restore the right key`);
  }
}

function makeKey(file: string): string {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  // `wx`: of two sealers that start at once one makes the key, the other fails and reads it at its next start
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(handle, pem);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return pem;
}
