import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { aGate, type Gate, type Version } from '../../../test/support/gate.fixture';
import { aReceiver, type Receiver, until } from '../../../test/support/receiver.fixture';

const WINDOW = 1 << 20;
let gate: Gate;
let large: Version;
beforeAll(async () => {
  gate = await aGate({ windowBytes: WINDOW, checkEveryMs: 200 });
  large = await gate.largeVersion(600_000); // some 64 MB as CSV
}, 60_000);
afterAll(() => gate?.close());

const open = async (id: string, url = gate.url): Promise<Receiver> =>
  aReceiver(`${url}/v1/agreements/${id}/data?format=csv`, await gate.bearer('eva.bach'));
const state = async (id: string) => (await gate.record(id)).exchange!;
const ended = (id: string) => until(async () => ((await state(id)).state === 'STARTED' ? null : gate.record(id)));

/** What holds for every stream that did not end well. */
async function cutShort(id: string, receiver: Receiver, type: string, reason: string) {
  const { complete, error, body } = await receiver.ended;
  expect([complete, error === null]).toEqual([false, false]);
  const { exchange, events } = await ended(id);
  expect(exchange).toMatchObject({ reason, rows: null });
  expect(events.map((event) => event.type)).toEqual(['exchange.started.v1', type]);
  const { bytes, releasedBytes, sha256 } = events[1]!.facts as { bytes: number; releasedBytes: number; sha256: string };
  expect(body.length).toBeLessThanOrEqual(bytes);
  expect(bytes).toBeLessThanOrEqual(releasedBytes);
  expect([String(bytes), String(releasedBytes), sha256]).toEqual([
    exchange!.bytes,
    exchange!.released_bytes,
    exchange!.digest,
  ]);
  return { bytes, releasedBytes, body, sha256 };
}

describe('a running delivery', () => {
  it('is cut when the agreement is revoked, within one window, and no client takes it for complete', async () => {
    const id = await gate.agreement({ version: large });
    const receiver = await open(id);
    receiver.read();
    await until(async () => receiver.received() > 2 * WINDOW && (receiver.pause(), true));
    await gate.revoke(id);
    const released = Number((await state(id)).released_bytes);
    receiver.read();
    const { releasedBytes, bytes } = await cutShort(id, receiver, 'exchange.revoked.v1', 'agreement_revoked');
    // a look that had read the agreement before the revocation may still have committed its window, no other
    expect(releasedBytes).toBeLessThanOrEqual(released + WINDOW);
    expect(bytes).toBeLessThan(60_000_000);
  });

  it('is cut when the agreement is revoked although the receiver reads nothing', async () => {
    const id = await gate.agreement({ version: large });
    const receiver = await open(id);
    await gate.revoke(id);
    const { exchange } = await ended(id);
    expect(exchange).toMatchObject({ state: 'REVOKED', reason: 'agreement_revoked' });
    receiver.read();
    await cutShort(id, receiver, 'exchange.revoked.v1', 'agreement_revoked');
  });

  it('is cut when the agreement expires', async () => {
    const id = await gate.agreement({ version: large, validUntil: `now() + interval '2 seconds'` });
    const receiver = await open(id);
    const { exchange } = await ended(id);
    expect(exchange).toMatchObject({ state: 'REVOKED', reason: 'agreement_expired' });
    receiver.read();
    await cutShort(id, receiver, 'exchange.revoked.v1', 'agreement_expired');
  });

  it('whose receiver leaves is recorded with what it got', async () => {
    const id = await gate.agreement({ version: large });
    const receiver = await open(id);
    receiver.read();
    await until(async () => receiver.received() > WINDOW);
    receiver.leave();
    await cutShort(id, receiver, 'exchange.interrupted.v1', 'consumer_aborted');
  });

  it('whose credit can not be committed stops below the last one that was', async () => {
    const { app, url } = await gate.open({ windowBytes: WINDOW, checkEveryMs: 200, checkWithinMs: 300 });
    const id = await gate.agreement({ version: large });
    const receiver = await open(id, url);
    await gate.rows('BEGIN');
    await gate.rows('LOCK TABLE exchange.exchange IN ACCESS EXCLUSIVE MODE');
    receiver.read();
    const { complete } = await receiver.ended;
    const released = Number((await state(id)).released_bytes);
    await gate.rows('COMMIT');
    expect(complete).toBe(false);
    const { bytes } = await cutShort(id, receiver, 'exchange.interrupted.v1', 'credit_unavailable');
    expect(bytes).toBeLessThanOrEqual(released);
    await app.close();
  });

  it('whose engine dies is no short success', async () => {
    const id = await gate.agreement({ version: large });
    const receiver = await open(id);
    for (const child of queryChildren()) process.kill(child, 'SIGKILL');
    receiver.read();
    await cutShort(id, receiver, 'exchange.failed.v1', 'engine_failed');
  });

  it('does not fill memory for a receiver that does not read, and is given up in the end', async () => {
    const { app, url } = await gate.open({
      windowBytes: WINDOW,
      checkEveryMs: 100,
      slowForMs: 1000,
      slowBytesPerSecond: 1024,
    });
    const id = await gate.agreement({ version: large });
    const receiver = await open(id, url);
    const { exchange } = await ended(id);
    expect(exchange).toMatchObject({ state: 'INTERRUPTED', reason: 'consumer_too_slow' });
    // the buffers of the operating system and one window, of a body of 64 MB
    expect(Number(exchange!.released_bytes)).toBeLessThan(16 * WINDOW);
    receiver.read();
    await cutShort(id, receiver, 'exchange.interrupted.v1', 'consumer_too_slow');
    await app.close();
  });

  it('ends with its record when the gate is stopped, and nothing new is let in', async () => {
    const { app, url } = await gate.open({ windowBytes: WINDOW, checkEveryMs: 200, drainMs: 500 });
    const id = await gate.agreement({ version: large });
    const receiver = await open(id, url);
    const closed = app.close();
    expect((await open(await gate.agreement({ fields: ['baum_id'] }), url)).status).toBe(503);
    await ended(id);
    receiver.read();
    await cutShort(id, receiver, 'exchange.interrupted.v1', 'gate_stopped');
    await closed;
  });

  it('that nothing disturbs is complete to the last byte, with a credit for each window', async () => {
    const id = await gate.agreement({ version: large });
    const receiver = await open(id);
    receiver.read();
    const { complete, body, trailers } = await receiver.ended;
    expect(complete).toBe(true);
    const { exchange } = await ended(id);
    const digest = createHash('sha256').update(body).digest();
    expect(exchange).toMatchObject({
      state: 'COMPLETED',
      rows: '600000',
      bytes: String(body.length),
      digest: digest.toString('hex'),
    });
    expect(trailers['repr-digest']).toBe(`sha-256=:${digest.toString('base64')}:`);
    expect(Number(exchange!.released_bytes)).toBeGreaterThanOrEqual(body.length);
    expect(Number(exchange!.released_bytes)).toBeLessThanOrEqual(body.length + WINDOW);
  });
});

