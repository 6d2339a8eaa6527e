import { HASH_BYTES, leafHash, TILE_WIDTH } from './hash';
import { CheckFault, readCheckpoint, readVkey } from './check-note';
import type { Checkpoint } from './check-note';
import { GrowingTree } from './check-tree';

/**
 * Gives the bytes behind a path of the log (`checkpoint`, `tile/0/000`, …), or null when there are none (HTTP 404).
 * Everything else that goes wrong is thrown: "could not look" must never read like "is not there".
 */
export type Fetcher = (path: string) => Promise<Uint8Array | null>;

/** Why a log is not what it claims. The damage lies in entries `index` to `until` (inclusive), both null when none. */
export interface LogFault {
  code: string;
  index: number | null;
  until: number | null;
  path: string;
  detail: string;
}

/** Outcome of a whole check. `fault` is null exactly when everything holds. */
export interface LogReport {
  ok: boolean;
  origin: string;
  size: number | null;
  /** base64, as in the checkpoint */
  root: string | null;
  /** entries whose hash, tile and place were found right before the check ended */
  checked: number;
  /** sizes of the earlier checkpoints this log was found to have grown from */
  grownFrom: number[];
  fault: LogFault | null;
}

const AHEAD = 8; // bundles asked for ahead of the one being hashed

/**
 * Checks a whole log from entry 0: signature, every entry against its leaf hash, every tile against the entries,
 * the root against the checkpoint, and that it grew from the earlier checkpoints the caller kept (`known`).
 * @throws whatever `fetcher` throws, and CheckFault `vkey_malformed` when the key itself can not be read
 */
export async function verifyLog(
  fetcher: Fetcher,
  vkeyText: string,
  origin?: string,
  known: readonly Uint8Array[] = [],
): Promise<LogReport> {
  const vkey = readVkey(vkeyText);
  const name = origin ?? vkey.name;
  const report: LogReport = { ok: false, origin: name, size: null, root: null, checked: 0, grownFrom: [], fault: null };
  try {
    const note = await fetcher('checkpoint');
    if (!note) throw new LogBroken('checkpoint_missing', 'checkpoint', 'there is no checkpoint');
    const head = readCheckpoint(note, vkey, report.origin);
    Object.assign(report, { size: head.size, root: head.root.toString('base64') });
    const earlier = known.map((old) => readCheckpoint(old, vkey, report.origin)).sort((a, b) => a.size - b.size);
    await checkEntries(fetcher, head, earlier, report);
    report.ok = true;
  } catch (fault) {
    if (fault instanceof LogBroken) report.fault = fault.fault;
    else if (fault instanceof CheckFault) {
      report.fault = { code: fault.code, index: null, until: null, path: 'checkpoint', detail: fault.message };
    } else throw fault;
  }
  return report;
}

/** Every path of a log of this size, in the order a check reads them; `checkpoint` is not among them. */
export function* logPaths(size: number): Generator<string> {
  for (let n = 0; n * TILE_WIDTH < size; n++) {
    yield path('entries', n, Math.min(TILE_WIDTH, size - n * TILE_WIDTH));
  }
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const hashes = Math.floor(size / TILE_WIDTH ** level);
    for (let n = 0; n * TILE_WIDTH < hashes; n++) {
      yield path(level, n, Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH));
    }
  }
}

class LogBroken extends Error {
  readonly fault: LogFault;
  constructor(code: string, at: string, detail: string, index: number | null = null, until: number | null = index) {
    super(detail);
    this.fault = { code, index, until, path: at, detail };
  }
}

