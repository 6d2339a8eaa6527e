// One file, because sealing is one procedure and its order is the point: read `seal` from top to bottom.
import type { KeyObject } from 'node:crypto';
import { canonicalJson, newId } from '#lib/kernel';
import { Client } from 'pg';
import { logOpened } from './audit.events';
import { Edge, emptyRoot, leafHash, partialWidth, signCheckpoint, writeVkey } from './proof';
import type { FullTile } from './proof';
import type { PublishedCheckpoints } from './published-checkpoints';

/** Why nothing may be signed now. Events stay stored and pending; a person has to look. */
export class SealRefused extends Error {
  constructor(
    readonly code: 'KEY_MISMATCH' | 'TIME_WENT_BACK' | 'LOG_BEHIND' | 'LOG_FORKED' | 'TREE_DAMAGED' | 'NOT_DURABLE',
    message: string,
  ) {
    super(message);
  }
}

/** The answer to COMMIT was lost. The next `seal` reads what became of it before it does anything else. */
export class CommitUnknown extends Error {}

export interface SealerSettings {
  /** PostgreSQL as the role datenraum_sealer */
  databaseUrl: string;
  /** first part of the name of each log; `/<year>` is added */
  origin: string;
  key: KeyObject;
  published: PublishedCheckpoints;
  /** called before a log is signed under this verification key for the first time; throws to refuse */
  keepVkey?: (year: number, vkey: string) => void;
  /** refuse a database that does not flush to disk (production) */
  durable?: boolean;
  /** most entries of one checkpoint */
  batch?: number;
  /** calendar year an instant belongs to; the city's, Europe/Berlin, when not given */
  yearOf?: (instant: Date) => number;
}

interface Head {
  logId: number;
  origin: string;
  vkey: string;
  size: number;
  root: Buffer;
  note: string | null;
  signedAt: Date | null;
}

/** The first entry of a year. */
interface Opening {
  year: number;
  id: string;
  time: Date;
  facts: Record<string, unknown>;
  leaf: Buffer;
  hash: Buffer;
}

const MINUTE = 60_000;
const ACTOR = 'system:sealer';
const berlinYear = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'Europe/Berlin' });

/**
 * Gives every stored event its place in the log of the year and signs the tree. Any number of sealers may run: the row
 * lock on the open log lets one work at a time. Starting, working and recovering are the same function.
 */
export class Sealer {
  private client: Client | null = null;
  // what we signed when the answer to COMMIT was lost: either it is stored, or exactly this is signed again
  private unsure: { logId: number; size: number; events: string[] } | null = null;
  private opening: (Opening & { previous: Buffer }) | null = null; // kept for the same reason
  private edge: { logId: number; root: Buffer; edge: Edge } | null = null;
  private agreed: string | null = null;
  private announced = false;
  private wake: () => void = () => undefined;

  constructor(private readonly settings: SealerSettings) {}

