import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Seals JSON with a key derived from the secret (AES-256-GCM), bound to the id it belongs to. */
export class SealedJson {
  private readonly key: Buffer;

  constructor(secret: string, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  }

  seal(value: unknown, id: Buffer): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(id);
    const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  /** Gives null for what was not sealed by this key for this id. */
  open<T>(sealed: Buffer, id: Buffer): T | null {
    try {
      const opening = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, NONCE)).setAAD(id);
      opening.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      const text = Buffer.concat([opening.update(sealed.subarray(NONCE + TAG)), opening.final()]);
      return JSON.parse(text.toString('utf8')) as T;
    } catch {
      return null;
    }
  }
}
