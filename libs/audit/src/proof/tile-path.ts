import { TILE_WIDTH } from './hash';

/** What a reader asks for: hashes of one level, or the entries themselves. `width` 256 means the full tile. */
export interface TileRequest {
  kind: 'tile' | 'entries';
  /** 0 for entries and leaf hashes. */
  level: number;
  /** Position of the tile in its level. */
  n: number;
  /** 1..256; below 256 the path ended in `.p/<width>`. */
  width: number;
}

const LEVEL = /^(?:0|[1-9]\d?)$/;
const WIDTH = /^[1-9]\d{0,2}$/;
const GROUPS = /^(?:x\d{3}\/)*\d{3}$/;

/**
 * Reads `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]` (C2SP tlog-tiles).
 * Returns null for everything that is not written exactly so: one resource has one address, all else is absent.
 */
export function parseTilePath(path: string): TileRequest | null {
  const match = /^tile\/([^/]+)\/([x\d/]+)(?:\.p\/(\d+))?$/.exec(path);
  if (!match) return null;
  const [, what = '', groups = '', partial] = match;
  const n = tileNumber(groups);
  const level = what === 'entries' ? 0 : LEVEL.test(what) ? Number(what) : NaN;
  if (n === null || !(level <= 63)) return null;
  let width = TILE_WIDTH;
  if (partial !== undefined) {
    if (!WIDTH.test(partial)) return null;
    width = Number(partial);
    if (width >= TILE_WIDTH) return null;
  }
  return { kind: what === 'entries' ? 'entries' : 'tile', level, n, width };
}

function tileNumber(groups: string): number | null {
  // 15 digits stay below 2^53; `x000/005` is a second spelling of `005` and therefore absent
  if (!GROUPS.test(groups) || groups.length > 23 || groups.startsWith('x000')) return null;
  return Number(groups.replaceAll(/[x/]/g, ''));
}
