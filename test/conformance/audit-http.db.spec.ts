import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditModule, exportLog, PublishedCheckpoints, Sealer } from '#lib/audit';
import { type Acting, createHttpApp, defineEvent, KernelModule, listen, newId, UnitOfWork } from '#lib/kernel';
import { organisationProblems } from '#lib/organisation';
import { type CanActivate, type ExecutionContext, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { AuditController } from '../../apps/api/src/audit/audit.controller';
import { run } from '../../apps/verify/src/main';
import { openSource } from '../../apps/verify/src/source';
import { aDatabase, type TestDatabase } from '../support/database';

// The log over HTTP, read by the stand-alone checker as an auditor would. Who may is the guard's own test.

const happened = defineEvent('test.told.v1', z.object({ n: z.int() }));
const acting: Acting = { kind: 'person', id: newId(), unitId: null, units: [], citywide: true };
const TOKEN = 'of-an-auditor';

class AuditorOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const call = context.switchToHttp().getRequest<{ headers: Record<string, string>; call?: object }>();
    call.call = { acting, actor: { acting } };
    if (call.headers.authorization === `Bearer ${TOKEN}` || context.getHandler().name === 'vkey') return true;
    throw organisationProblems.not_permitted();
  }
}

describe('the log over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let sealer: Sealer;
  let folder: string;
  let base: string;
  let vkey: string;
  let events: string[];

  const get = (path: string) => fetch(`${base}/${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const verify = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await run([...args, '--vkey', vkey], (line) => lines.push(line));
    return { code, text: lines.join('\n') };
  };

  beforeAll(async () => {
    db = await aDatabase();
    folder = mkdtempSync(join(tmpdir(), 'datenraum-http-'));
    @Module({
      imports: [KernelModule.forRoot(db.config, { entities: [], app: 'test' }), AuditModule],
      controllers: [AuditController],
      providers: [{ provide: APP_GUARD, useClass: AuditorOnly }],
    })
    class TestApi {}
    app = await createHttpApp(TestApi, { name: 'api' });
    const address = await listen(app, '127.0.0.1', 0);
    events = await app.get(UnitOfWork).run(acting, async (tx) => {
      const ids: string[] = [];
      for (let n = 0; n < 520; n++) ids.push(await tx.emit(happened({ n })));
      return ids;
    });
    sealer = new Sealer({
      databaseUrl: db.url('sealer'),
      origin: 'datenraum.test/audit',
      key: generateKeyPairSync('ed25519').privateKey,
      published: new PublishedCheckpoints(join(folder, 'published')),
      yearOf: () => 2026,
    });
    await sealer.sealAll();
    base = `${address}/audit/2026`;
    vkey = join(folder, 'log.vkey');
    writeFileSync(vkey, await (await fetch(`${base}/vkey`)).text()); // public
  });
  afterAll(async () => {
    await sealer.disconnect();
    await app.close();
    await db.close();
    rmSync(folder, { recursive: true });
  });

  it('is found sound by the stand-alone checker with a token, and by itself after an export', async () => {
    const { code, text } = await verify(base, '--bearer', TOKEN);
    expect(text).toContain('Alle 520 Einträge passen zu ihren Kacheln.');
    expect(text).toContain('Das Protokoll ist unverändert und vollständig.');
    expect(code).toBe(0);
    await sealer.sealAll(); // the reading above was recorded
    await exportLog(openSource(base, TOKEN), join(folder, 'export'));
    expect((await verify(join(folder, 'export'), '--lang', 'en')).text).toContain('is unchanged and complete');
  });

  it('an exported log is accepted by the Go verifier', async () => {
    if (process.env.DATENRAUM_GO !== '1')
      return console.log('audit-http: the Go verifier is skipped; DATENRAUM_GO=1 runs it');
    const place = join(folder, 'for-go');
    const size = await exportLog(openSource(base, TOKEN), place);
    const out = execFileSync('go', ['run', '.', place, vkey], { cwd: join(__dirname, 'tlog-go'), encoding: 'utf8' });
    expect(out).toBe(`OK size ${size}, 0 proofs\n`);
  }, 120_000);

  it('is not readable without a token, and that is not mistaken for a broken log', async () => {
    await expect(verify(base)).rejects.toThrow('answered 403');
    await expect(verify(base.replace(/:\d+/, ':1'))).rejects.toThrow('can not be reached');
  });

  it('tiles may be kept for ever, a checkpoint never, and both have their media type', async () => {
    const [tile, checkpoint] = [await get('tile/0/000'), await get('checkpoint')];
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    expect(tile.headers.get('cache-control')).toContain('immutable');
    expect((await tile.arrayBuffer()).byteLength).toBe(8192);
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(checkpoint.headers.get('cache-control')).toBe('no-store');
  });

  it('a receipt for one entry holds offline, and for no other entry', async () => {
    const [proof, entry] = [join(folder, 'one.tlog-proof'), join(folder, 'entry')];
    writeFileSync(proof, await (await get(`proof?entry=${events[77]}`)).text());
    const { rows } = await db.owner.query<{ leaf: Buffer }>('SELECT leaf FROM kernel.audit_event WHERE event_id = $1', [
      events[77],
    ]);
    writeFileSync(entry, rows[0]!.leaf);
    expect(await verify('--proof', proof, '--entry', entry)).toMatchObject({ code: 0 });
    writeFileSync(entry, Buffer.concat([rows[0]!.leaf, Buffer.of(32)]));
    expect(await verify('--proof', proof, '--entry', entry)).toMatchObject({ code: 1 });
  });

  it.each([
    'tile/64/000', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/x1/2', 'tile/0/009', 'tile/0/002.p/9', 'tile/1/000.p/3',
    'tile/%30/000', 'tile/0/%2e%2e/000', 'tile/0/000/', 'tile/', 'tile/entries/000.p/1', 'proof', 'proof?entry=x', 'tile/0/000%00',
  ])('`%s` is 404', async (path) => {
    const answer = await raw(`/audit/2026/${path}`);
    expect(answer).toMatchObject({ status: 404, type: 'application/problem+json; charset=utf-8' });
  }); // prettier-ignore

  it.each([
    '/audit/2025/checkpoint',
    '/audit/x/checkpoint',
    '/audit/2025/vkey',
    '/audit/02026/checkpoint',
    '/audit/2026/tile/../../../etc/passwd',
  ])('`%s` is 404', async (path) => {
    expect(await raw(path)).toMatchObject({ status: 404 });
  });

  it.each([['from=0&to=9999'], ['from=5&to=1'], ['from=-1&to=5'], ['from=a&to=b'], ['']])(
    'growth `%s` is a problem',
    async (query) => {
      expect(await raw(`/audit/2026/consistency?${query}`)).toMatchObject({ status: 422 });
    },
  );

  it('one flipped byte of a stored event is named by the checker', async () => {
    await db.owner.query(
      `UPDATE kernel.audit_event SET leaf = set_byte(leaf, 9, 88), leaf_hash = sha256('\\x00'::bytea || set_byte(leaf, 9, 88)) WHERE event_id = $1`,
      [events[300]],
    );
    const { code, text } = await verify(base, '--bearer', TOKEN);
    expect(code).toBe(1);
    expect(text).toContain('Erster fehlerhafter Eintrag: 300. (entry_changed)');
  });

  /** Sends the path as it is: fetch would clean it up first. */
  const raw = (path: string) =>
    new Promise<{ status?: number; type?: string }>((resolve, reject) => {
      const { hostname, port } = new URL(base);
      request({ hostname, port, path, headers: { authorization: `Bearer ${TOKEN}` } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, type: answer.headers['content-type'] });
      })
        .on('error', reject)
        .end();
    });
});

describe('the checker itself', () => {
  it('never follows a redirect, as to a page for signing in', async () => {
    const server: Server = createServer((_, answer) => answer.writeHead(302, { location: '/login' }).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const source = openSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/audit/2026`);
    await expect(source('checkpoint')).rejects.toThrow('answered 302');
    server.close();
  });

  it('says how to use it when called wrongly', async () => {
    const lines: string[] = [];
    expect(await run([], (line) => lines.push(line))).toBe(2);
    expect(lines.join()).toContain('--vkey FILE');
  });
});