async function checkEntries(
  fetcher: Fetcher,
  head: Checkpoint,
  earlier: readonly Checkpoint[],
  report: LogReport,
): Promise<void> {
  const { size } = head;
  const tree = new GrowingTree();
  const current: Buffer[] = []; // by level: the tile the tree is growing through just now
  const due = [...earlier];

  // entries up to the last earlier checkpoint that agreed are proven; a wrong root narrows down to what follows
  const sure = () => report.grownFrom.at(-1) ?? 0;
  const checkGrowth = () => {
    for (; due[0]?.size === tree.size; due.shift()) {
      if (!tree.root().equals(due[0].root)) {
        const detail = `the first ${tree.size} entries are not those signed earlier`;
        throw new LogBroken('history_rewritten', 'checkpoint', detail, sure(), tree.size - 1);
      }
      report.grownFrom.push(tree.size);
    }
  };

  const tile = async (level: number, n: number): Promise<Buffer> => {
    const unit = TILE_WIDTH ** level;
    const width = Math.min(TILE_WIDTH, Math.floor(size / unit) - n * TILE_WIDTH);
    const at = path(level, n, width);
    const bytes = await fetcher(at);
    const [first, last] = [n * TILE_WIDTH * unit, Math.min(size, (n * TILE_WIDTH + width) * unit) - 1];
    if (!bytes) throw new LogBroken('tile_missing', at, `tile \`${at}\` is missing`, first, last);
    if (bytes.length !== width * HASH_BYTES) {
      throw new LogBroken('tile_malformed', at, `tile \`${at}\` has ${bytes.length} bytes`, first, last);
    }
    return Buffer.from(bytes);
  };

  const bundles = Math.ceil(size / TILE_WIDTH);
  const wanted: Promise<[Uint8Array | null, Buffer]>[] = [];
  const want = (n: number) => {
    if (n >= bundles) return;
    const width = Math.min(TILE_WIDTH, size - n * TILE_WIDTH);
    const both = Promise.all([fetcher(path('entries', n, width)), tile(0, n)]);
    both.catch(() => undefined); // looked at in its turn: an earlier bundle may be broken too, and comes first
    wanted.push(both);
  };
  for (let n = 0; n < AHEAD; n++) want(n);

  checkGrowth(); // an earlier checkpoint of the empty log
  for (let n = 0; n < bundles; n++, want(n + AHEAD - 1)) {
    const width = Math.min(TILE_WIDTH, size - n * TILE_WIDTH);
    const at = path('entries', n, width);
    const [bundle, hashes] = await wanted.shift()!;
    if (!bundle) {
      throw new LogBroken('bundle_missing', at, `bundle \`${at}\` is missing`, tree.size, tree.size + width - 1);
    }
    for (const entry of entriesOf(bundle, width, at, tree.size)) {
      const index = tree.size;
      const leaf = leafHash(entry);
      if (!leaf.equals(hashes.subarray((index % TILE_WIDTH) * HASH_BYTES).subarray(0, HASH_BYTES))) {
        throw new LogBroken('entry_changed', at, `entry ${index} does not match its leaf hash`, index);
      }
      const completed = tree.append(leaf);
      // each perfect subtree of 256^level leaves is one hash of the tile of that level
      for (let level = 1; level * 8 < completed.length; level++) {
        const unit = TILE_WIDTH ** level;
        const i = tree.size / unit - 1;
        if (i % TILE_WIDTH === 0) current[level] = await tile(level, i / TILE_WIDTH);
        const stored = current[level]!.subarray((i % TILE_WIDTH) * HASH_BYTES).subarray(0, HASH_BYTES);
        if (!completed[level * 8]!.equals(stored)) {
          const where = path(level, Math.floor(i / TILE_WIDTH), TILE_WIDTH);
          const detail = `tile \`${where}\` does not match entries ${i * unit} to ${(i + 1) * unit - 1}`;
          throw new LogBroken('tile_changed', where, detail, i * unit, (i + 1) * unit - 1);
        }
      }
      report.checked = tree.size;
      if (due.length > 0) checkGrowth();
    }
  }
  if (!tree.root().equals(head.root)) {
    const detail = `entries and tiles agree with each other but not with the signed root of size ${size}`;
    throw new LogBroken('root_wrong', 'checkpoint', detail, size > 0 ? sure() : null, size > 0 ? size - 1 : null);
  }
  if (due[0]) {
    const detail = `a checkpoint of size ${due[0].size} was signed earlier, now the log has only ${size} entries`;
    throw new LogBroken('log_shrunk', 'checkpoint', detail, size, due[0].size - 1);
  }
}

function* entriesOf(bundle: Uint8Array, count: number, at: string, first: number): Generator<Buffer> {
  const bytes = Buffer.from(bundle);
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const start = offset + 2;
    const end = start <= bytes.length ? start + bytes.readUInt16BE(offset) : Infinity;
    if (end > bytes.length) {
      throw new LogBroken('bundle_malformed', at, `bundle \`${at}\` ends inside entry ${first + i}`, first + i);
    }
    yield bytes.subarray(start, end);
    offset = end;
  }
  if (offset !== bytes.length) {
    const detail = `bundle \`${at}\` has ${bytes.length - offset} bytes behind its last entry`;
    throw new LogBroken('bundle_malformed', at, detail, first + count - 1);
  }
}

function path(what: number | 'entries', n: number, width: number): string {
  const digits = String(n);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${what}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}
