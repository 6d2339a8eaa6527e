import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse as parseCsv } from 'csv-parse/sync';
import type { Format } from '#lib/exchange';
import type { Mask, RowFilter } from '#lib/sources';
import { aGate, type Gate, type Tree } from '../../../test/support/a-gate';
import { aReceiver } from '../../../test/support/a-receiver';

let gate: Gate;
beforeAll(async () => void (gate = await aGate()), 60_000);
afterAll(() => gate?.close());

const masks: Record<string, Mask> = {
  gutachter: { kind: 'redact', with: 'entfernt' },
  gepflanzt: { kind: 'year' },
  x: { kind: 'grid', metres: 100 },
  // agreed, though the product declares no mask for it
  hoehe: { kind: 'round', to: 1 },
};
const fields = ['baum_id', 'art', 'gepflanzt', 'hoehe', 'x', 'gutachter', 'gesund'];
const rows: RowFilter = {
  all: [
    { column: 'hoehe', op: 'gte', value: 10 },
    {
      any: [
        { column: 'bezirk', op: 'in', value: ['Süd', 'Nord "Ost"'] },
        { column: 'gesund', op: 'eq', value: false },
      ],
    },
  ],
};

/** The same filter and masks in plain words, sharing nothing with the engine. */
const expected = (all: Tree[]) =>
  all
    .filter(
      (tree) =>
        tree.hoehe !== null &&
        Number(tree.hoehe) >= 10 &&
        (['Süd', 'Nord "Ost"'].includes(tree.bezirk) || !tree.gesund),
    )
    .map((tree) => ({
      baum_id: tree.baum_id,
      art: tree.art,
      gepflanzt: tree.gepflanzt === null ? null : Number(tree.gepflanzt.slice(0, 4)),
      hoehe: Math.round(Number(tree.hoehe)),
      x: Math.floor(Number(tree.x) / 100) * 100,
      gutachter: 'entfernt',
      gesund: tree.gesund,
    }));

/** Each format read by a tool that is not the gate's. */
const readers: Record<Format, (body: Buffer) => Promise<Record<string, unknown>[]>> = {
  csv: async (body) =>
    (parseCsv(body, { columns: true, bom: false }) as Record<string, string>[]).map((row) => ({
      ...row,
      baum_id: Number(row.baum_id),
      hoehe: Number(row.hoehe),
      x: Number(row.x),
      gesund: row.gesund === 'true',
      gepflanzt: row.gepflanzt === '' ? null : Number(row.gepflanzt),
    })),
  ndjson: async (body) =>
    body
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  json: async (body) => JSON.parse(body.toString()) as Record<string, unknown>[],
  parquet: async (body) => {
    const folder = mkdtempSync(join(tmpdir(), 'datenraum-parquet-'));
    writeFileSync(join(folder, 'a.parquet'), body);
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll(
      `SELECT baum_id, art, gepflanzt, hoehe, x, gutachter, gesund FROM read_parquet('${join(folder, 'a.parquet')}')`,
    );
    const found = reader.getRowObjectsJson() as Record<string, unknown>[];
    connection.closeSync();
    rmSync(folder, { recursive: true });
    return found.map((row) => ({
      ...row,
      baum_id: Number(row.baum_id),
      gepflanzt: row.gepflanzt === null ? null : Number(row.gepflanzt),
      hoehe: Number(row.hoehe),
      x: Number(row.x),
    }));
  },
};

