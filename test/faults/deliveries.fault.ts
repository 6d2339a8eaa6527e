import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { City, eventually, type Signed } from '../journeys/city';
import { publish } from '../journeys/publish';
import { minuteCounts } from '../journeys/tables';
import { build, Stack } from './stack.fixture';
import { count, expectSoundLog, settled } from './sound-log.assert';
import { today as day } from '../support/day';

// Streams of several readers are under way when the process that serves them is killed at a moment nobody chose.

const ROUNDS = 2;
const READERS = 3;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a reader knows of a stream: the exchange it belongs to, the bytes that arrived, whether it was told the end. */
interface Read {
  exchangeId: string | null;
  bytes: number;
  complete: boolean;
}

interface Exchange {
  id: string;
  state: string;
  reason: string | null;
  bytes: string | null;
  released_bytes: string;
}

describe('when the process is killed while data flows', () => {
  let stack: Stack;
  let database: Client;
  let eva: Signed;
  let agreementId: string;
  const reads: Read[] = [];
  const refused: string[] = [];
  const waits: number[] = [];

  const read = async (slow: boolean): Promise<void> => {
    const seen: Read = { exchangeId: null, bytes: 0, complete: false };
    reads.push(seen);
    try {
      const response = await eva.receive(agreementId, slow ? 'ndjson' : 'csv');
      if (!response.ok) {
        refused.push(((await response.json()) as { code: string }).code);
        return;
      }
      seen.exchangeId = response.headers.get('x-exchange-id');
      const reader = response.body!.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        seen.complete = done;
        if (done) return;
        seen.bytes += value.length;
        if (slow) await pause(20);
      }
    } catch {
      // cut off: what counts is what arrived before
    }
  };

  beforeAll(async () => {
    build();
    stack = await Stack.start();
    mkdirSync(join(stack.folder, 'tables'));
    const table = minuteCounts(join(stack.folder, 'tables'));
    const city = new City(stack);
    eva = await city.as('eva.bach');
    const product = await publish(city, {
      table,
      steward: 'mia.bruecke',
      owner: 'lars.pfad',
      unit: 'tiefbau-vermessungsamt',
      title: 'Verkehrszählung, Minutenwerte',
      summary: 'Gezählte Fahrzeuge je Minute und Zählstelle, erfunden.',
      governance: {},
    });
    const { id: requestId } = await eva.must<{ id: string }>('POST', '/v1/requests', {
      productId: product.productId,
      consumerUnitId: await city.unit('umweltamt'),
      project: 'Lärmkarte',
      purposeCode: 'KLIMA_UMWELT',
      purposeText: 'Auswertung für die Lärmkarte.',
      legalBasis: ['KEIN_PERSONENBEZUG'],
      from: day(0),
      until: day(90),
      fields: product.fields,
      // fetched again and again
      form: 'API_LIVE',
      recipients: ['Sachgebiet Lärm'],
      retentionDays: 90,
      declarations: { usesAi: false },
    });
    const offered = await eventually('the agreement', async () =>
      (
        await eva.must<{ items: { id: string; requestId: string; revision: number }[] }>(
          'GET',
          '/v1/agreements?side=ALL',
        )
      ).items.find((one) => one.requestId === requestId),
    );
    await eva.must('POST', `/v1/agreements/${offered.id}/confirmation`, { revision: offered.revision });
    agreementId = offered.id;

    for (let round = 0; round < ROUNDS; round++) {
      const flowing = Array.from({ length: READERS }, (_, reader) => read(reader > 0));
      // once surely in mid-stream, then at any moment, also before the first byte
      if (round === 0)
        await eventually('the first byte', () => Promise.resolve(reads.some(({ bytes }) => bytes > 0)), 30);
      await pause(Math.random() * (round === 0 ? 300 : 2_000));
      await stack.kill();
      await Promise.all(flowing);
      await stack.start();
    }
    database = await stack.database();
    const since = Date.now();
    await eventually(
      'the end of every exchange',
      async () => (await count(database, `SELECT count(*) FROM exchange.exchange WHERE state = 'STARTED'`)) === 0,
      60,
    );
    waits.push((Date.now() - since) / 1000);
    await settled(database);
  }, 240_000);
  afterAll(async () => {
    await database?.end();
    await stack?.close();
  });

  const exchanges = async (): Promise<Exchange[]> =>
    (await database.query<Exchange>('SELECT id, state, reason, bytes, released_bytes FROM exchange.exchange')).rows;

  it('nothing was served that was not recorded before, and never more than was released', async () => {
    const recorded = new Map((await exchanges()).map((one) => [one.id, one]));
    const started = `SELECT count(*) FROM kernel.audit_event WHERE type = 'exchange.started.v1' AND facts->>'exchangeId' = $1`;
    expect(reads.filter(({ bytes }) => bytes > 0).length).toBeGreaterThan(0);
    for (const { exchangeId, bytes } of reads.filter((one) => one.bytes > 0)) {
      expect(await count(database, started, exchangeId)).toBe(1);
      expect(bytes).toBeLessThanOrEqual(Number(recorded.get(exchangeId!)!.released_bytes));
    }
  });

  it('a stream that was cut is not taken for a complete one', async () => {
    const recorded = new Map((await exchanges()).map((one) => [one.id, one]));
    for (const { exchangeId, bytes, complete } of reads) {
      if (complete) expect(recorded.get(exchangeId!)).toMatchObject({ state: 'COMPLETED', bytes: String(bytes) });
    }
    expect(reads.some(({ complete }) => !complete)).toBe(true);
  });

  it('each interrupted exchange gets exactly one end, written by the reaper within a minute of its lease', async () => {
    const all = await exchanges();
    const ends = `SELECT count(*) FROM kernel.audit_event WHERE type IN ('exchange.completed.v1', 'exchange.interrupted.v1', 'exchange.failed.v1', 'exchange.revoked.v1') AND facts->>'exchangeId' = $1`;
    for (const { id, state, reason } of all) {
      expect(await count(database, ends, id)).toBe(1);
      if (state !== 'COMPLETED') expect([state, reason]).toEqual(['INTERRUPTED', 'lease_passed']);
    }
    expect(all.filter(({ state }) => state === 'INTERRUPTED').length).toBeGreaterThan(0);
    expect(
      await count(
        database,
        `SELECT count(*) FROM exchange.exchange WHERE ended_at > lease_until + interval '60 seconds'`,
      ),
    ).toBe(0);
  });

  it('data flows again under the same agreement, and the log is sound', async () => {
    const before = reads.length;
    await read(false);
    expect(reads[before]).toMatchObject({ complete: true });
    await settled(database);
    const events = await expectSoundLog(stack, database);
    const cut = reads.filter(({ complete }) => !complete);
    console.log(
      `${ROUNDS} kills: ${cut.length} of ${reads.length} streams cut after ${cut.map(({ bytes }) => bytes).join(', ')} bytes, refused: ${refused.join(', ') || 'none'}; all ended ${waits[0]?.toFixed(1)} s after the last start; ${events} events sealed`,
    );
  }, 60_000);
});
