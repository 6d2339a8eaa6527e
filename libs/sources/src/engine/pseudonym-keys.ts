import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourcesProblems } from '../sources.problems';

const REF = /^[a-z0-9][\w.-]{0,99}$/i;

/**
 * Secret keys of pseudonyms, one file of 32 random bytes per reference in `keys/`, made at first use. Who deletes a
 * file makes its pseudonyms unlinkable for ever. The folder belongs in a backup of its own, apart from the data.
 */
export class PseudonymKeys {
  private readonly folder: string;

  constructor(storeDir: string) {
    this.folder = join(storeDir, 'keys');
  }

  /** The keys of these references. Throws `pseudonym_key_missing` when one can not be read or made. */
  async forRefs(refs: readonly string[]): Promise<Map<string, Uint8Array>> {
    const keys = new Map<string, Uint8Array>();
    for (const ref of refs) keys.set(ref, await this.key(ref));
    return keys;
  }

  private async key(ref: string): Promise<Uint8Array> {
    if (!REF.test(ref))
      throw sourcesProblems.pseudonym_key_missing({ detail: 'Der Name des Schlüssels ist nicht erlaubt.' });
    const file = join(this.folder, `${ref}.key`);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      // `wx` lets one of two processes make the key. If we die between creating and writing, the file is too short and
      // every delivery with it fails closed until someone removes it.
      const made = await open(file, 'wx', 0o400).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'EEXIST') return undefined;
        throw cause;
      });
      if (made) {
        await made.writeFile(randomBytes(32));
        await made.sync();
        await made.close();
      }
      const key = await readFile(file);
      if (key.length === 32) return key;
    } catch (cause) {
      throw sourcesProblems.pseudonym_key_missing({ cause });
    }
    throw sourcesProblems.pseudonym_key_missing({ detail: 'Der Schlüssel ist unvollständig.' });
  }
}
