import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { problems } from './identity.problems';

export interface SigningKeysSettings {
  /** where the provider publishes its keys; pinned, never taken from a token or from discovery */
  url: string;
  /** how long a fetched set may be used at most, also while the provider is down; cut to 600 seconds */
  maxAgeSeconds: number;
  /** smallest pause between two fetches caused by unknown key ids; 30 seconds */
  coolDownSeconds?: number;
  /** a provider that has not answered after this time is treated as down; 3000 ms */
  timeoutMs?: number;
  /** monotonic milliseconds */
  clock?: () => number;
  warn?: (fields: { err: unknown }, message: string) => void;
}

const LONGEST_AGE_SECONDS = 600;
const RETRY_MS = 2_000;
const LARGEST_ANSWER = 256 * 1024;

const published = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });
const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(255),
  n: z.string(),
  e: z.string(),
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
});

/**
 * The identity provider's public keys by key id.
 *
 * From half its age on a set is renewed beside the running work; at its full age it must be renewed before it is used
 * again, and when that fails nothing is accepted any more. So the last good set outlives the provider, but never
 * longer than `maxAgeSeconds`, and a withdrawn key lives no longer than that either.
 */
export class SigningKeys {
  private readonly maxAgeMs: number;
  private readonly coolDownMs: number;
  private readonly clock: () => number;
  private keys: ReadonlyMap<string, KeyObject> = new Map();
  private fetchedAt = -Infinity;
  private askedAt = -Infinity;
  private running: Promise<void> | null = null;
  private count = 0;

  constructor(private readonly settings: SigningKeysSettings) {
    this.maxAgeMs = Math.min(settings.maxAgeSeconds, LONGEST_AGE_SECONDS) * 1000;
    this.coolDownMs = (settings.coolDownSeconds ?? 30) * 1000;
    this.clock = settings.clock ?? (() => performance.now());
  }

  /** Changes with every fetched set: what was concluded from an older set must be concluded again. */
  get edition(): number {
    return this.count;
  }

  /** Whether the set in memory may still be used without asking the provider. */
  get usable(): boolean {
    return this.clock() - this.fetchedAt < this.maxAgeMs;
  }

  /**
   * @returns the public key, or undefined when the provider does not know this key id
   * @throws Problem `identity_unavailable` when there is no set young enough and the provider does not answer
   */
  async find(kid: string): Promise<KeyObject | undefined> {
    await this.keepFresh();
    if (!this.keys.has(kid) && (this.running || this.sinceAsked() >= this.coolDownMs)) {
      // a failure here is no reason to refuse anything but this one key: the set we have is still good
      await this.fetchOnce().catch(() => undefined);
    }
    return this.keys.get(kid);
  }

  private async keepFresh(): Promise<void> {
    const age = this.clock() - this.fetchedAt;
    if (age < this.maxAgeMs / 2) return;
    if (age < this.maxAgeMs) {
      if (this.sinceAsked() >= this.coolDownMs) void this.fetchOnce().catch(() => undefined);
      return;
    }
    let cause: unknown;
    if (this.running || this.sinceAsked() >= RETRY_MS) await this.fetchOnce().catch((err: unknown) => (cause = err));
    if (!this.usable) throw problems.identity_unavailable({ cause });
  }

  private sinceAsked(): number {
    return this.clock() - this.askedAt;
  }

  /** A thousand callers at once wait for one request. */
  private fetchOnce(): Promise<void> {
    this.running ??= this.fetch().finally(() => (this.running = null));
    return this.running;
  }

  private async fetch(): Promise<void> {
    this.askedAt = this.clock();
    try {
      this.keys = readKeys(await download(this.settings.url, this.settings.timeoutMs ?? 3_000));
      // the age counts from the question: an answer that took long is as old as the moment it describes
      this.fetchedAt = this.askedAt;
      this.count += 1;
    } catch (err) {
      this.settings.warn?.({ err }, 'signing keys of the identity provider could not be fetched');
      throw err;
    }
  }
}

function readKeys(answer: unknown): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const candidate of published.parse(answer).keys) {
    const jwk = rsaKey.safeParse(candidate);
    if (!jwk.success) continue; // keys for encryption or other algorithms are published beside ours
    const { kid, n, e } = jwk.data;
    const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n, e } });
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) continue;
    if (keys.has(kid)) throw new Error(`key id \`${kid}\` is published twice`);
    keys.set(kid, key);
  }
  // an empty list is a broken proxy far more often than a decision: keep what we have until it is too old
  if (keys.size === 0) throw new Error('no RS256 signing key is published');
  return keys;
}

async function download(url: string, timeoutMs: number): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Error(`\`${url}\` answered ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > LARGEST_ANSWER) throw new Error(`\`${url}\` answered with more than ${LARGEST_ANSWER} bytes`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
