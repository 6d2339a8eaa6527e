// A metadatum costs its entry in the table (and a migration where it is a column, and a line where it is a fact). Made up here.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { getMetadataArgsStorage } from 'typeorm';
import { z } from 'zod';
import { statementsIn } from '../../apps/portal/src/screens/catalogue/product/statements';
import { bodyOf, patchOf } from '../../apps/portal/src/screens/publish/publish-card/card-values';
import { CardView } from '../../apps/portal/src/screens/publish/publish-card/publish-card.view';
import {
  asAsked,
  cardSchemaOf,
  columnShape,
  factsOf,
  METADATA,
  type MetadataTable,
  type Metadatum,
  metadataSql,
  missingStatements,
  mustsOf,
  patchSchemaOf,
} from '../../libs/catalogue/src';
import { columnsOf } from '../../libs/catalogue/src/metadatum';
import { aDatabase, type TestDatabase } from '../support/database';

const TABLE = {
  ...METADATA,
  /** a key of the card: this entry and nothing else */
  warranty: {
    label: 'Zusage zur Pflege',
    said: 'Gepflegt bis',
    hint: 'Wie lange sagen Sie die Pflege zu?',
    kind: 'date',
    in: 'card',
    schema: z.iso.date(),
    section: 'responsibility',
    binds: ['information'],
    must: { rung: 'REQUESTABLE', of: { openness: { not: ['OPEN'] } } },
    page: 'currency',
  },
  /** a column that is decided on: the same and a migration; that rules ask: the same and `fact` */
  trainedModel: {
    label: 'Enthält Ausgaben eines Sprachmodells',
    kind: 'yesNo',
    schema: z.boolean().nullable(),
    section: 'classification',
    binds: ['fact'],
    fixed: true,
    must: { rung: 'VISIBLE', of: { secrecy: { in: ['STATISTIK'] } } },
    fact: 'trainedModel' as 'rawSensor',
    page: 'classification',
  },
} as const satisfies MetadataTable;

const patch = patchSchemaOf(TABLE);
const names = (_list: string, code: string) => code;
const product = { openness: 'INTERNAL', personalRef: 'NONE', secrecy: ['STATISTIK'], trainedModel: null, card: {} };
const said = { ...product, trainedModel: false, card: { warranty: '2030-12-31' } };

test('it has its type, its schema and its words for machines', () => {
  const typed: { trainedModel?: boolean | null; card?: { warranty?: string | null } } = patch.parse({
    trainedModel: true,
    card: { warranty: null },
  });
  expect(typed).toEqual({ trainedModel: true, card: { warranty: null } });
  const kept: string | undefined = cardSchemaOf(TABLE).parse(said.card).warranty;
  expect(kept).toBe('2030-12-31');
  expect(() => patch.parse({ card: { warranty: 'bald' } })).toThrow();
  expect(() => patchSchemaOf(METADATA).parse({ card: { warranty: '2030-12-31' } })).toThrow();
  const { properties } = z.toJSONSchema(patch, { io: 'input', unrepresentable: 'any' }) as never as {
    properties: Record<string, { properties?: Record<string, object> }>;
  };
  const { properties: answered } = z.toJSONSchema(z.strictObject(columnShape(TABLE)), { io: 'output' });
  for (const described of [properties.trainedModel, answered?.trainedModel])
    expect(described).toMatchObject({ title: 'Enthält Ausgaben eines Sprachmodells', 'x-binds': ['fact'] });
  expect(JSON.stringify(properties.card!.properties!.warranty)).toContain('Wie lange sagen Sie die Pflege zu?');
});

test('a column is a column of the entity', () => {
  class Made extends columnsOf(TABLE) {}
  const columns = getMetadataArgsStorage().filterColumns([Made, Object.getPrototypeOf(Made) as () => void]);
  expect(columns.find(({ propertyName }) => propertyName === 'trainedModel')?.options).toMatchObject({
    name: 'trained_model',
    type: 'boolean',
    nullable: true,
  });
  expect(columns.map(({ propertyName }) => propertyName)).not.toContain('warranty');
});

