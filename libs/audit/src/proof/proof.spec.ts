import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  checkConsistency,
  checkInclusion,
  Edge,
  emptyRoot,
  GrowingTree,
  leafHash,
  makeConsistencyProof,
  makeInclusionProof,
  nodeHash,
  parseTilePath,
  readCheckpoint,
  readVkey,
  signCheckpoint,
  treeRoot,
  verifyTlogProof,
  writeBundle,
  writeTlogProof,
  writeVkey,
} from '#proof';
import { aSealedLog, someEntries } from '../../../../test/support/sealed-log';

/** RFC 6962 §2.1 word for word, to check against something that shares nothing. */
function definition(entries: Buffer[]): Buffer {
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (entries.length === 0) return sha();
  if (entries.length === 1) return sha(Buffer.of(0), entries[0]!);
  const k = 2 ** Math.floor(Math.log2(entries.length - 1));
  return sha(Buffer.of(1), definition(entries.slice(0, k)), definition(entries.slice(k)));
}

describe('the tree', () => {
  it.each([0, 1, 2, 3, 7, 255, 256, 257, 511, 512, 600])(
    'of %i entries has the root RFC 6962 defines',
    async (size) => {
      const log = await aSealedLog(size);
      const expected = definition(log.entries);
      expect(await treeRoot(size, log.hashes)).toEqual(expected);

      const edge = new Edge(0, []);
      const growing = new GrowingTree();
      for (const entry of log.entries) {
        edge.append(leafHash(entry));
        growing.append(leafHash(entry));
      }
      expect(edge.root()).toEqual(expected);
      expect(growing.root()).toEqual(expected);
    },
  );

  it('tells a leaf from a node, so that no node can be passed off as an entry', () => {
    const [a, b] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))];
    expect(leafHash(Buffer.concat([a, b]))).not.toEqual(nodeHash(a, b));
    expect(emptyRoot().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('reports each tile exactly once, when it becomes full', () => {
    const edge = new Edge(0, []);
    const tiles = Array.from({ length: 1030 }, (_, i) => edge.append(leafHash(Buffer.from(String(i))))).flat();
    expect(tiles.map(({ level, n }) => [level, n])).toEqual([[0, 0], [0, 1], [0, 2], [0, 3]]); // prettier-ignore
  });
});

describe('proofs', () => {
  it('every entry is provable in every tree up to 70 entries, and nowhere else', async () => {
    for (let size = 1; size <= 70; size++) {
      const log = await aSealedLog(size);
      const root = await treeRoot(size, log.hashes);
      for (let index = 0; index < size; index++) {
        const leaf = leafHash(log.entries[index]!);
        const proof = await makeInclusionProof(index, size, log.hashes);
        expect(checkInclusion(index, size, leaf, proof, root)).toBe(true);
        expect(checkInclusion((index + 1) % (size + 1), size, leaf, proof, root)).toBe(false);
        expect(checkInclusion(index, size, leaf, [...proof, root], root)).toBe(false);
        if (proof.length > 0) expect(checkInclusion(index, size, leaf, proof.slice(1), root)).toBe(false);
        expect(checkInclusion(index, size, leafHash(Buffer.from('forged')), proof, root)).toBe(false);
      }
    }
  });

  it('every tree up to 70 entries is provably grown from every smaller one, and from no other', async () => {
    const log = await aSealedLog(70);
    const other = await aSealedLog(someEntries(70).map((entry, i) => (i === 3 ? Buffer.from('other') : entry)));
    for (let size = 0; size <= 70; size++) {
      const root = await treeRoot(size, log.hashes);
      for (let older = 0; older <= size; older++) {
        const olderRoot = await treeRoot(older, log.hashes);
        const proof = await makeConsistencyProof(older, size, log.hashes);
        expect(checkConsistency(older, olderRoot, size, root, proof)).toBe(true);
        if (older > 3) {
          const forged = await treeRoot(older, other.hashes);
          expect(checkConsistency(older, forged, size, root, proof)).toBe(false);
          expect(checkConsistency(older, olderRoot, size, forged, proof)).toBe(false);
          expect(checkConsistency(older, olderRoot, size, root, [...proof, root])).toBe(false);
        }
      }
    }
  });

  it('a proof file proves its entry offline, and no other entry, index, key or checkpoint', async () => {
    const log = await aSealedLog(600);
    const text = writeTlogProof(300, await makeInclusionProof(300, 600, log.hashes), await log.checkpoint(600));
    const vkey = readVkey(log.vkey);
    expect(verifyTlogProof(text, log.entries[300]!, vkey)).toMatchObject({ index: 300, checkpoint: { size: 600 } });
    expect(() => verifyTlogProof(text, log.entries[301]!, vkey)).toThrow('is not entry 300');
    expect(() => verifyTlogProof(text.replace('index 300', 'index 301'), log.entries[300]!, vkey)).toThrow('not entry');
    expect(() => verifyTlogProof(text.replace('\n600\n', '\n601\n'), log.entries[300]!, vkey)).toThrow(
      'does not belong',
    );
    const stranger = readVkey((await aSealedLog(1)).vkey);
    expect(() => verifyTlogProof(text, log.entries[300]!, stranger)).toThrow('no signature');
  });
});