describe('after kill -9 of the gate', () => {
  let child: ChildProcess | undefined;
  afterAll(() => void child?.kill('SIGKILL'));

  it('the reaper closes the record, nobody was served more than released, and it does so once', async () => {
    const port = await freePort();
    const { databaseUrl, objectStoreDir, oidc } = gate.db.config;
    child = spawn(process.execPath, ['--require', './test/support/typescript.cjs', 'apps/gateway/src/main.ts'], {
      env: {
        PATH: process.env.PATH,
        DATENRAUM_ENV: 'test',
        DATABASE_URL: databaseUrl,
        OBJECT_STORE_DIR: objectStoreDir,
        OIDC_ISSUER: oidc.issuer,
        OIDC_CLIENTS: oidc.allowedClients.join(','),
        GATEWAY_PORT: String(port),
        LOG_LEVEL: 'silent',
      },
      stdio: 'ignore',
    });
    const url = `http://127.0.0.1:${port}`;
    await until(async () => (await fetch(`${url}/health`).catch(() => null))?.ok);
    const id = await gate.agreement({ version: large });
    const receiver = await open(id, url);
    receiver.read();
    await until(async () => receiver.received() > 5_000_000);
    child.kill('SIGKILL');
    const { complete, body } = await receiver.ended;
    expect(complete).toBe(false);

    expect(await state(id)).toMatchObject({ state: 'STARTED' });
    expect(await gate.reaper.run(gate.uow)).toBe(0); // the lease still runs: the process might live
    await gate.rows(
      `UPDATE exchange.exchange SET lease_until = now() - interval '1 millisecond' WHERE agreement_id = $1`,
      [id],
    );
    const closed = await Promise.all([gate.reaper.run(gate.uow), gate.reaper.run(gate.uow)]);
    expect(closed[0] + closed[1]).toBe(1);

    const { exchange, events } = await gate.record(id);
    expect(exchange).toMatchObject({ state: 'INTERRUPTED', reason: 'lease_passed', bytes: null });
    expect(body.length).toBeLessThanOrEqual(Number(exchange!.released_bytes));
    expect(events.map(({ type }) => type)).toEqual(['exchange.started.v1', 'exchange.interrupted.v1']);
    expect(events[1]!.facts).toMatchObject({
      releasedBytes: Number(exchange!.released_bytes),
      bytes: null,
      sha256: null,
    });
  }, 60_000);
});

it('a stream whose record the reaper has closed stops, and does not write a second end', async () => {
  const id = await gate.agreement({ version: large });
  const receiver = await open(id);
  await gate.rows('BEGIN'); // between two looks
  await gate.rows(`UPDATE exchange.exchange SET lease_until = now() - interval '1 second' WHERE agreement_id = $1`, [
    id,
  ]);
  await gate.rows(
    `UPDATE exchange.exchange SET state = 'INTERRUPTED', reason = 'lease_passed', ended_at = now() WHERE agreement_id = $1`,
    [id],
  );
  await gate.rows('COMMIT');
  receiver.read();
  expect((await receiver.ended).complete).toBe(false);
  expect((await gate.record(id)).events.map(({ type }) => type)).toEqual(['exchange.started.v1']);
});

function queryChildren(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]);
        return parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('query-child');
      } catch {
        return false; // gone meanwhile
      }
    });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
