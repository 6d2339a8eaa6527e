import { type Acting, type Tx, UnitOfWork } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { auditRead } from './audit.events';
import { auditProblems } from './audit.problems';
import { type Fetcher, type Hashes, parseTilePath, TILE_WIDTH, type TileRequest, writeBundle } from './proof';

/** What a path of the log answers with. */
export interface Served {
  body: Buffer;
  /** media type */
  type: string;
  /** may be kept for ever; a checkpoint may not be kept at all */
  immutable: boolean;
}

/**
 * The log as the static resources of C2SP tlog-tiles: `checkpoint`, `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`.
 * Nothing is served that a published checkpoint does not cover; everything else is absent (null, to become 404).
 */
@Injectable()
export class AuditTiles {
  constructor(private readonly uow: UnitOfWork) {}

  /** The bytes behind a path of the log of a year. Entries can be read by people, so reading them leaves an event. */
  async serve(by: Acting, year: number, path: string): Promise<Served | null> {
    const tile = path === 'checkpoint' ? null : parseTilePath(path);
    if (tile?.kind !== 'entries') return this.uow.read(by, (tx) => served(tx, year, path, tile));
    // a bundle holds the entries of all offices: under a mandate for some of them there are hashes, and proofs of entries
    if (by.mandates && !by.citywide) throw auditProblems.audit_outside_mandate();
    return this.uow.run({ ...by, idempotency: undefined }, async (tx) => {
      const found = await served(tx, year, path, tile);
      if (found)
        await tx.emit(
          auditRead({
            log: year,
            what: 'BUNDLE',
            index: tile.n * TILE_WIDTH,
            ...(by.mandates && { mandateIds: [...by.mandates] }),
          }),
        );
      return found;
    });
  }

  /** The verification key of a year, one line as in a `.vkey` file; null when there is no such log. Public. */
  async vkey(by: Acting, year: number): Promise<string | null> {
    const rows = await this.uow.read(by, (tx) =>
      tx.sql<{ vkey: string }>('SELECT vkey FROM audit.log_head WHERE log_id = $1', [year]),
    );
    return rows[0] ? `${rows[0].vkey}\n` : null;
  }
}

/**
 * Lets `work` read a stored log by the paths of its tiles. The connection takes one query after the other; a check that
 * ends early has asked for more than it looked at, and that ends before this does, because the transaction goes on.
 */
export async function withFetcher<T>(tx: Tx, year: number, work: (fetcher: Fetcher) => Promise<T>): Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  try {
    return await work((path) => {
      const next = last.then(() => served(tx, year, path, path === 'checkpoint' ? null : parseTilePath(path)));
      last = next.catch(() => undefined);
      return next.then((found) => found?.body ?? null);
    });
  } finally {
    await last;
  }
}

/** Hashes of a stored log, for making proofs. */
export function hashesOf(tx: Tx, year: number): Hashes {
  return async (level, from, to) => {
    const found = await storedHashes(tx, year, level, from, to);
    if (!found) throw new Error(`log ${year} lacks hashes of level ${level} between ${from} and ${to}: run verify`);
    return found;
  };
}

/** The hashes `from` to `to` of a tile level, null unless all are there. */
async function storedHashes(tx: Tx, year: number, level: number, from: number, to: number): Promise<Buffer[] | null> {
  const rows = await tx.sql<{ hash: Buffer }>(
    level === 0
      ? 'SELECT leaf_hash AS hash FROM audit.log_leaf WHERE log_id = $1 AND log_index >= $2 AND log_index < $3 ORDER BY log_index'
      : 'SELECT root AS hash FROM audit.log_tile WHERE log_id = $1 AND n >= $2 AND n < $3 AND level = $4 ORDER BY n',
    [year, from, to, ...(level === 0 ? [] : [level - 1])],
  );
  return rows.length === to - from ? rows.map(({ hash }) => hash) : null;
}

async function served(tx: Tx, year: number, path: string, tile: TileRequest | null): Promise<Served | null> {
  if (path === 'checkpoint') {
    const [head] = await tx.sql<{ note: string | null }>('SELECT note FROM audit.log_head WHERE log_id = $1', [year]);
    return head?.note ? { body: Buffer.from(head.note), type: 'text/plain; charset=utf-8', immutable: false } : null;
  }
  if (!tile || !(await isPublished(tx, year, tile))) return null;
  const body = tile.kind === 'entries' ? await bundle(tx, year, tile) : await hashes(tx, year, tile);
  return body && { body, type: 'application/octet-stream', immutable: true };
}

/**
 * A full tile is published once the log covers it. A partial one only for sizes a checkpoint was published for:
 * any other width would show entries that nobody has signed yet.
 */
async function isPublished(tx: Tx, year: number, { level, n, width }: TileRequest): Promise<boolean> {
  const unit = TILE_WIDTH ** level;
  const end = (n * TILE_WIDTH + width) * unit;
  if (!Number.isSafeInteger(end) || !Number.isSafeInteger(end + unit)) return false;
  const [found] = await tx.sql(
    width === TILE_WIDTH
      ? 'SELECT 1 FROM audit.log_head WHERE log_id = $1 AND size >= $2'
      : 'SELECT 1 FROM audit.log_checkpoint WHERE log_id = $1 AND size >= $2 AND size < $3 LIMIT 1',
    width === TILE_WIDTH ? [year, end] : [year, end, end + unit],
  );
  return found !== undefined;
}

async function bundle(tx: Tx, year: number, { n, width }: TileRequest): Promise<Buffer | null> {
  const rows = await tx.sql<{ leaf: Buffer }>(
    `SELECT e.leaf FROM audit.log_leaf l JOIN kernel.audit_event e USING (event_id)
     WHERE l.log_id = $1 AND l.log_index >= $2 AND l.log_index < $3 ORDER BY l.log_index`,
    [year, n * TILE_WIDTH, n * TILE_WIDTH + width],
  );
  return rows.length === width ? writeBundle(rows.map(({ leaf }) => leaf)) : null;
}

async function hashes(tx: Tx, year: number, { level, n, width }: TileRequest): Promise<Buffer | null> {
  if (width === TILE_WIDTH) {
    const rows = await tx.sql<{ hashes: Buffer }>(
      'SELECT hashes FROM audit.log_tile WHERE log_id = $1 AND level = $2 AND n = $3',
      [year, level, n],
    );
    return rows[0]?.hashes ?? null;
  }
  const found = await storedHashes(tx, year, level, n * TILE_WIDTH, n * TILE_WIDTH + width);
  return found && Buffer.concat(found);
}