test('it is demanded where the table says so', () => {
  const missing = (of: typeof product | typeof said, rung: 'VISIBLE' | 'REQUESTABLE') =>
    missingStatements(mustsOf(TABLE), of, rung).map(({ pointer }) => pointer);
  expect(missing(product, 'VISIBLE')).toContain('/trainedModel');
  expect(missing({ ...product, secrecy: [] }, 'VISIBLE')).not.toContain('/trainedModel');
  expect(missing(product, 'VISIBLE')).not.toContain('/card/warranty');
  expect(missing(product, 'REQUESTABLE')).toContain('/card/warranty');
  expect(missing({ ...product, openness: 'OPEN' }, 'REQUESTABLE')).not.toContain('/card/warranty');
  expect(missing(said, 'REQUESTABLE')).not.toEqual(expect.arrayContaining(['/card/warranty']));
  expect(missing(said, 'REQUESTABLE')).not.toEqual(expect.arrayContaining(['/trainedModel']));
});

test('the form asks for it, reads it, and shows it again; what is fixed is left out after the release', () => {
  const shown = (open: boolean) =>
    renderToStaticMarkup(
      createElement(CardView, {
        id: 'p',
        title: 'Bäume',
        revision: 1,
        open,
        body: bodyOf(said, TABLE),
        options: () => [],
        table: TABLE,
      }),
    );
  expect(shown(true)).toMatch(
    /Zusage zur Pflege[\s\S]*?type="date"[^>]*value="2030-12-31"|value="2030-12-31"[^>]*type="date"/,
  );
  expect(shown(true)).toMatch(/Sprachmodells[\s\S]*?<option value="nein" selected="">/);
  expect(shown(false)).not.toContain('Sprachmodells');
  expect(patchOf(bodyOf(said, TABLE), said, true, TABLE)).toEqual({});
  const filled = { ...bodyOf(product, TABLE), warranty: '2031-01-01', trainedModel: 'ja' };
  expect(patchOf(filled, product, true, TABLE)).toEqual({ trainedModel: true, card: { warranty: '2031-01-01' } });
  expect(patchOf(filled, product, false, TABLE)).toEqual({ card: { warranty: '2031-01-01' } });
  expect(patchOf({ ...bodyOf(said, TABLE), warranty: '', trainedModel: '' }, said, true, TABLE)).toEqual({
    trainedModel: null,
    card: { warranty: null },
  });
});

test('the page of the product tells it', () => {
  expect(statementsIn('currency', said, names, TABLE)).toContainEqual(['Gepflegt bis (nur Auskunft)', '31.12.2030']);
  expect(statementsIn('currency', product, names, TABLE)).toContainEqual(['Gepflegt bis (nur Auskunft)', '–']);
  expect(statementsIn('classification', said, names, TABLE)).toContainEqual([
    'Enthält Ausgaben eines Sprachmodells',
    'nein',
  ]);
});

test('what was said is the fact; where it must be said and nobody has, yes', () => {
  expect(factsOf(TABLE, said)).toMatchObject({ trainedModel: false });
  expect(factsOf(TABLE, product)).toMatchObject({ trainedModel: true });
  expect(factsOf(TABLE, { ...product, secrecy: [] })).toMatchObject({ trainedModel: false });
});

test('a product kept before it was there is read as it was', () => {
  const { trainedModel: _none, ...old } = product;
  expect(bodyOf(old, TABLE)).toMatchObject({ trainedModel: '', warranty: '' });
  expect(patchOf(bodyOf(old, TABLE), old, true, TABLE)).toEqual({});
  expect(cardSchemaOf(TABLE).parse({ domain: 'Stadtgrün' })).toEqual({ domain: 'Stadtgrün' });
});