it.each(['csv', 'ndjson', 'json', 'parquet'] as const)(
  'the delivered %s equals, row by row, an independent computation of filter and masks',
  async (format) => {
    const id = await gate.agreement({ fields, masks, rows });
    const receiver = await aReceiver(
      `${gate.url}/v1/agreements/${id}/data?format=${format}`,
      await gate.bearer('eva.bach'),
    );
    receiver.read();
    const { complete, body, trailers } = await receiver.ended;
    expect([receiver.status, complete]).toEqual([200, true]);

    const found = (await readers[format](body)).sort((a, b) => Number(a.baum_id) - Number(b.baum_id));
    const wanted = expected(gate.data);
    expect(wanted.length).toBeGreaterThan(500);
    expect(found.map((row) => Object.keys(row))).toEqual(wanted.map(() => fields));
    expect(found).toEqual(wanted);

    // what the client can check, what it can ask for, and what the log says are the same
    const sha256 = createHash('sha256').update(body).digest();
    expect(trailers).toEqual({
      'repr-digest': `sha-256=:${sha256.toString('base64')}:`,
      'x-exchange-rows': String(wanted.length),
      'x-exchange-bytes': String(body.length),
    });
    const told = (await (
      await gate.call(`/v1/exchanges/${String(receiver.headers['x-exchange-id'])}`, 'eva.bach')
    ).json()) as Record<string, unknown>;
    expect(told).toMatchObject({
      state: 'COMPLETED',
      rows: wanted.length,
      bytes: body.length,
      sha256: sha256.toString('hex'),
      format,
      reason: null,
    });
    const { events } = await gate.record(id);
    expect(events.map(({ type }) => type)).toEqual(['exchange.started.v1', 'exchange.completed.v1']);
    expect(events[1]!.facts).toMatchObject({ rows: wanted.length, bytes: body.length, sha256: sha256.toString('hex') });
  },
);

it('an answer can not be shown, stored, guessed or mistaken by a browser', async () => {
  const id = await gate.agreement();
  const { status, headers } = await gate.call(`/v1/agreements/${id}/data?format=csv`, 'eva.bach');
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="Baumkataster v1.csv"; filename*=UTF-8''Baumkataster%20v1.csv`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'accept-ranges': 'none',
    'x-csv-escaping': 'none',
  });
});

it('a browser gets cells that no spreadsheet runs, a machine gets them as they are', async () => {
  const id = await gate.agreement({ fields: ['baum_id', 'art'] });
  const kinds = (text: string) =>
    new Set((parseCsv(text, { columns: true }) as { art: string }[]).map(({ art }) => art));
  const machine = await gate.call(`/v1/agreements/${id}/data?format=csv`, 'eva.bach');
  expect(kinds(await machine.text())).toContain("=HYPERLINK('x')");
  const { token } = await gate.ticket(id);
  const browser = await gate.call(`/v1/agreements/${id}/data?format=csv&ticket=${token}`, null);
  expect(browser.headers.get('x-csv-escaping')).toBe('spreadsheet');
  const safe = kinds(await browser.text());
  expect(safe).toContain("'=HYPERLINK('x')");
  expect(safe).toContain("'-Buche");
  expect([...safe].filter((kind) => /^[=+\-@]/.test(kind))).toEqual([]);
});

it('a machine client of the receiving unit is served, and named in the log', async () => {
  const id = await gate.agreement();
  const { status } = await gate.call(`/v1/agreements/${id}/data?format=ndjson`, 'umweltamt-fachverfahren');
  expect(status).toBe(200);
  const [event] = await gate.rows<{ actor: string }>(
    `SELECT actor FROM kernel.audit_event WHERE type = 'exchange.started.v1' AND facts->>'agreementId' = $1`,
    [id],
  );
  expect(event?.actor).toBe('client:umweltamt-fachverfahren');
});

it('no row that fits is a complete and empty delivery, not an error', async () => {
  const id = await gate.agreement({ rows: { column: 'baum_id', op: 'eq', value: -1 } });
  const receiver = await aReceiver(`${gate.url}/v1/agreements/${id}/data?format=ndjson`, await gate.bearer('eva.bach'));
  receiver.read();
  expect(await receiver.ended).toMatchObject({ complete: true, trailers: { 'x-exchange-rows': '0' } });
});

it('the data of an agreement are read from the version that was agreed', async () => {
  const id = await gate.agreement();
  const { exchange } =
    (await (await gate.call(`/v1/agreements/${id}/data?format=csv`, 'eva.bach')).text(), await gate.record(id));
  const [version] = await gate.rows<{ v: string }>(
    'SELECT product_version_id AS v FROM exchange.exchange WHERE id = $1',
    [exchange!.id],
  );
  expect(version?.v).toBe(gate.treeVersion.versionId);
});