describe('tile paths', () => {
  it.each([
    ['tile/0/000', { kind: 'tile', level: 0, n: 0, width: 256 }],
    ['tile/63/005', { kind: 'tile', level: 63, n: 5, width: 256 }],
    ['tile/1/x001/x234/067', { kind: 'tile', level: 1, n: 1234067, width: 256 }],
    ['tile/entries/x001/000.p/255', { kind: 'entries', level: 0, n: 1000, width: 255 }],
    ['tile/2/000.p/1', { kind: 'tile', level: 2, n: 0, width: 1 }],
  ])('%s is read', (path, expected) => {
    expect(parseTilePath(path)).toEqual(expected);
  });

  it.each([
    'tile/64/000', 'tile/00/000', 'tile/01/000', 'tile/-1/000', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01',
    'tile/0/000.p/1000', 'tile/0/0', 'tile/0/0000', 'tile/0/x1/2', 'tile/0/x000/005', 'tile/0/001/002', 'tile/0/x001',
    'tile/0/000/', 'tile/0//000', '/tile/0/000', 'tile/0/../000', 'tile/0/%2e%2e', 'tile/entries/000.p/', 'tile/data/000',
    'tile/0/000.p/1.p/1', 'tile/0/000 ', 'tile/0/000\n', 'tile', '', 'tile/0/x999/x999/x999/x999/x999/999',
  ])('`%s` does not exist', (path) => {
    expect(parseTilePath(path)).toBeNull();
  }); // prettier-ignore
});

describe('checkpoint and key', () => {
  const key = generateKeyPairSync('ed25519').privateKey;
  const origin = 'datenraum.test/audit/2026';
  const vkey = readVkey(`${writeVkey(origin, key)}\n`);
  const note = signCheckpoint(origin, 5, leafHash(Buffer.of()), key);
  const read = (text: string) => () => readCheckpoint(Buffer.from(text), vkey);

  it('a checkpoint is read back as it was signed', () => {
    expect(read(note)()).toEqual({ origin, size: 5, root: leafHash(Buffer.of()) });
  });

  it('signatures of witnesses beside ours are ignored', () => {
    expect(read(`${note}\u2014 witness.test ${Buffer.alloc(76).toString('base64')}\n`)().size).toBe(5);
  });

  it.each([
    ['another size', note.replace('\n5\n', '\n6\n'), 'does not belong'],
    ['a line more in the text', note.replace('\n\n', '\nextra\n\n'), 'does not belong'],
    ['no final newline', note.slice(0, -1), 'no signature lines'],
    ['a hyphen for the dash', note.replace('\u2014', '-'), 'malformed'],
    ['a control character', note.replace('\n5\n', '\n5\r\n'), 'control'],
    ['a signature of nobody known', note.replace(`\u2014 ${origin}`, '\u2014 other'), 'no signature'],
    ['nothing', '', 'no signature lines'],
  ])('a checkpoint with %s is refused', (_, text, message) => {
    expect(read(text)).toThrow(message);
  });

  it.each(['05', '-1', '1e3', '9007199254740993', ''])('a signed size `%s` is refused', (size) => {
    const good = signCheckpoint(origin, 5, leafHash(Buffer.of()), key);
    expect(read(good.replace('\n5\n', `\n${size}\n`))).toThrow();
  });

  it('a signed checkpoint of another origin is refused', () => {
    expect(() => readCheckpoint(Buffer.from(note), vkey, 'datenraum.test/audit/2027')).toThrow('belongs to');
  });

  it.each(['', 'a+b', `${writeVkey(origin, key)}x`, writeVkey(origin, key).replace('2026', '2027')])(
    'a verification key `%s` is refused',
    (text) => {
      expect(() => readVkey(text)).toThrow('key');
    },
  );

  it('names with spaces or plus, and other keys than Ed25519, sign nothing', () => {
    expect(() => signCheckpoint('a b', 0, emptyRoot(), key)).toThrow('origin');
    expect(() => signCheckpoint('a+b', 0, emptyRoot(), key)).toThrow('origin');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => signCheckpoint(origin, 0, emptyRoot(), privateKey)).toThrow('Ed25519');
  });

  it('a bundle takes the largest entry and refuses one byte more', () => {
    expect(writeBundle([Buffer.alloc(65_535)]).length).toBe(65_537);
    expect(() => writeBundle([Buffer.alloc(65_536)])).toThrow('does not fit');
    expect(() => writeBundle(someEntries(257))).toThrow('256');
  });
});