describe('the database', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await aDatabase();
    // a table of the same columns, without the rights and references of the real one
    await db.owner.query('CREATE TEMP TABLE product (LIKE catalogue.product INCLUDING DEFAULTS)');
    await db.owner.query('ALTER TABLE product ADD COLUMN trained_model boolean');
    for (const { text } of metadataSql(TABLE)) {
      const here = text.replaceAll('catalogue.product', 'pg_temp.product').replaceAll('catalogue.same', 'pg_temp.same');
      await db.owner.query(here);
      await db.owner.query(here); // at any time again
    }
  });
  afterAll(() => db?.close());

  const id = '0190a000-0000-7000-8000-000000000001';
  const card = Object.fromEntries(
    Object.entries<Metadatum>(TABLE)
      .filter(([, one]) => one.in === 'card')
      .map(([name]) => [name, 'x']),
  );
  const complete: Record<string, unknown> = {
    id,
    provider_unit_id: id,
    revision: 1,
    title: 'x',
    summary: 'x',
    description: '',
    themes: ['GRUEN'],
    keywords: ['x'],
    openness: 'INTERNAL',
    personal_ref: 'PERSONAL',
    secrecy: ['STATISTIK'],
    ...Object.fromEntries(['c', 'i', 'a'].map((of) => [`protection_${of}`, 'hoch'])),
    review_by: '2030-01-01',
    access_rights: 'RESTRICTED',
    discover_scope: 'ALL',
    sealed_statistics: false,
    security_relevant: false,
    non_public_reason: 'x',
    allowed_purposes: ['X'],
    recipient_kinds: ['X'],
    max_retention_days: 1,
    task: 'OWN',
    ...Object.fromEntries(
      [
        'raw_sensor',
        'released_by_statistics',
        'covered_by_satzung',
        'protected_species',
        'about_things',
        'trained_model',
      ].map((name) => [name, false]),
    ),
    card,
    current_version_id: id,
    edited_by: [],
    released_by: id,
    created_at: new Date(),
    modified_at: new Date(),
    search: '',
  };
  const insert = (state: string, more: Record<string, unknown> = {}) =>
    db.owner.query('INSERT INTO product SELECT * FROM jsonb_populate_record(NULL::product, $1)', [
      JSON.stringify({ ...complete, state, ...more }),
    ]);
  const { warranty: _unsaid, ...withoutWarranty } = card;

  it('demands it by itself, on its rung and of the products the table names', async () => {
    await insert('REQUESTABLE');
    await insert('VISIBLE', { card: withoutWarranty });
    await expect(insert('REQUESTABLE', { card: withoutWarranty })).rejects.toMatchObject({
      constraint: 'product_requestable_musts',
    });
    await insert('REQUESTABLE', { card: withoutWarranty, openness: 'OPEN', licence: 'x' });
    await insert('DRAFT', { trained_model: null });
    await expect(insert('VISIBLE', { trained_model: null })).rejects.toMatchObject({
      constraint: 'product_visible_musts',
    });
    await insert('VISIBLE', { trained_model: null, secrecy: [] });
  });

  it('knows that it is decided on', async () => {
    const same = async (changed: Record<string, unknown>) => {
      const { rows } = await db.owner.query(
        `SELECT pg_temp.same_classification(jsonb_populate_record(NULL::product, $1), jsonb_populate_record(NULL::product, $2)) AS same`,
        [JSON.stringify(complete), JSON.stringify({ ...complete, ...changed })],
      );
      return (rows as { same: boolean }[])[0]!.same;
    };
    // of the card too only what is decided on
    const decided = Object.fromEntries(
      Object.entries<Metadatum>(TABLE)
        .filter(([, one]) => one.in === 'card' && one.fixed)
        .map(([name]) => [name, 'x']),
    );
    expect(await same({ title: 'y', card: decided, revision: 2 })).toBe(true);
    expect(await same({ card: { ...decided, licenceUntil: 'y' } })).toBe(false);
    expect(await same({ trained_model: true })).toBe(false);
    expect(await same({ trained_model: null })).toBe(false);
  });
});

test.each(Object.entries<Metadatum>(METADATA))('%s can be drawn, read and told', (_name, one) => {
  // what a rule asks says so, and what gives a fact that none asks says that (binding.spec.ts)
  if (one.fact) expect(['fact', 'information']).toContain(one.binds[0]);
  expect(one.kind).not.toBe('widget');
  // what is asked can be left open, or always holds something
  if (one.section !== 'given' && one.in === 'card') expect(asAsked(one).schema.safeParse(null).success).toBe(true);
  if (one.kind === 'oneOf' && one.section !== 'given') expect(one.choices).toBeDefined();
  // a must that nobody can fill in would keep every product from its rung
  if (one.must) expect(one.section).not.toBe('given');
});