  /**
   * Seals one batch and returns how many events it took (0: nothing was waiting).
   * @throws SealRefused when signing would be wrong; CommitUnknown or an error of `pg` when trying again may help
   */
  async seal(): Promise<number> {
    const db = (this.client ??= await this.connect());
    this.announced = false;
    try {
      await db.query('BEGIN');
      // Dying anywhere before COMMIT leaves nothing: the database undoes all of it, the events are still pending, and
      // what was signed existed in our memory only. The next sealer starts from the same head.

      // 1. Become the only sealer. A second one waits here and then sees what we committed. One that was stopped for
      //    minutes has lost its connection (the query below fails) or its lock (it reads the head anew): no fork.
      let head = await this.lockHead(db);

      // 2. See that this head is the one we may continue.
      const now = (await db.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]!.now;
      this.checkKey(head);
      this.checkTime(head, now);
      await this.checkPublished(db, head);

      // 3. A new year: close the old log, open the next with an entry that names the final checkpoint of the old one.
      const year = this.yearOf(now);
      const opening: Buffer[] = [];
      if (year > head.logId && head.note && (!this.unsure || this.unsure.logId === year)) {
        [head, opening[0]] = await this.nextLog(db, head, year, now);
      }

      // 4. Take what is pending, whoever committed late: a list, never a high-water mark. After a COMMIT of unknown
      //    outcome that did not happen, take exactly the events of that batch: one size is never signed with two roots.
      if (this.unsure && (head.logId !== this.unsure.logId || head.size >= this.unsure.size)) this.unsure = null;
      const taken = await this.take(db, head, head.size + opening.length);
      const leaves = [...opening, ...taken.map(({ leaf_hash }) => leaf_hash)];
      if (leaves.length === 0) {
        await db.query('COMMIT');
        // we may have died between COMMIT and publishing: the head is the truth, publishing again is harmless
        if (head.note) this.settings.published.publish(head.logId, head.note);
        return 0;
      }

      // 5. Grow the tree from its stored right edge, and keep the tiles that became full.
      const edge = await this.edgeOf(db, head);
      const tiles = leaves.flatMap((leaf) => edge.append(leaf));
      await this.storeTiles(db, head.logId, tiles);

      // 6. Sign inside the transaction: checkpoint and entries are stored together or not at all.
      const [size, root] = [edge.size, edge.root()];
      const note = signCheckpoint(head.origin, size, root, this.settings.key);
      await db.query(
        `WITH kept AS (INSERT INTO audit.log_checkpoint (log_id, size, root, note, signed_at) VALUES ($1, $2, $3, $4, $5))
         UPDATE audit.log_head SET size = $2, root = $3, note = $4, signed_at = $5 WHERE log_id = $1`,
        [head.logId, size, root, note, now],
      );

      // 7. Commit. When the answer is lost the server may have done it or not; only reading under the lock can tell.
      this.unsure = { logId: head.logId, size, events: taken.map(({ event_id }) => event_id) };
      await db.query('COMMIT').catch((cause: unknown) => {
        throw new CommitUnknown(`the outcome of sealing to size ${size} is unknown`, { cause });
      });
      this.unsure = null;

      // 8. Publish only now. If we die before this line, step 4 of the next run publishes the stored note.
      this.settings.published.publish(head.logId, note);
      this.agreed = note;
      this.edge = { logId: head.logId, root, edge };
      return leaves.length;
    } catch (error) {
      // the edge in memory may be ahead of the database, and the connection may hold an open transaction: drop both
      this.edge = null;
      if (!(error instanceof CommitUnknown)) await db.query('ROLLBACK').catch(() => this.disconnect());
      else await this.disconnect();
      throw error;
    }
  }

  /** Seals until nothing is pending; returns how many events were sealed. */
  async sealAll(): Promise<number> {
    let total = 0;
    for (let sealed = await this.seal(); sealed > 0; sealed = await this.seal()) total += sealed;
    return total;
  }

