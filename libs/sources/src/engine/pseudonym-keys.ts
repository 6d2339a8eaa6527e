import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '#lib/kernel';
import { sourcesProblems } from '../sources.problems';

const SECRET = /^pseudonyms-(\d{1,6})\.secret$/;
const BYTES = 32;

/** For what a key makes pseudonyms and the order of rows: the same values of the same product under another agreement look different. */
export interface PseudonymUse {
  productId: string;
  agreementId: string;
}

/**
 * Keys of pseudonyms, derived for each use (HKDF-SHA256, RFC 5869) from a secret in `keys/`, so that nobody names a key,
 * two recipients can not join what they got, and no product published beside it reverses a pseudonym. A file
 * `pseudonyms-<epoch>.secret` of 32 bytes is an epoch, made at first use; the newest counts. Who adds one changes all
 * pseudonyms from then on, who removes one makes its pseudonyms unlinkable for ever. The folder belongs in a backup of
 * its own, apart from the data.
 */
export class PseudonymKeys {
  private readonly folder: string;

  constructor(storeDir: string) {
    this.folder = join(storeDir, 'keys');
  }

  /** 32 bytes. Throws `pseudonym_key_missing` when the secret can not be read or made. */
  async keyFor({ productId, agreementId }: PseudonymUse): Promise<Uint8Array> {
    try {
      const { epoch, secret } = await this.secret();
      const use = canonicalJson({ for: 'pseudonym', epoch, productId, agreementId });
      return new Uint8Array(hkdfSync('sha256', secret, '', use, BYTES));
    } catch (cause) {
      throw sourcesProblems.pseudonym_key_missing({ cause });
    }
  }

  private async secret(): Promise<{ epoch: number; secret: Buffer }> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const epochs = (await readdir(this.folder)).flatMap((name) => SECRET.exec(name)?.[1] ?? []).map(Number);
    const epoch = Math.max(1, ...epochs);
    const file = join(this.folder, `pseudonyms-${epoch}.secret`);
    // `wx` lets one of two processes make the secret. If we die between creating and writing, the file is too short and
    // every delivery with pseudonyms fails closed until someone removes it.
    const made = await open(file, 'wx', 0o400).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') return undefined;
      throw cause;
    });
    if (made) {
      await made.writeFile(randomBytes(BYTES));
      await made.sync();
      await made.close();
    }
    const secret = await readFile(file);
    if (secret.length !== BYTES) throw new Error(`\`${file}\` is incomplete`);
    return { epoch, secret };
  }
}
