import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditModule, AuditReads, runSealerLoop, PublishedCheckpoints, Sealer } from '#lib/audit';
import { defineEvent, KernelModule, migrate, systemActing, UnitOfWork } from '#lib/kernel';
import { readCheckpoint, readVkey } from '#proof';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { z } from 'zod';
import { databaseShape } from '../../apps/migrate/src/stages';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../apps/local/src/postgres/embedded-postgres';
import { testConfig } from '../support/database';

// A cluster of its own with real durability: what was acknowledged must survive SIGKILL of the database.

const KILLS = Number(process.env.DATENRAUM_KILLS ?? 3);
const happened = defineEvent('test.survived.v1', z.object({ writer: z.int(), n: z.int() }));
const by = systemActing('test');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('when the database is killed while eight writers write and two sealers seal', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;

  const start = async (port: number) => {
    // backends of the killed server may hold its shared memory for a moment
    for (let attempt = 0; ; attempt++) {
      try {
        return await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), port, durability: 'real' });
      } catch (error) {
        if (attempt > 20) throw error;
        await pause(250);
      }
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'datenraum-killed-'));
    postgres = await start(0);
    const admin = new Client({ connectionString: postgres.url('postgres', 'postgres') });
    await admin.connect();
    await admin.query('CREATE DATABASE killed OWNER datenraum_owner');
    await admin.end();
    await migrate(postgres.url('datenraum_owner', 'killed'), databaseShape);
  }, 120_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('nothing acknowledged is lost, the log has no gap and no second history', async () => {
    const [app, owner, sealer] = (['datenraum_app', 'datenraum_owner', 'datenraum_sealer'] as const).map((role) =>
      postgres.url(role, 'killed'),
    );
    const config = testConfig({ app: app!, owner: owner!, sealer: sealer! }, folder);
    @Module({ imports: [KernelModule.forRoot(config, { entities: [], app: 'test' }), AuditModule] })
    class TestApp {}
    const nest = await NestFactory.createApplicationContext(TestApp, { logger: false, abortOnError: false });
    const uow = nest.get(UnitOfWork);

    const stop = new AbortController();
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const key = generateKeyPairSync('ed25519').privateKey;
    const publications = [1, 2].map((n) => new PublishedCheckpoints(join(folder, `published-${n}`)));
    const sealing = publications.map((published) =>
      runSealerLoop(
        new Sealer({ databaseUrl: sealer!, origin: 'datenraum.test/audit', key, published, batch: 20 }),
        log,
        stop.signal,
      ),
    );
    const acknowledged: string[] = [];
    let writing = true;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; writing; n++) {
        await uow
          .run(by, (tx) => tx.emit(happened({ writer, n })))
          .then(
            (id) => acknowledged.push(id),
            () => pause(50),
          );
      }
    });

    for (let kill = 0; kill < KILLS; kill++) {
      await pause(700 + Math.random() * 300);
      process.kill(postgres.pid, 'SIGKILL');
      await pause(100);
      postgres = await start(postgres.port);
    }
    await pause(500);
    writing = false;
    await Promise.all(writers);

    const client = new Client({ connectionString: owner! });
    await client.connect();
    const count = async (sql: string, ...values: unknown[]) =>
      Number((await client.query<{ count: string }>(sql, values)).rows[0]!.count);
    for (let i = 0; i < 400 && (await count('SELECT count(*) FROM kernel.audit_pending')) > 0; i++) await pause(25);
    stop.abort();
    await Promise.all(sealing);

    expect(acknowledged.length).toBeGreaterThan(100);
    expect(await count('SELECT count(*) FROM kernel.audit_pending')).toBe(0);
    expect(await count('SELECT count(*) FROM audit.log_leaf WHERE event_id = ANY ($1)', acknowledged)).toBe(
      acknowledged.length,
    );
    const entries = await count('SELECT count(*) FROM audit.log_leaf');
    expect(await count('SELECT max(log_index) + 1 AS count FROM audit.log_leaf')).toBe(entries);
    expect(await count('SELECT count(*) FROM kernel.audit_event')).toBe(entries);
    const { rows } = await client.query<{ log_id: number; vkey: string }>('SELECT log_id, vkey FROM audit.log_head');
    const { log_id, vkey } = rows[0]!;
    expect(await nest.get(AuditReads).verify(by, log_id)).toMatchObject({ ok: true, size: entries });
    for (const published of publications) {
      const last = readCheckpoint(Buffer.from(published.read(log_id)!), readVkey(vkey));
      expect(
        await count('SELECT count(*) FROM audit.log_checkpoint WHERE size = $1 AND root = $2', last.size, last.root),
      ).toBe(1);
    }
    console.log(`${KILLS} kills: ${acknowledged.length} acknowledged, ${entries} sealed`);
    await client.end();
    await nest.close();
  }, 180_000);
});
