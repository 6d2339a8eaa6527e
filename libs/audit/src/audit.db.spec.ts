import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditModule, AuditReads, AuditTiles, exportLog, PublishedCheckpoints, Sealer } from '#lib/audit';
import { type Acting, defineEvent, newId, systemActing, UnitOfWork } from '#lib/kernel';
import { readVkey, verifyTlogProof } from '#proof';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { z } from 'zod';
import { run } from '../../../apps/verify/src/main';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';

const happened = defineEvent('test.seen.v1', z.object({ requestId: z.uuid().optional(), n: z.int() }));
const person: Acting = { kind: 'person', id: newId(), unitId: null, units: [], citywide: false };

describe('the stored log', () => {
  let db: TestDatabase;
  let app: INestApplicationContext;
  let uow: UnitOfWork;
  let reads: AuditReads;
  let tiles: AuditTiles;
  let sealer: Sealer;
  let folder: string;
  let year: number;
  const requestId = newId();

  const emit = (n: number, clear?: Record<string, string>) =>
    uow.run(person, (tx) => tx.emit(happened(n % 2 === 0 ? { n, requestId } : { n }), clear));
  const path = async (name: string) => (await tiles.serve(systemActing('test'), year, name))?.body ?? null;
  const read = async (type: string) =>
    (
      await db.owner.query<{ facts: object; actor: string }>(
        'SELECT facts, actor FROM kernel.audit_event WHERE type = $1',
        [type],
      )
    ).rows;

  beforeAll(async () => {
    db = await aDatabase();
    app = await aStage(db, [AuditModule]);
    [uow, reads, tiles] = [app.get(UnitOfWork), app.get(AuditReads), app.get(AuditTiles)];
    folder = mkdtempSync(join(tmpdir(), 'datenraum-audit-'));
    const key = generateKeyPairSync('ed25519').privateKey;
    const published = new PublishedCheckpoints(join(folder, 'published'));
    sealer = new Sealer({ databaseUrl: db.url('sealer'), origin: 'datenraum.test/audit', key, published });
    for (let n = 0; n < 3; n++) await emit(n);
    await sealer.sealAll();
    await uow.run(person, async (tx) => {
      for (let n = 3; n < 300; n++) await tx.emit(happened({ n }));
    });
    await sealer.sealAll(); // published sizes: 3 and 300
    year = (await db.owner.query<{ log_id: number }>('SELECT log_id FROM audit.log_head')).rows[0]!.log_id;
    await uow.run(person, (tx) => tx.emit(happened({ n: 300 }))); // stored, not sealed
  });
  afterAll(async () => {
    await sealer.disconnect();
    await app.close();
    await db.close();
    rmSync(folder, { recursive: true });
  });

  describe('as tiles', () => {
    it.each([
      ['checkpoint', null], ['tile/0/000', 8192], ['tile/0/001.p/44', 44 * 32], ['tile/1/000.p/1', 32], ['tile/0/000.p/3', 96],
    ] as const)('%s is there', async (name, length) => {
      const body = await path(name);
      expect(body).not.toBeNull();
      if (length) expect(body!.length).toBe(length);
    }); // prettier-ignore

    it.each([
      ['a width no checkpoint was published for', 'tile/0/000.p/2'],
      ['a width beyond the published size', 'tile/0/001.p/45'],
      ['a tile that is not full', 'tile/0/001'],
      ['a bundle that is not full', 'tile/entries/001'],
      ['entries nobody signed', 'tile/entries/001.p/45'],
      ['a tile beyond the log', 'tile/0/002'],
      ['a level above the tree', 'tile/2/000.p/1'],
      ['a number beyond all numbers', 'tile/6/x999/x999/x999/x999/999'],
      ['a path of another kind', 'tile/data/000'],
      ['the way out', '../secret'],
    ])('%s is absent', async (_, name) => {
      expect(await path(name)).toBeNull();
    });

    it('another year is absent', async () => {
      expect(await tiles.serve(person, year + 1, 'checkpoint')).toBeNull();
      expect(await tiles.vkey(person, year + 1)).toBeNull();
    });

    it('reading entries is itself recorded, reading hashes is not', async () => {
      const before = (await read('audit.read.v1')).length;
      await tiles.serve(person, year, 'tile/0/000');
      await tiles.serve(person, year, 'checkpoint');
      expect(await read('audit.read.v1')).toHaveLength(before);
      await tiles.serve(person, year, 'tile/entries/001.p/44');
      const events = await read('audit.read.v1');
      expect(events).toHaveLength(before + 1);
      expect(events.at(-1)).toMatchObject({ facts: { log: year, what: 'BUNDLE', index: 256 } });
      expect(events.at(-1)!.actor).toMatch(/^p_[\da-f]{32}$/);
    });

    it('an exported folder passes the stand-alone checker', async () => {
      const place = join(folder, 'export');
      expect(await exportLog(path, place)).toBe(300);
      expect(await verify(place)).toMatchObject({ code: 0, report: { ok: true, size: 300 } });
    });
  });

  describe('for the audit view', () => {
    it('says what is sealed, what waits, and for how long', async () => {
      const overview = await reads.overview(person, 10);
      expect(overview.logs).toMatchObject([{ year, size: 300, closed: false }]);
      expect(overview.pending).toBeGreaterThan(0);
      expect(overview.oldestPendingSeconds).toBeGreaterThanOrEqual(0);
      expect(overview.recent).toHaveLength(10);
    });

    it('finds what concerns a request, in order, and records who asked', async () => {
      const entries = await reads.about(person, requestId);
      expect(entries.map(({ facts }) => facts.n)).toEqual([0, 2]);
      expect(entries.every(({ state }) => state === 'MATCHES')).toBe(true);
      expect((await read('audit.read.v1')).at(-1)).toMatchObject({ facts: { what: 'SEARCH', subjectId: requestId } });
    });

    it('gives an entry with a proof that holds offline', async () => {
      const [entry] = await reads.about(person, requestId);
      const detail = await reads.entry(person, entry!.eventId);
      const vkey = readVkey((await tiles.vkey(person, year))!);
      expect(verifyTlogProof(detail.proof!, Buffer.from(detail.leaf), vkey).index).toBe(detail.index);
      expect(await reads.proof(person, entry!.eventId)).toBe(detail.proof);
    });

    it('an entry that waits for the sealer has no proof yet, an unknown one is a problem', async () => {
      const waiting = await emit(1000);
      expect(await reads.entry(person, waiting)).toMatchObject({ index: null, proof: null, state: 'MATCHES' });
      await expect(reads.entry(person, newId())).rejects.toMatchObject({ code: 'audit_entry_not_found' });
      await expect(reads.proof(person, waiting)).rejects.toMatchObject({ code: 'audit_entry_not_found' });
    });

    it('growth can be proven, and only inside the log', async () => {
      expect((await reads.consistency(person, year, 3, 300)).length).toBeGreaterThan(0);
      await expect(reads.consistency(person, year, 3, 301)).rejects.toMatchObject({ code: 'audit_range_invalid' });
      await expect(reads.consistency(person, year - 1, 0, 1)).rejects.toMatchObject({ code: 'audit_log_not_found' });
    });
  });

  it('a clear value matches, is erased, or was changed; erasing never breaks the log', async () => {
    const [whole, erased, changed] = [
      await emit(1, { name: 'Erika' }),
      await emit(1, { name: 'Max' }),
      await emit(1, { name: 'Uli' }),
    ];
    await sealer.sealAll();
    await db.owner.query('DELETE FROM kernel.audit_clear WHERE event_id = $1', [erased]);
    await db.owner.query(`UPDATE kernel.audit_clear SET value = 'Otto' WHERE event_id = $1`, [changed]);
    const clear = async (id: string) => (await reads.entry(person, id)).clear;
    expect(await clear(whole)).toEqual([{ field: 'name', state: 'MATCHES', value: 'Erika' }]);
    expect(await clear(erased)).toEqual([{ field: 'name', state: 'ERASED', value: null }]);
    expect(await clear(changed)).toEqual([{ field: 'name', state: 'MISMATCH', value: null }]);
    expect(await reads.verify(person, year)).toMatchObject({ ok: true });
    const { rows } = await db.owner.query(
      `SELECT 1 FROM kernel.audit_event WHERE encode(leaf, 'escape') ~ 'Erika|Max|Uli'`,
    );
    expect(rows).toEqual([]);
  });

  describe('no role of the product can rewrite it:', () => {
    const tables = ['audit.log_leaf', 'audit.log_tile', 'audit.log_head', 'audit.log_checkpoint', 'kernel.audit_event'];
    const denied = async (role: 'app' | 'sealer', statement: string, before = '') => {
      const client = new Client({ connectionString: db.url(role) });
      await client.connect();
      try {
        if (before) await client.query(before);
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      } finally {
        await client.end();
      }
    };
    it.each(tables)('the apps can not update, delete, truncate or drop %s', async (table) => {
      for (const before of ['', 'SET ROLE datenraum_read']) {
        await denied('app', `DELETE FROM ${table}`, before);
        await denied('app', `TRUNCATE ${table}`, before);
        await denied('app', `DROP TABLE ${table}`, before);
        const column = table === 'kernel.audit_event' ? 'leaf = leaf' : 'log_id = log_id';
        await denied('app', `UPDATE ${table} SET ${column}`, before);
        if (table !== 'kernel.audit_event') await denied('app', `INSERT INTO ${table} DEFAULT VALUES`, before);
      }
    });
    it.each(tables)('the sealer can not delete or truncate %s, nor change what was sealed', async (table) => {
      await denied('sealer', `DELETE FROM ${table}`);
      await denied('sealer', `TRUNCATE ${table}`);
      const column = table === 'kernel.audit_event' ? 'leaf = leaf' : 'log_id = log_id';
      await denied('sealer', `UPDATE ${table} SET ${column}`);
    });
  });

  describe('an administrator of the database who changes it is found out:', () => {
    const damaged = async (change: string, undo: string) => {
      await db.owner.query(change);
      const [report, place] = [await reads.verify(person, year), mkdtempSync(join(folder, 'damaged-'))];
      await exportLog(path, place).catch(() => undefined);
      const outside = await verify(place);
      await db.owner.query(undo);
      expect(await reads.verify(person, year)).toMatchObject({ ok: true });
      return { report, outside };
    };
    const flipLeaf = (i: number) => `
      UPDATE kernel.audit_event SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1),
        leaf_hash = sha256('\\x00'::bytea || set_byte(leaf, 20, get_byte(leaf, 20) # 1))
      WHERE event_id = (SELECT event_id FROM audit.log_leaf WHERE log_index = ${i})`;

    it.each([0, 123, 255, 256, 299])('one byte of stored event %i, and the verifier names it', async (i) => {
      const { rows } = await db.owner.query<{ event_id: string }>(
        'SELECT event_id FROM audit.log_leaf WHERE log_index = $1',
        [i],
      );
      const { report, outside } = await damaged(flipLeaf(i), flipLeaf(i));
      expect(report.fault).toMatchObject({ code: 'entry_changed', index: i });
      expect(outside).toMatchObject({ code: 1, report: { ok: false, fault: { index: i } } });
      expect(outside.text).toContain(`Erster fehlerhafter Eintrag: ${i}`);
      await db.owner.query(flipLeaf(i));
      expect(await reads.entry(person, rows[0]!.event_id)).toMatchObject({ state: 'MISMATCH' });
      await db.owner.query(flipLeaf(i));
    });

    it('the columns beside an event, which lists and searches use', async () => {
      const [entry] = await reads.about(person, requestId);
      await db.owner.query(`UPDATE kernel.audit_event SET facts = facts || '{"n": 99}' WHERE event_id = $1`, [
        entry!.eventId,
      ]);
      expect(await reads.entry(person, entry!.eventId)).toMatchObject({ state: 'MISMATCH', facts: { n: 0 } });
      await db.owner.query(`UPDATE kernel.audit_event SET facts = facts || '{"n": 0}' WHERE event_id = $1`, [
        entry!.eventId,
      ]);
    });

    it('a hash of a tile, and the verifier names its entry', async () => {
      const flip = 'UPDATE audit.log_tile SET hashes = set_byte(hashes, 32 * 77, get_byte(hashes, 32 * 77) # 1)';
      const { report, outside } = await damaged(flip, flip);
      expect(report.fault).toMatchObject({ code: 'entry_changed', index: 77 });
      expect(outside).toMatchObject({ code: 1, report: { fault: { index: 77 } } });
    });

    it('a row that was removed, and the verifier names where', async () => {
      await db.owner.query('CREATE TEMP TABLE gone AS SELECT * FROM audit.log_leaf WHERE log_index = 280');
      const { report } = await damaged(
        'DELETE FROM audit.log_leaf WHERE log_index = 280',
        'INSERT INTO audit.log_leaf SELECT * FROM gone',
      );
      expect(report.fault).toMatchObject({ code: 'tile_missing', index: 256 });
    });

    it('the root of a tile, and the verifier names its entries', async () => {
      const flip = 'UPDATE audit.log_tile SET root = set_byte(root, 0, get_byte(root, 0) # 1)';
      const { report } = await damaged(flip, flip);
      expect(report.fault).toMatchObject({ code: 'tile_changed', index: 0, until: 255 });
    });
  });

  async function verify(place: string) {
    const vkey = join(folder, 'test.vkey');
    writeFileSync(vkey, (await tiles.vkey(person, year))!);
    const [lines, json]: [string[], string[]] = [[], []];
    const code = await run([place, '--vkey', vkey], (line) => lines.push(line));
    await run([place, '--vkey', vkey, '--json'], (line) => json.push(line));
    return { code, text: lines.join('\n'), report: JSON.parse(json[0]!) as object };
  }
});
