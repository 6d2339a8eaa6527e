import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle';
import { makeConsistencyProof, makeInclusionProof, verifyLog } from '#proof';
import { aSealedLog, type SealedLog } from '../support/sealed-log';

// P4: anyone with the verification key can check the log with tools that we did not write.

const SIZES = [1, 2, 255, 256, 257, 511, 65_535, 65_536, 65_537, 70_000];
const samples = (size: number, n: number) =>
  [...new Set([0, 1, 254, 255, 256, 65_535, 65_536, size - 2, size - 1, ...Array.from({ length: n }, (_, i) => Math.floor((i * size) / n))])]
    .filter((index) => index >= 0 && index < size); // prettier-ignore

describe('sigstore', () => {
  it.each(SIZES)('accepts our checkpoint and inclusion proofs of a log of %i', async (size) => {
    const log = await aSealedLog(size);
    const envelope = log.files.get('checkpoint')!.toString();
    for (const index of samples(size, 10)) {
      const hashes = await makeInclusionProof(index, size, log.hashes);
      const entry = sigstoreEntry(log.entries[index]!, index, size, hashes, envelope);
      const checkpoint = verifyCheckpoint(entry, [sigstoreLog(log)]);
      expect(Number(checkpoint.logSize)).toBe(size);
      expect(() => verifyMerkleInclusion(entry, checkpoint)).not.toThrow();
      const forged = { ...entry, canonicalizedBody: Buffer.from('forged') };
      expect(() => verifyMerkleInclusion(forged, checkpoint)).toThrow('root hash');
    }
    const stranger = sigstoreLog(await aSealedLog(1, log.origin));
    const entry = sigstoreEntry(log.entries[0]!, 0, size, [], envelope);
    expect(() => verifyCheckpoint(entry, [stranger])).toThrow('signature');
  });
});

const go = process.env.DATENRAUM_GO === '1';
if (!go) console.log('tlog.spec: the Go verifier is skipped; DATENRAUM_GO=1 runs it (needs go and its module proxy)');

(go ? describe : describe.skip)("the Go team's sumdb library", () => {
  const folder = mkdtempSync(join(tmpdir(), 'tlog-go-'));
  const program = join(folder, 'tlog-go');
  beforeAll(() => {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: join(__dirname, 'tlog-go'), stdio: 'pipe' });
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (log: SealedLog, proofs?: object): string => {
    const place = mkdtempSync(join(folder, 'log-'));
    for (const [path, bytes] of log.files) {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), bytes);
    }
    writeFileSync(join(place, 'vkey'), `${log.vkey}\n`);
    if (proofs) writeFileSync(join(place, 'proofs.json'), JSON.stringify(proofs));
    try {
      return execFileSync(program, [place, join(place, 'vkey'), ...(proofs ? [join(place, 'proofs.json')] : [])], {
        encoding: 'utf8',
      });
    } catch (error) {
      return String((error as { stdout: string }).stdout);
    }
  };

  it.each(SIZES)('accepts a log of %i with our inclusion and consistency proofs', async (size) => {
    const log = await aSealedLog(size);
    const base64 = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('base64'));
    const Inclusion = [];
    for (const Index of samples(size, 40)) {
      Inclusion.push({ Index, Hashes: base64(await makeInclusionProof(Index, size, log.hashes)) });
    }
    const Consistency = [];
    for (const From of samples(size, 10).filter((older) => older > 0)) {
      const Hashes = base64(await makeConsistencyProof(From, size, log.hashes));
      Consistency.push({ From, Hashes, Checkpoint: await log.checkpoint(From) });
    }
    expect(run(log, { Inclusion, Consistency })).toBe(
      `OK size ${size}, ${Inclusion.length + Consistency.length} proofs\n`,
    );
  });

  it('and our checker refuse the same damage', async () => {
    const damages: [string, (log: SealedLog) => void | Promise<void>, RegExp][] = [
      ['a flipped byte', (log) => void (log.files.get('tile/entries/001')![40]! ^= 1), /entry 257 does not match/],
      ['a missing tile', (log) => void log.files.delete('tile/0/001'), /no such file/],
      ['an edited size', (log) => edit(log, (note) => note.replace('\n600\n', '\n599\n')), /invalid signature/],
      ['a rewritten history', async (log) => swap(log, await aSealedLog(600)), /./],
      ['another key', async (log) => void (log.vkey = (await aSealedLog(1)).vkey), /no verifiable signatures/],
    ];
    for (const [, damage, message] of damages) {
      const log = await aSealedLog(600);
      await damage(log);
      expect(run(log)).toMatch(/^BROKEN:/);
      expect(run(log)).toMatch(message);
      expect(await verifyLog(log.fetcher, log.vkey)).toMatchObject({ ok: false });
    }
  });
});

/** Keeps the signed checkpoint and replaces one entry and everything computed from it. */
function swap(log: SealedLog, other: SealedLog): void {
  const note = log.files.get('checkpoint')!;
  const rewritten = aRewrite(other);
  for (const [path, bytes] of rewritten) log.files.set(path, bytes);
  log.files.set('checkpoint', note);
}

function aRewrite(other: SealedLog): Map<string, Buffer> {
  const files = new Map(other.files);
  const bundle = Buffer.from(files.get('tile/entries/002.p/88')!);
  bundle[10]! ^= 1;
  const length = bundle.readUInt16BE(0);
  const hash = createHash('sha256').update(Buffer.of(0)).update(bundle.subarray(2, 2 + length)).digest(); // prettier-ignore
  const tile = Buffer.from(files.get('tile/0/002.p/88')!);
  hash.copy(tile);
  return files.set('tile/entries/002.p/88', bundle).set('tile/0/002.p/88', tile);
}

function edit(log: SealedLog, change: (note: string) => string): void {
  log.files.set('checkpoint', Buffer.from(change(log.files.get('checkpoint')!.toString())));
}

type TlogEntry = Parameters<typeof verifyCheckpoint>[0];

function sigstoreEntry(entry: Buffer, index: number, size: number, hashes: Buffer[], envelope: string): TlogEntry {
  return {
    canonicalizedBody: entry,
    inclusionProof: {
      logIndex: String(index),
      treeSize: String(size),
      rootHash: Buffer.of(),
      hashes,
      checkpoint: { envelope },
    },
  } as unknown as TlogEntry; // the two functions read these fields only
}

function sigstoreLog(log: SealedLog): Parameters<typeof verifyCheckpoint>[1][number] {
  const publicKey = createPublicKey(log.key);
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const logID = createHash('sha256').update(`${log.origin}\n`).update(Buffer.of(1)).update(raw).digest();
  return {
    logID,
    publicKey,
    baseURL: `https://${log.origin}`,
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  };
}