  /** Waits until an event was announced since the last `seal` began, or the time is over. An announcement lost with a connection costs that time. */
  async waitForEvents(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.announced) return resolve();
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }

  async disconnect(): Promise<void> {
    const client = this.client;
    this.client = null;
    this.wake();
    if (!client) return;
    // saying goodbye into a dead network never ends: after a second the connection is left to time out
    const patience = new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref());
    await Promise.race([client.end().catch(() => undefined), patience]);
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.settings.databaseUrl,
      application_name: 'datenraum sealer',
      connectionTimeoutMillis: 5_000,
      query_timeout: 45_000, // longer than any lock is waited for; a silent network must not stop the sealing for ever
      keepAlive: true,
    });
    // without a listener a lost connection ends the process; the next query fails and is handled there
    client.on('error', () => {
      if (this.client === client) this.client = null;
    });
    client.on('notification', () => {
      this.announced = true;
      this.wake();
    });
    try {
      await client.connect();
      await client.query(
        `SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; LISTEN audit_pending`,
      );
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync', 'full_page_writes') AND setting = 'off'`,
      );
      if (this.settings.durable && rows[0]) {
        throw new SealRefused('NOT_DURABLE', `the database runs with ${rows[0].name} off: switch it on`);
      }
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return client;
  }

  private async lockHead(db: Client): Promise<Head> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const { rows } = await db.query<Omit<Head, 'size'> & { size: string }>(
        `SELECT log_id AS "logId", origin, vkey, size, root, note, signed_at AS "signedAt"
         FROM audit.log_head WHERE NOT closed ORDER BY log_id DESC LIMIT 1 FOR UPDATE`,
      );
      // no row: the log we waited for was closed meanwhile (look again), or there is none at all (open the first)
      if (rows[0]) return { ...rows[0], size: Number(rows[0].size) };
      const { rows: clock } = await db.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      const year = this.yearOf(clock[0]!.now);
      const origin = `${this.settings.origin}/${year}`;
      await db.query(
        `INSERT INTO audit.log_head (log_id, origin, vkey, root)
         SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM audit.log_head) ON CONFLICT DO NOTHING`,
        [year, origin, writeVkey(origin, this.settings.key), emptyRoot()],
      );
    }
    throw new Error('the open log changed five times while waiting for it');
  }

  private checkKey(head: Head): void {
    const vkey = writeVkey(`${this.settings.origin}/${head.logId}`, this.settings.key);
    if (vkey !== head.vkey) {
      const message = `key or origin (\`${vkey}\`) do not belong to the open log (\`${head.vkey}\`): restore the key file and AUDIT_ORIGIN`;
      throw new SealRefused('KEY_MISMATCH', message);
    }
    this.settings.keepVkey?.(head.logId, vkey);
  }

  private checkTime(head: Head, now: Date): void {
    if (head.signedAt && now.getTime() < head.signedAt.getTime() - MINUTE) {
      const message = `the database clock says ${now.toISOString()}, the last checkpoint was signed at ${head.signedAt.toISOString()}: set the clock right`;
      throw new SealRefused('TIME_WENT_BACK', message);
    }
  }

  /** The database must still hold what was published: after a restore from a backup it may not. */
  private async checkPublished(db: Client, head: Head): Promise<void> {
    const { published } = this.settings;
    const newest = published.newestYear();
    const note = published.read(head.logId);
    const [, size = '0', root = ''] = note?.split('\n') ?? [];
    if ((newest !== null && newest > head.logId) || Number(size) > head.size) {
      const message = `a checkpoint of \`${head.origin}\` with size ${size} was published, the database knows ${head.size} entries: it was restored from a backup, recover the rest first`;
      throw new SealRefused('LOG_BEHIND', message);
    }
    if (!note || note === this.agreed) return;
    const { rows } = await db.query<{ root: Buffer }>(
      'SELECT root FROM audit.log_checkpoint WHERE log_id = $1 AND size = $2',
      [head.logId, size],
    );
    if (rows[0]?.root.toString('base64') !== root) {
      throw new SealRefused('LOG_FORKED', `the published checkpoint of size ${size} is not the one in the database`);
    }
    this.agreed = note;
  }

  private async nextLog(db: Client, old: Head, year: number, now: Date): Promise<[Head, Buffer]> {
    const origin = `${this.settings.origin}/${year}`;
    const vkey = writeVkey(origin, this.settings.key);
    this.settings.keepVkey?.(year, vkey);
    if (this.opening?.year !== year || !this.opening.previous.equals(old.root)) {
      this.opening = { ...openingOf(origin, old, year, now), previous: old.root };
    }
    const { id, facts, leaf, hash, time } = this.opening;
    await db.query('UPDATE audit.log_head SET closed = true WHERE log_id = $1', [old.logId]);
    await db.query(
      `WITH opened AS (INSERT INTO audit.log_head (log_id, origin, vkey, root) VALUES ($1, $2, $3, $4)),
       event AS (
         INSERT INTO kernel.audit_event (event_id, type, leaf, leaf_hash, facts, actor, unit_id, position, created_at)
         VALUES ($5, $6, $7, $8, $9, $10, NULL, 0, $11))
       INSERT INTO audit.log_leaf (log_id, log_index, event_id, leaf_hash) VALUES ($1, 0, $5, $8)`,
      [year, origin, vkey, emptyRoot(), id, logOpened.type, leaf, hash, JSON.stringify(facts), ACTOR, time],
    );
    return [{ logId: year, origin, vkey, size: 0, root: emptyRoot(), note: null, signedAt: null }, hash];
  }

  private async take(db: Client, head: Head, first: number): Promise<{ event_id: string; leaf_hash: Buffer }[]> {
    const { rows } = await db.query<{ event_id: string; leaf_hash: Buffer }>(
      `WITH taken AS MATERIALIZED (
         SELECT e.event_id, e.leaf_hash, row_number() OVER (ORDER BY e.created_at, e.position, e.event_id) AS place
         FROM kernel.audit_pending p JOIN kernel.audit_event e USING (event_id)
         WHERE $3::uuid[] IS NULL OR e.event_id = ANY ($3) ORDER BY place LIMIT $4),
       gone AS (DELETE FROM kernel.audit_pending p USING taken t WHERE p.event_id = t.event_id),
       kept AS (INSERT INTO audit.log_leaf (log_id, log_index, event_id, leaf_hash)
                SELECT $1, $2::bigint + place - 1, event_id, leaf_hash FROM taken)
       SELECT event_id, leaf_hash FROM taken ORDER BY place`,
      [head.logId, first, this.unsure?.events ?? null, this.settings.batch ?? 4096],
    );
    return rows;
  }

  /** The stored right edge of the tree, read again whenever it is not surely the one in memory. */
  private async edgeOf(db: Client, head: Head): Promise<Edge> {
    const known = this.edge;
    this.edge = null; // it is about to grow; only a confirmed commit brings it back
    if (known && known.logId === head.logId && known.edge.size === head.size && known.root.equals(head.root)) {
      return known.edge;
    }
    const levels: Buffer[][] = [];
    for (let level = 0; 256 ** level <= head.size; level++) {
      const width = partialWidth(level, head.size);
      const from = Math.floor(head.size / 256 ** level) - width;
      const { rows } = await db.query<{ hash: Buffer }>(
        level === 0
          ? 'SELECT leaf_hash AS hash FROM audit.log_leaf WHERE log_id = $1 AND log_index >= $2 AND log_index < $3 ORDER BY log_index'
          : 'SELECT root AS hash FROM audit.log_tile WHERE log_id = $1 AND n >= $2 AND n < $3 AND level = $4 ORDER BY n',
        [head.logId, from, from + width, ...(level === 0 ? [] : [level - 1])],
      );
      levels.push(rows.map(({ hash }) => hash));
    }
    const edge = new Edge(head.size, levels);
    // rows that were changed behind our back must not be signed over: the last signed root would hide it for ever
    if (!edge.root().equals(head.root)) {
      const message = `the stored hashes do not lead to the signed root of \`${head.origin}\` at size ${head.size}: run verify`;
      throw new SealRefused('TREE_DAMAGED', message);
    }
    return edge;
  }

  private async storeTiles(db: Client, logId: number, tiles: FullTile[]): Promise<void> {
    if (tiles.length === 0) return;
    await db.query(
      `INSERT INTO audit.log_tile (log_id, level, n, hashes, root)
       SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[], $5::bytea[])`,
      [logId, tiles.map((t) => t.level), tiles.map((t) => t.n), tiles.map((t) => t.hashes), tiles.map((t) => t.root)],
    );
  }

  private yearOf(instant: Date): number {
    return this.settings.yearOf?.(instant) ?? Number(berlinYear.format(instant));
  }
}

function openingOf(origin: string, old: Head, year: number, time: Date): Opening {
  const id = newId();
  const previous = { origin: old.origin, size: old.size, root: old.root.toString('base64') };
  const { type, facts } = logOpened({ log: origin, previous });
  // the same shape as every other leaf, which the kernel writes
  const leaf = Buffer.from(
    canonicalJson({ v: 1, id, type, time, actor: ACTOR, unit: null, trace: id, facts, commitments: {} }),
  );
  return { year, id, time, facts, leaf, hash: leafHash(leaf) };
}
