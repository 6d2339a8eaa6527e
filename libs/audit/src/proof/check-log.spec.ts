import { leafHash, signCheckpoint, verifyLog, writeBundle } from '#proof';
import { aSealedLog, type SealedLog, someEntries } from '../../../../test/support/sealed-log';

const check = (log: SealedLog, known: string[] = []) =>
  verifyLog(log.fetcher, log.vkey, undefined, known.map((note) => Buffer.from(note))); // prettier-ignore

const flip = (log: SealedLog, path: string, at: number) => {
  const bytes = Buffer.from(log.files.get(path)!);
  bytes[at]! ^= 1;
  log.files.set(path, bytes);
};

const size = 1000;

describe('a sound log', () => {
  it.each([0, 1, 255, 256, 257, 1000])('of %i entries is found sound', async (count) => {
    const log = await aSealedLog(count);
    expect(await check(log)).toMatchObject({ ok: true, size: count, checked: count, fault: null });
  });

  it('is found to have grown from every checkpoint kept earlier', async () => {
    const log = await aSealedLog(size);
    const known = await Promise.all([size, 0, 1, 256, 300].map((old) => log.checkpoint(old)));
    expect(await check(log, known)).toMatchObject({ ok: true, grownFrom: [0, 1, 256, 300, size] });
  });
});

describe('a damaged log is found out, and the first broken entry named', () => {
  it('when one byte of an entry is flipped', async () => {
    const log = await aSealedLog(size);
    const path = 'tile/entries/001';
    const length = (i: number) => 2 + log.entries[i]!.length;
    let offset = 2;
    for (let i = 256; i < 300; i++) offset += length(i);
    flip(log, path, offset);
    flip(log, 'tile/entries/002', 5); // later damage does not hide the first
    expect(await check(log)).toMatchObject({
      ok: false,
      checked: 300,
      fault: { code: 'entry_changed', index: 300, path },
    });
  });

  it('when a hash of a tile is flipped', async () => {
    const log = await aSealedLog(size);
    flip(log, 'tile/0/002', 32 * 7);
    expect((await check(log)).fault).toMatchObject({ code: 'entry_changed', index: 512 + 7 });
    const upper = await aSealedLog(size);
    flip(upper, 'tile/1/000.p/3', 32 * 2 + 31);
    expect((await check(upper)).fault).toMatchObject({ code: 'tile_changed', index: 512, until: 767 });
  });

  it('when entry and leaf hash are rewritten together', async () => {
    const log = await aSealedLog(size);
    const forged = Buffer.from('forged');
    const entries = log.entries.slice(256, 512);
    entries[4] = forged;
    log.files.set('tile/entries/001', writeBundle(entries));
    leafHash(forged).copy(log.files.get('tile/0/001')!, 4 * 32);
    expect((await check(log)).fault).toMatchObject({ code: 'tile_changed', index: 256, until: 511 });
  });

  it('when a tile or a bundle is missing, cut short or too long', async () => {
    for (const [path, code, index] of [
      ['tile/0/001', 'tile_missing', 256],
      ['tile/1/000.p/3', 'tile_missing', 0],
      ['tile/entries/003.p/232', 'bundle_missing', 768],
    ] as const) {
      const log = await aSealedLog(size);
      log.files.delete(path);
      expect((await check(log)).fault).toMatchObject({ code, index, path });
    }
    for (const [path, change, code, index] of [
      ['tile/0/001', (bytes: Buffer) => bytes.subarray(1), 'tile_malformed', 256],
      ['tile/entries/001', (bytes: Buffer) => bytes.subarray(0, -1), 'bundle_malformed', 511],
      ['tile/entries/001', (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)]), 'bundle_malformed', 511],
      ['tile/entries/000', () => Buffer.alloc(0), 'bundle_malformed', 0],
    ] as const) {
      const log = await aSealedLog(size);
      log.files.set(path, change(log.files.get(path)!));
      expect((await check(log)).fault).toMatchObject({ code, index, path });
    }
  });

  it('when the size in the checkpoint is edited', async () => {
    const log = await aSealedLog(size);
    const note = log.files.get('checkpoint')!.toString();
    log.files.set('checkpoint', Buffer.from(note.replace('\n1000\n', '\n999\n')));
    expect((await check(log)).fault).toMatchObject({ code: 'signature_wrong' });
  });

  it('when it is signed with another key', async () => {
    const log = await aSealedLog(size);
    const stranger = await aSealedLog(1);
    expect((await verifyLog(log.fetcher, stranger.vkey)).fault).toMatchObject({ code: 'signature_missing' });
  });

  it('when the checkpoint is missing', async () => {
    const log = await aSealedLog(size);
    log.files.delete('checkpoint');
    expect((await check(log)).fault).toMatchObject({ code: 'checkpoint_missing' });
  });

  it('when a whole consistent history replaces the one signed', async () => {
    const entries = someEntries(size).map((entry, i) => (i === 700 ? Buffer.from('forged') : entry));
    const [log, forged] = [await aSealedLog(size), await aSealedLog(entries)];
    const earlier = [await log.checkpoint(500), await log.checkpoint(600), await log.checkpoint(800)];
    // without the key: entries and tiles fit each other, the signed root does not
    forged.files.set('checkpoint', log.files.get('checkpoint')!);
    expect((await check({ ...forged, vkey: log.vkey })).fault).toMatchObject({
      code: 'root_wrong',
      index: 0,
      until: 999,
    });
    // with the key: only a checkpoint kept elsewhere tells
    const root = Buffer.from((await forged.checkpoint(size)).split('\n')[2]!, 'base64');
    forged.files.set('checkpoint', Buffer.from(signCheckpoint(log.origin, size, root, log.key)));
    expect(await check({ ...forged, vkey: log.vkey })).toMatchObject({ ok: true });
    expect(await check({ ...forged, vkey: log.vkey }, earlier)).toMatchObject({
      ok: false,
      grownFrom: [500, 600],
      fault: { code: 'history_rewritten', index: 600, until: 799 },
    });
  });

  it('when it became shorter than it was', async () => {
    const log = await aSealedLog(size);
    const short = await aSealedLog(900);
    short.files.set('checkpoint', Buffer.from(await log.checkpoint(900)));
    expect((await check({ ...short, vkey: log.vkey }, [await log.checkpoint(size)])).fault).toMatchObject({
      code: 'log_shrunk',
      index: 900,
    });
  });
});

it('a source that can not be reached is not taken for a broken log', async () => {
  const log = await aSealedLog(size);
  const broken = (path: string) => (path === 'tile/0/002' ? Promise.reject(new Error('503')) : log.fetcher(path));
  await expect(verifyLog(broken, log.vkey)).rejects.toThrow('503');
});
