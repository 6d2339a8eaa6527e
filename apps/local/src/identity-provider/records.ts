import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

interface Row {
  payload: AdapterPayload;
  /** milliseconds; null never ends */
  until: number | null;
}

const WRITE_AFTER_MS = 100;

/**
 * Sessions, grants and refresh tokens of the development identity provider: in memory, and in one file when a folder
 * is given, so that people stay signed in over a restart. If we die between two writes, a sign-in of the last tenth
 * of a second is lost and the person signs in again.
 */
export class Records {
  private readonly rows = new Map<string, Row>();
  private readonly file: string | null;
  private timer: NodeJS.Timeout | null = null;

  constructor(stateDir: string | undefined) {
    this.file = stateDir === undefined ? null : join(stateDir, 'records.json');
    if (this.file && existsSync(this.file)) this.rows = new Map(readRows(this.file));
  }

  get(key: string): AdapterPayload | undefined {
    const row = this.rows.get(key);
    if (!row || (row.until !== null && row.until <= Date.now())) return undefined;
    return row.payload;
  }

  findBy(prefix: string, holds: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const key of this.rows.keys()) {
      const payload = key.startsWith(prefix) ? this.get(key) : undefined;
      if (payload && holds(payload)) return payload;
    }
    return undefined;
  }

  set(key: string, payload: AdapterPayload, until: number | null): void {
    this.rows.set(key, { payload, until });
    this.changed();
  }

  change(key: string, payload: AdapterPayload): void {
    const row = this.rows.get(key);
    if (row) this.set(key, payload, row.until);
  }

  delete(holds: (key: string, payload: AdapterPayload) => boolean): void {
    for (const [key, { payload }] of this.rows) if (holds(key, payload)) this.rows.delete(key);
    this.changed();
  }

  /** Writes what is not written yet. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.file) return;
    const now = Date.now();
    for (const [key, { until }] of this.rows) if (until !== null && until <= now) this.rows.delete(key);
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.rows]), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }

  private changed(): void {
    this.timer ??= setTimeout(() => this.flush(), WRITE_AFTER_MS);
    this.timer.unref();
  }

  /** The storage of oidc-provider, one class per provider. */
  adapter(): AdapterConstructor {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const records = this;
    return class implements Adapter {
      constructor(private readonly model: string) {}
      private key(id: string): string {
        return `${this.model}:${id}`;
      }
      async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
        records.set(this.key(id), payload, expiresIn === undefined ? null : Date.now() + expiresIn * 1000);
      }
      async find(id: string): Promise<AdapterPayload | undefined> {
        return records.get(this.key(id));
      }
      async findByUid(uid: string): Promise<AdapterPayload | undefined> {
        return records.findBy(this.key(''), (payload) => payload.uid === uid);
      }
      async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
        return records.findBy(this.key(''), (payload) => payload.userCode === userCode);
      }
      async consume(id: string): Promise<void> {
        const payload = records.get(this.key(id));
        if (payload) records.change(this.key(id), { ...payload, consumed: Math.floor(Date.now() / 1000) });
      }
      async destroy(id: string): Promise<void> {
        records.delete((key) => key === this.key(id));
      }
      async revokeByGrantId(grantId: string): Promise<void> {
        records.delete((key, payload) => key.startsWith(this.key('')) && payload.grantId === grantId);
      }
    };
  }
}

/** A file that can not be read costs a new sign-in, never the start. */
function readRows(file: string): [string, Row][] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as [string, Row][];
  } catch {
    return [];
  }
}
