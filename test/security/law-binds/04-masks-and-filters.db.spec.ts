import type { Mask, RowFilter } from '#lib/sources';
import { aCityOffice } from '../../support/city-office';
import { aGate, type Gate, type Version } from '../../support/gate.fixture';
import type { RunningCity } from '../../support/city.fixture';
import type { Office } from '../../support/office';
import { offered } from '../../support/published';

interface Told {
  outcome: string;
  because?: { code?: string }[];
}

const REDACT: Mask = { kind: 'redact', with: '***' };
const YEAR: Mask = { kind: 'year' };

describe('asking', () => {
  let city: RunningCity;
  let office: Office;
  let close: () => Promise<void>;
  let productId: string;
  beforeAll(async () => {
    ({ city, office, close } = await aCityOffice());
    const made = await office.aProduct({
      unit: 'gruenflaechenamt',
      fields: [
        { name: 'art' },
        { name: 'mangel', class: 'SENSITIVE', mask: REDACT },
        { name: 'gesehen_am', type: 'DATE', class: 'QUASI_ID' },
        { name: 'melder_plz', class: 'QUASI_ID' },
      ],
    });
    productId = made.id;
    await office.rows('ALTER TABLE catalogue.field DISABLE TRIGGER USER');
    await office.rows('UPDATE catalogue.field SET generalisations = $2 WHERE version_id = $1 AND name = $3', [
      made.versionId,
      JSON.stringify([{ ...YEAR, class: 'NONE' }]),
      'gesehen_am',
    ]);
    await office.rows('ALTER TABLE catalogue.field ENABLE TRIGGER USER');
  }, 240_000);
  afterAll(() => close());

  const form = (more: object) =>
    office.aForm(productId, 'umweltamt', { purposeCode: 'GEBAEUDEMANAGEMENT', insistsOnFields: true, ...more });
  const asked = async (more: object, path = '/v1/requests') =>
    (await city.as('eva.bach')).post<{ id: string; rules: string[]; errors?: { pointer: string; code: string }[] }>(
      path,
      await form(more),
    );

  test('a sensitive field of a product without personal reference is masked by the decision, and says so', async () => {
    const { status, body } = await asked({ fields: ['art', 'mangel'] }, '/v1/requests/check');
    expect([status, body.rules]).toEqual([200, expect.arrayContaining(['R-GEN-18'])]);
  });

  // with the hash of the whole file whoever guesses a masked value could upload the guess and compare
  test('no page tells a hash or a place of the data, not even to who provides them', async () => {
    const { productId: id } = await offered(city, 'gruenflaechenamt', { title: 'Bäume mit Hash' });
    const version = await city.one<{ key: string; sha: string }>(
      'SELECT object_key AS key, sha256 AS sha FROM catalogue.product_version WHERE product_id = $1',
      [id],
    );
    for (const who of ['eva.bach', 'anna.ahorn'])
      for (const path of [`/v1/products/${id}`, '/v1/products']) {
        const { status, body } = await (await city.as(who)).get(path);
        expect([path, status]).toEqual([path, 200]);
        for (const secret of [version.key, version.sha]) expect(JSON.stringify(body)).not.toContain(secret);
      }
  });

  test.each<[string, object, RowFilter]>([
    [
      'of a field that is asked for coarser',
      { fields: ['art', 'gesehen_am'], coarser: [{ field: 'gesehen_am', mask: YEAR }] },
      { column: 'gesehen_am', op: 'eq', value: '2026-05-17' },
    ],
    ['of a field that is masked', { fields: ['art', 'mangel'] }, { column: 'mangel', op: 'eq', value: 'Pilz' }],
    ['of a field that is not asked for', { fields: ['art'] }, { column: 'melder_plz', op: 'eq', value: '65183' }],
    [
      'of such a field deep inside',
      { fields: ['art'] },
      { any: [{ column: 'art', op: 'eq', value: 'Linde' }, { all: [{ column: 'melder_plz', op: 'not_null' }] }] },
    ],
  ])('no rows by the value %s, in the pre-check and in the request', async (_, more, rows) => {
    for (const path of ['/v1/requests/check', '/v1/requests']) {
      const { status, body } = await asked({ ...more, rows }, path);
      expect([status, body.errors?.map(({ code }) => code)]).toEqual([422, ['filter_not_allowed']]);
    }
  });

  test('what people see is found: a filter in other signs is the same filter', async () => {
    const { status } = await asked({
      fields: ['art'],
      rows: { column: 'art', op: 'eq', value: 'Ku\u0308stentanne' },
    });
    expect(status).toBe(201);
    const kept = await office.rows<{ value: string }>(
      `SELECT form #>> '{rows,value}' AS value FROM requests.access_request WHERE product_id = $1`,
      [productId],
    );
    expect(kept.map(({ value }) => value)).toEqual(['K\u00FCstentanne']);
  });

  test.each<[string, object, RowFilter]>([
    ['that the purpose does not need', {}, { column: 'melder_plz', op: 'eq', value: '65183' }],
    [
      'of that kind, beside another one',
      {},
      {
        any: [
          { column: 'art', op: 'eq', value: 'Linde' },
          { column: 'melder_plz', op: 'gte', value: '65183' },
        ],
      },
    ],
    [
      'that tells a day, by a bound',
      { fields: ['art', 'gesehen_am'] },
      { column: 'gesehen_am', op: 'gte', value: '2026-05-17' },
    ],
  ])(
    'rows are not chosen by a field %s: the obligations take it away, and the choice would tell it',
    async (...given) => {
      const [, more, rows] = given;
      const training = {
        purposeCode: 'KI_TRAINING',
        insistsOnFields: false,
        legalBasis: [],
        fields: ['art', 'melder_plz'],
        declarations: { usesAi: true },
        ...more,
      };
      const told = async (form: object, path?: string) => {
        const { body } = await asked(form, path);
        const { outcome, because } = (body as { decision?: Told }).decision ?? (body as unknown as Told);
        return [outcome, because?.[0]?.code];
      };
      expect((await told(training, '/v1/requests/check'))[0]).toMatch(/^PERMIT/);
      for (const path of ['/v1/requests/check', '/v1/requests'])
        expect(await told({ ...training, rows }, path)).toEqual(['FORBID', 'told_by_choice']);
      // where the purpose needs the field, it stays, and rows may be chosen by it
      expect((await told({ fields: training.fields, rows }, '/v1/requests/check'))[0]).not.toBe('FORBID');
    },
  );
});

