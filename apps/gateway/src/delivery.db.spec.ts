import { createHash } from 'node:crypto';
import { ENFORCERS } from '#lib/exchange';
import type { Obligation } from '#lib/policy';
import { contentType, FORMAT_NAMES, formatOf, FORMATS, type Mask, type RowFilter } from '#lib/sources';
import { readBackOf, readLike } from '../../../test/contracts/format';
import { aGate, type Gate, type Tree } from '../../../test/support/gate.fixture';
import { aReceiver } from '../../../test/support/receiver.fixture';

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
    // by a column that comes as it is: what is delivered coarser can not be chosen by
    { column: 'baum_id', op: 'gte', value: 100 },
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
    .filter((tree) => tree.baum_id >= 100 && (['Süd', 'Nord "Ost"'].includes(tree.bezirk) || !tree.gesund))
    .map((tree) => ({
      baum_id: tree.baum_id,
      art: tree.art,
      gepflanzt: tree.gepflanzt === null ? null : Number(tree.gepflanzt.slice(0, 4)),
      hoehe: tree.hoehe === null ? null : Math.round(Number(tree.hoehe)),
      x: Math.floor(Number(tree.x) / 100) * 100,
      gutachter: 'entfernt',
      gesund: tree.gesund,
    }));

it.each(FORMAT_NAMES)(
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

    const wanted = expected(gate.data);
    const found = byId(await readLike(await readBackOf(format), body, wanted));
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

const byId = (rows: Record<string, unknown>[]) => rows.sort((a, b) => Number(a.baum_id) - Number(b.baum_id));
/** A row as the law in force hands it on with every delivery: the declared masks hold. */
const masked = ({ baum_id, gepflanzt, hoehe, x }: Tree): Record<string, unknown> => ({
  baum_id,
  gepflanzt: gepflanzt === null ? null : Number(gepflanzt.slice(0, 4)),
  hoehe: hoehe === null ? null : Number(hoehe),
  x: Math.floor(Number(x) / 100) * 100,
  gutachter: 'entfernt',
});

/** What each enforcer of the gate makes of a row of the trees, in plain words. */
const KEPT: Record<string, { obligation: Obligation; row: (tree: Tree) => Record<string, unknown> }> = {
  'exchange.mask': {
    obligation: { id: 'O-MASK', params: { fields: ['gutachter', 'hoehe'] }, enforcement: 'ENFORCED' },
    // no mask is declared for the height, so it is left out
    row: (tree) => {
      const { hoehe: _left, ...row } = masked(tree);
      return row;
    },
  },
  'exchange.fields': {
    obligation: { id: 'O-MINFIELDS', params: { fields: ['baum_id', 'hoehe'] }, enforcement: 'ENFORCED' },
    row: ({ baum_id, hoehe }) => ({ baum_id, hoehe: hoehe === null ? null : Number(hoehe) }),
  },
  'exchange.grid': {
    obligation: { id: 'O-GRID', params: { metres: 500 }, enforcement: 'ENFORCED' },
    row: (tree) => ({ ...masked(tree), x: Math.floor(Number(tree.x) / 500) * 500 }),
  },
  'exchange.log': { obligation: { id: 'O-LOG', params: {}, enforcement: 'ENFORCED' }, row: masked },
  'exchange.contract': { obligation: { id: 'O-CONTRACT', params: {}, enforcement: 'CHECKED' }, row: masked },
};

describe('every format keeps every obligation', () => {
  it('that the gate can keep', () =>
    expect(Object.keys(KEPT).sort()).toEqual(ENFORCERS.map(({ enforcer }) => enforcer).sort()));

  it.each(FORMAT_NAMES.flatMap((format) => Object.keys(KEPT).map((enforcer) => [format, enforcer] as const)))(
    '%s and %s',
    async (format, enforcer) => {
      const { obligation, row } = KEPT[enforcer]!;
      const id = await gate.agreement({
        fields: ['baum_id', 'gepflanzt', 'hoehe', 'x', 'gutachter'],
        obligations: [obligation],
        rows: { column: 'baum_id', op: 'lte', value: 40 },
      });
      const answer = await gate.call(`/v1/agreements/${id}/data?format=${format}`, 'eva.bach');
      const body = Buffer.from(await answer.arrayBuffer());
      if (enforcer === 'exchange.contract') {
        // inside one city no contract stands in the register: nothing is delivered, whatever the format
        expect([answer.status, body.toString()]).toEqual([403, expect.stringContaining('Vertrag')]);
        return;
      }
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(contentType(formatOf(format)));
      expect(answer.headers.get('content-disposition')).toContain(`.${formatOf(format).extension}"`);
      const wanted = gate.data.slice(0, 40).map(row);
      expect(byId(await readLike(await readBackOf(format), body, wanted))).toEqual(wanted);
    },
  );
});

it('an answer can not be shown, stored, guessed or mistaken by a browser', async () => {
  const id = await gate.agreement();
  const { status, headers } = await gate.call(`/v1/agreements/${id}/data?format=csv`, 'eva.bach');
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="Baumkataster v1.csv"',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'accept-ranges': 'none',
    'x-csv-escaping': 'none',
  });
});

it.each(FORMATS.filter((format) => 'spreadsheet' in format).map(({ name }) => name))(
  'a browser gets %s with cells that no spreadsheet runs, a machine gets them as they are',
  async (format) => {
    const id = await gate.agreement({ fields: ['baum_id', 'art'] });
    const { read } = await readBackOf(format);
    const kinds = async (answer: Response) =>
      new Set((await read(Buffer.from(await answer.arrayBuffer()))).map(({ art }) => String(art)));
    const machine = await gate.call(`/v1/agreements/${id}/data?format=${format}`, 'eva.bach');
    expect(await kinds(machine)).toContain("=HYPERLINK('x')");
    const { token } = await gate.ticket(id, format);
    const browser = await gate.call(`/v1/agreements/${id}/data?format=${format}&ticket=${token}`, null);
    expect(browser.headers.get('x-csv-escaping')).toBe('spreadsheet');
    const safe = await kinds(browser);
    expect(safe).toContain("'=HYPERLINK('x')");
    expect(safe).toContain("'-Buche");
    expect([...safe].filter((kind) => /^[=+\-@]/.test(kind))).toEqual([]);
  },
);

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
