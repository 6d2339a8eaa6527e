// One file: sealing, and each way in which it can be interrupted, in the order of its steps.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditModule, runSealerLoop, PublishedCheckpoints, Sealer, type SealerSettings } from '#lib/audit';
import { defineEvent, systemActing, UnitOfWork } from '#lib/kernel';
import { readCheckpoint, readVkey, verifyLog } from '#proof';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { z } from 'zod';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';
import { withFetcher } from './audit.tiles';

const happened = defineEvent('test.happened.v1', z.object({ n: z.int(), writer: z.int() }));
const by = systemActing('test');
const key = generateKeyPairSync('ed25519').privateKey;

describe('the sealer', () => {
  let db: TestDatabase;
  let app: INestApplicationContext;
  let uow: UnitOfWork;
  let folder: string;
  const open: Sealer[] = [];

  beforeEach(async () => {
    db = await aDatabase();
    app = await aStage(db, [AuditModule]);
    uow = app.get(UnitOfWork);
    folder = mkdtempSync(join(tmpdir(), 'datenraum-sealer-'));
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((sealer) => sealer.disconnect()));
    await app.close();
    await db.close();
    rmSync(folder, { recursive: true });
  });

  const aSealer = (more: Partial<SealerSettings> = {}): Sealer => {
    const published = new PublishedCheckpoints(join(folder, 'published'));
    const sealer = new Sealer({
      databaseUrl: db.url('sealer'),
      origin: 'datenraum.test/audit',
      key,
      published,
      ...more,
    });
    open.push(sealer);
    return sealer;
  };
  const emit = (n: number, writer = 0) => uow.run(by, (tx) => tx.emit(happened({ n, writer })));
  const count = async (sql: string) => Number((await db.owner.query<{ count: string }>(sql)).rows[0]!.count);
  const year = async () =>
    (await db.owner.query<{ log_id: number }>('SELECT max(log_id) AS log_id FROM audit.log_head')).rows[0]!.log_id;
  const check = async (log?: number) => {
    const of = log ?? (await year());
    const { rows } = await db.owner.query<{ vkey: string }>('SELECT vkey FROM audit.log_head WHERE log_id = $1', [of]);
    return uow.read(by, (tx) => withFetcher(tx, of, (fetcher) => verifyLog(fetcher, rows[0]!.vkey)));
  };
  const indexes = async () =>
    (await db.owner.query<{ i: string }>('SELECT log_index AS i FROM audit.log_leaf ORDER BY 1')).rows.map(({ i }) =>
      Number(i),
    );
  const sealed = async () =>
    (
      await db.owner.query<{ n: number }>(
        `SELECT (facts->>'n')::int AS n FROM audit.log_leaf JOIN kernel.audit_event USING (event_id) ORDER BY log_index`,
      )
    ).rows.map(({ n }) => n);

  it('gives events their place in the order they happened, and signs what a checker accepts', async () => {
    await uow.run(by, async (tx) => {
      for (let n = 0; n < 5; n++) await tx.emit(happened({ n, writer: 0 }));
    });
    const sealer = aSealer();
    expect(await sealer.seal()).toBe(5);
    expect(await sealer.seal()).toBe(0);
    expect(await sealed()).toEqual([0, 1, 2, 3, 4]);
    expect(await check()).toMatchObject({ ok: true, size: 5 });
    expect(await count('SELECT count(*) FROM kernel.audit_pending')).toBe(0);
  });

  it('an event is not published after a rollback', async () => {
    await expect(
      uow.run(by, async (tx) => {
        await tx.emit(happened({ n: 1, writer: 0 }));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await emit(2);
    await aSealer().sealAll();
    expect(await sealed()).toEqual([2]);
  });

  it('the log is gapless with eight writers and two competing sealers', async () => {
    const stop = new AbortController();
    const said: string[] = [];
    const log = { info: () => undefined, warn: (f: object, m: string) => said.push(m + JSON.stringify(f)), error: (f: object, m: string) => said.push(m + JSON.stringify(f)) }; // prettier-ignore
    const sealing = [1, 2].map(() => runSealerLoop(aSealer({ batch: 50 }), log, stop.signal));
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 40; n++) await emit(n, writer);
    });
    await Promise.all(writers);
    while ((await count('SELECT count(*) FROM kernel.audit_pending')) > 0) await new Promise((r) => setTimeout(r, 20));
    stop.abort();
    await Promise.all(sealing);
    expect(said).toEqual([]);
    expect(await indexes()).toEqual(Array.from({ length: 320 }, (_, i) => i));
    expect(await check()).toMatchObject({ ok: true, size: 320 });
    // every writer waited for its commits, so its events must stand in its order
    const { rows } = await db.owner.query(`
      SELECT 1 FROM (SELECT (facts->>'n')::int AS n, row_number() OVER (PARTITION BY facts->>'writer' ORDER BY log_index) AS place
                     FROM audit.log_leaf JOIN kernel.audit_event USING (event_id)) o WHERE n <> place - 1`);
    expect(rows).toEqual([]);
  });

  it('an event that is committed late is not skipped', async () => {
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let emitted: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (emitted = resolve));
    const late = uow.run(by, async (tx) => {
      await tx.emit(happened({ n: 1, writer: 0 }));
      emitted();
      await held;
    });
    await waiting;
    await emit(2);
    const sealer = aSealer();
    expect(await sealer.sealAll()).toBe(1);
    commit();
    await late;
    expect(await sealer.sealAll()).toBe(1);
    expect(await sealed()).toEqual([2, 1]);
    expect(await check()).toMatchObject({ ok: true, size: 2 });
  });

  it('grows over full tiles, in batches and across restarts, as one tree', async () => {
    for (const [events, batch] of [[300, 7], [211, 4096], [2, 1], [600, 256]] as const) {
      await uow.run(by, async (tx) => {
        for (let n = 0; n < events; n++) await tx.emit(happened({ n, writer: 0 }));
      });
      await aSealer({ batch }).sealAll(); // each time a new sealer, which knows nothing
    } // prettier-ignore
    const known = (await db.owner.query<{ note: string }>('SELECT note FROM audit.log_checkpoint ORDER BY size')).rows;
    const { rows } = await db.owner.query<{ vkey: string }>('SELECT vkey FROM audit.log_head');
    const of = await year();
    const report = await uow.read(by, (tx) =>
      withFetcher(tx, of, (fetcher) =>
        verifyLog(fetcher, rows[0]!.vkey, undefined, known.map(({ note }) => Buffer.from(note))),
      ),
    ); // prettier-ignore
    expect(report).toMatchObject({ ok: true, size: 1113 });
    expect(report.grownFrom.length).toBe(known.length);
    expect(await count('SELECT count(*) FROM audit.log_tile')).toBe(4);
  });

  describe('when it is cut off', () => {
    const query = Client.prototype.query as (...args: unknown[]) => Promise<unknown>;
    let ended: number;

    /** Ends the connections of sealers in this database, as a crash of the server or its time limits do. */
    const endSealers = async (state: string) => {
      const client = new Client({ connectionString: db.url('sealer') });
      await client.connect();
      const { rows } = await client.query<{ ok: boolean }>(
        `SELECT pg_terminate_backend(pid, 5000) AS ok FROM pg_stat_activity
         WHERE datname = $1 AND application_name = 'datenraum sealer' AND state LIKE $2`,
        [db.name, state],
      );
      await client.end();
      ended = rows.filter(({ ok }) => ok).length;
    };

    /** Cuts the sealer's connection when it first runs a statement that contains `text`. */
    const cutAt = (text: string, when: 'before' | 'after') => {
      let cut = false;
      // eslint-disable-next-line @typescript-eslint/no-misused-promises -- jest types the overload with a callback; ours is the one with a promise
      const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(async function (
        this: Client,
        ...args: unknown[]
      ) {
        if (cut || typeof args[0] !== 'string' || !args[0].includes(text) || this.user !== 'datenraum_sealer') {
          return query.apply(this, args);
        }
        cut = true;
        if (when === 'after') await query.apply(this, args);
        await endSealers('idle%');
        // the answer was on its way when the connection went
        if (when === 'after') throw new Error('Connection terminated unexpectedly');
        return query.apply(this, args);
      });
      return () => spy.mockRestore();
    };
    beforeEach(() => (ended = 0));

    it.each([
      ['before', 'FOR UPDATE'], ['after', 'FOR UPDATE'], ['after', 'audit_pending p JOIN'], ['before', 'log_checkpoint (log_id, size'],
      ['after', 'log_checkpoint (log_id, size'], ['before', 'COMMIT'], ['after', 'COMMIT'],
    ] as const)('%s `%s`, the next run ends with the same one tree', async (when, text) => {
      const sealer = aSealer();
      await emit(0);
      await sealer.sealAll();
      await emit(1);
      await emit(2);
      const restore = cutAt(text, when);
      await expect(sealer.seal()).rejects.toThrow();
      restore();
      expect(ended).toBe(1);
      await emit(3); // may not slip into a tree of a size that was signed already
      await sealer.sealAll();
      expect((await sealed()).sort()).toEqual([0, 1, 2, 3]);
      expect(await indexes()).toEqual([0, 1, 2, 3]);
      expect(await check()).toMatchObject({ ok: true, size: 4 });
      const sizes = (await db.owner.query<{ size: string }>('SELECT size FROM audit.log_checkpoint ORDER BY size')).rows;
      if (text === 'COMMIT') expect(sizes.map(({ size }) => Number(size))).toEqual([1, 3, 4]);
      // what was published is the head, although the run that signed it could not say so
      expect(readFileSync(join(folder, 'published', `checkpoint.${await year()}`), 'utf8')).toContain('\n4\n');
    }); // prettier-ignore

    it('a sealer that was stopped while another took over signs no second tree', async () => {
      const [stopped, other] = [aSealer(), aSealer()];
      await emit(0);
      await stopped.sealAll();
      await emit(1);
      // as SIGSTOP before COMMIT: the database ends the idle transaction, another sealer goes on, then we wake up
      let first = true;
      let taken = 0;
      // eslint-disable-next-line @typescript-eslint/no-misused-promises -- jest types the overload with a callback; ours is the one with a promise
      const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(async function (
        this: Client,
        ...args: unknown[]
      ) {
        if (args[0] === 'COMMIT' && this.user === 'datenraum_sealer' && first) {
          first = false;
          await endSealers('idle in transaction');
          await emit(2);
          taken = await other.sealAll();
        }
        return query.apply(this, args);
      });
      await expect(stopped.seal()).rejects.toThrow();
      spy.mockRestore();
      expect([ended, taken]).toEqual([1, 2]);
      await emit(3);
      expect(await stopped.sealAll()).toBe(1);
      expect(await sealed()).toEqual([0, 1, 2, 3]);
      const sizes = (await db.owner.query<{ size: string }>('SELECT size FROM audit.log_checkpoint ORDER BY size'))
        .rows;
      expect(sizes.map(({ size }) => Number(size))).toEqual([1, 3, 4]);
      expect(await check()).toMatchObject({ ok: true, size: 4 });
    });

    it('a sealer that died after its commit has its checkpoint published by the next one', async () => {
      await emit(0);
      const published = new PublishedCheckpoints(join(folder, 'published'));
      jest.spyOn(published, 'publish').mockImplementation(() => {
        throw new Error('killed');
      });
      await expect(aSealer({ published }).seal()).rejects.toThrow('killed');
      await aSealer().seal();
      expect(readFileSync(join(folder, 'published', `checkpoint.${await year()}`), 'utf8')).toContain('\n1\n');
    });
  });

  describe('refuses to sign, and keeps the events waiting,', () => {
    const refused = async (sealer: Sealer, code: string) => {
      await expect(sealer.seal()).rejects.toMatchObject({ code });
      expect(await count('SELECT count(*) FROM kernel.audit_pending')).toBeGreaterThan(0);
      expect(await count('SELECT count(*) FROM audit.log_checkpoint')).toBe(1);
    };
    beforeEach(async () => {
      await emit(0);
      await aSealer().sealAll();
      await emit(1);
    });

    it('when key or origin are not those of the log', async () => {
      await refused(aSealer({ key: generateKeyPairSync('ed25519').privateKey }), 'KEY_MISMATCH');
      await refused(aSealer({ origin: 'datenraum.test/other' }), 'KEY_MISMATCH');
    });

    it('when the clock went back by more than a minute', async () => {
      await db.owner.query(`UPDATE audit.log_head SET signed_at = now() + interval '50 seconds'`);
      await aSealer().seal();
      await db.owner.query(`DELETE FROM audit.log_checkpoint WHERE size = 2`);
      await db.owner.query(`UPDATE audit.log_head SET signed_at = now() + interval '70 seconds'`);
      await emit(2);
      await refused(aSealer(), 'TIME_WENT_BACK');
    });

    it('when the database is older than what was published', async () => {
      const file = join(folder, 'published', `checkpoint.${await year()}`);
      writeFileSync(file, readFileSync(file, 'utf8').replace('\n1\n', '\n2\n'));
      await refused(aSealer(), 'LOG_BEHIND');
      writeFileSync(join(folder, 'published', `checkpoint.${(await year()) + 1}`), 'later');
      await refused(aSealer(), 'LOG_BEHIND');
    });

    it('when the database holds another history than the published one', async () => {
      const file = join(folder, 'published', `checkpoint.${await year()}`);
      const [origin, size] = readFileSync(file, 'utf8').split('\n');
      writeFileSync(file, `${origin}\n${size}\n${Buffer.alloc(32).toString('base64')}\n\nsignature\n`);
      await refused(aSealer(), 'LOG_FORKED');
    });

    it('when the stored hashes no longer lead to the signed root', async () => {
      await db.owner.query(`UPDATE audit.log_leaf SET leaf_hash = sha256('forged') WHERE log_index = 0`);
      await refused(aSealer(), 'TREE_DAMAGED');
    });

    it('when the database does not flush to disk, in production', async () => {
      await refused(aSealer({ durable: true }), 'NOT_DURABLE');
    });
  });

  it('opens a new log with the year, whose first entry commits to the final checkpoint of the old one', async () => {
    let now = 2026;
    const sealer = aSealer({ yearOf: () => now });
    for (let n = 0; n < 3; n++) await emit(n);
    await sealer.sealAll();
    now = 2027;
    await emit(3);
    expect(await sealer.sealAll()).toBe(2);
    await emit(4);
    await aSealer({ yearOf: () => now }).sealAll();
    expect(await check(2026)).toMatchObject({ ok: true, size: 3 });
    expect(await check(2027)).toMatchObject({ ok: true, size: 3, origin: 'datenraum.test/audit/2027' });
    const { rows } = await db.owner.query<{ note: string; vkey: string; leaf: Buffer }>(
      `SELECT h.note, h.vkey, e.leaf FROM audit.log_head h, audit.log_leaf l JOIN kernel.audit_event e USING (event_id)
       WHERE h.log_id = 2026 AND l.log_id = 2027 AND l.log_index = 0`,
    );
    const final = readCheckpoint(Buffer.from(rows[0]!.note), readVkey(rows[0]!.vkey));
    expect(JSON.parse(rows[0]!.leaf.toString())).toMatchObject({
      type: 'audit.log_opened.v1',
      facts: { previous: { origin: final.origin, size: 3, root: final.root.toString('base64') } },
    });
    expect(await count('SELECT count(*) FROM audit.log_head WHERE NOT closed')).toBe(1);
  });

  it('two sealers at the turn of the year open one new log', async () => {
    await emit(0);
    await aSealer({ yearOf: () => 2026 }).sealAll();
    await emit(1);
    await Promise.all([1, 2, 3].map(() => aSealer({ yearOf: () => 2027 }).sealAll()));
    expect(await check(2027)).toMatchObject({ ok: true, size: 2 });
  });
});
