import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  type Fetcher,
  type Hashes,
  leafHash,
  logPaths,
  parseTilePath,
  perfectRoot,
  signCheckpoint,
  treeRoot,
  TILE_WIDTH,
  writeBundle,
  writeVkey,
} from '#proof';

/** A log in memory, as the writer's half of the proof library makes it. `files` may be damaged on purpose. */
export interface SealedLog {
  origin: string;
  key: KeyObject;
  vkey: string;
  entries: Buffer[];
  files: Map<string, Buffer>;
  fetcher: Fetcher;
  hashes: Hashes;
  /** the signed checkpoint of the first `size` entries */
  checkpoint(size: number): Promise<string>;
}

export const someEntries = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => Buffer.from(`{"id":"entry-${i}","v":1}`));

/** Seals these entries, or this many made-up ones. */
export async function aSealedLog(what: number | Buffer[], origin = 'datenraum.test/audit/2026'): Promise<SealedLog> {
  const entries = typeof what === 'number' ? someEntries(what) : what;
  const key = generateKeyPairSync('ed25519').privateKey;
  const levels: Buffer[][] = [entries.map(leafHash)];
  for (let below = levels[0]!; below.length >= TILE_WIDTH; below = levels.at(-1)!) {
    const roots: Buffer[] = [];
    for (let n = 0; (n + 1) * TILE_WIDTH <= below.length; n++) {
      roots.push(perfectRoot(below.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH)));
    }
    levels.push(roots);
  }
  const hashes: Hashes = (level, from, to) => Promise.resolve((levels[level] ?? []).slice(from, to));
  const checkpoint = async (size: number) => signCheckpoint(origin, size, await treeRoot(size, hashes), key);
  const files = new Map<string, Buffer>([['checkpoint', Buffer.from(await checkpoint(entries.length))]]);
  for (const path of logPaths(entries.length)) {
    const tile = parseTilePath(path);
    if (!tile) throw new Error(`\`${path}\` is no tile path`);
    const [from, to] = [tile.n * TILE_WIDTH, tile.n * TILE_WIDTH + tile.width];
    files.set(
      path,
      tile.kind === 'entries'
        ? writeBundle(entries.slice(from, to))
        : Buffer.concat(levels[tile.level]!.slice(from, to)),
    );
  }
  const fetcher: Fetcher = (path) => Promise.resolve(files.get(path) ?? null);
  return { origin, key, vkey: writeVkey(origin, key), entries, files, fetcher, hashes, checkpoint };
}