describe('the gate', () => {
  let gate: Gate;
  let version: Version;
  beforeAll(async () => {
    gate = await aGate();
    const { key, rows } = await gate.one<{ key: string; rows: number }>(
      'SELECT object_key AS key, rows FROM catalogue.product_version WHERE id = $1',
      [gate.treeVersion.versionId],
    );
    version = await gate.version(
      'Bäume mit Mängeln',
      key,
      rows,
      { baum_id: 'INTEGER', art: 'TEXT', gepflanzt: 'DATE', bezirk: 'TEXT' },
      { art: REDACT },
    );
    await gate.rows('ALTER TABLE catalogue.field DISABLE TRIGGER USER');
    await gate.rows(
      `UPDATE catalogue.field SET class = CASE name WHEN 'art' THEN 'SENSITIVE' WHEN 'bezirk' THEN 'QUASI_ID' ELSE class END WHERE version_id = $1`,
      [version.versionId],
    );
    await gate.rows('ALTER TABLE catalogue.field ENABLE TRIGGER USER');
  }, 240_000);
  afterAll(() => gate?.close());

  const received = async (options: { fields: string[]; masks?: Record<string, Mask>; rows?: RowFilter }) => {
    const id = await gate.agreement({ version, ...options });
    const response = await gate.call(`/v1/agreements/${id}/data?format=csv`, 'eva.bach');
    return { status: response.status, body: await response.text() };
  };

  test('delivers no sensitive value in clear, also where the agreement of before says nothing of a mask', async () => {
    const { status, body } = await received({ fields: ['baum_id', 'art'] });
    expect(status).toBe(200);
    expect(body.trim().split(/\r?\n/).length).toBeGreaterThan(1000);
    expect([...new Set(gate.data.map(({ art }) => art))].filter((art) => body.includes(art))).toEqual([]);
  });

  test.each<[string, Parameters<typeof received>[0]]>([
    [
      'delivered coarser',
      {
        fields: ['baum_id', 'gepflanzt'],
        masks: { gepflanzt: YEAR },
        rows: { column: 'gepflanzt', op: 'gte', value: '2000-01-01' },
      },
    ],
    ['masked by a rule', { fields: ['baum_id', 'art'], rows: { column: 'art', op: 'eq', value: 'Linde' } }],
    ['not granted', { fields: ['baum_id'], rows: { all: [{ column: 'bezirk', op: 'eq', value: 'Mitte' }] } }],
    [
      'a pseudonym',
      {
        fields: ['baum_id'],
        masks: { baum_id: { kind: 'pseudonym' } },
        rows: { column: 'baum_id', op: 'eq', value: 7 },
      },
    ],
  ])('delivers no row chosen by a value that is %s, whatever was agreed before', async (_, options) => {
    const { status, body } = await received(options);
    // the gate by itself, or the decision of now with all its reasons: it masks the field, or asks who approves the choice
    expect(status).toBe(403);
    expect((JSON.parse(body) as { because: string[] }).because.join(' ')).toMatch(
      /darf nicht ausgewählt werden|einzelne Personen oder Haushalte zu erkennen/,
    );
  });
});
