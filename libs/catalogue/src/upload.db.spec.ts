import type { INestApplicationContext } from '@nestjs/common';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Schedules, systemActing, UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import type { QueryRunner } from 'typeorm';
import type { TestDatabase } from '../../../test/support/database';
import { aPilotCatalogue, type PilotCatalogue } from '../../../test/support/pilot-catalogue';
import { SourceFormat1796040000141 } from './migrations/1796040000141-source-format';
import { CatalogueReads, CatalogueService, UploadService } from './';

const [ANNA, CLARA, EVA] = [1, 3, 4];
const TREES = 'baum;hoehe;gutachter\r\nEiche;12,5;Alva Muster\r\nLinde;8,0;Bero Muster\r\n';

let pilot: PilotCatalogue;
let db: TestDatabase;
let app: INestApplicationContext;
let uow: UnitOfWork;
let uploads: UploadService;
let catalogue: CatalogueService;

const actor = (number: number): Promise<Actor> => pilot.actor(number);
const aDraft = async (): Promise<string> => {
  const clara = await actor(CLARA);
  const draft = { providerUnitId: clara.units[0]!, title: 'Bäume', summary: 'Kurz' };
  return (await uow.run(clara.acting, (tx) => catalogue.createDraft(tx, clara, draft))).productId;
};
const attach = async (productId: string, text: string | Buffer, by = CLARA, name = 'bäume.csv') =>
  uploads.attachUpload(await actor(by), productId, { name, stream: Readable.from([Buffer.from(text)]) });
const productOf = async (uploadId: string): Promise<string> =>
  (await db.owner.query('SELECT product_id FROM catalogue.pending_upload WHERE id = $1', [uploadId])).rows[0]
    ?.product_id ?? uploadId;
const confirm = async (uploadId: string, by = CLARA) =>
  uploads.confirmUpload(await actor(by), await productOf(uploadId), uploadId);
const fieldsOf = (versionId: string) =>
  uow.read(systemActing('test'), async (tx) => (await app.get(CatalogueReads).version(tx, versionId)).fields);
const count = async (table: string) =>
  Number((await db.owner.query(`SELECT count(*) AS n FROM catalogue.${table}`)).rows[0].n);
const kept = () => readdirSync(join(db.config.objectStoreDir, 'uploads'));
/** stands in for the release of a product, which has tests of its own */
const release = async (productId: string) => {
  await db.owner.query(
    'UPDATE catalogue.product_version SET frozen_at = now() WHERE product_id = $1 AND frozen_at IS NULL',
    [productId],
  );
  await db.owner.query(
    'ALTER TABLE catalogue.product DISABLE TRIGGER USER; ALTER TABLE catalogue.product DROP CONSTRAINT IF EXISTS product_visible_musts',
  );
  const { personId } = await actor(ANNA);
  await db.owner.query(`UPDATE catalogue.product SET state = 'VISIBLE', released_by = $2 WHERE id = $1`, [
    productId,
    personId,
  ]);
  await db.owner.query('ALTER TABLE catalogue.product ENABLE TRIGGER USER');
};

beforeAll(async () => {
  pilot = await aPilotCatalogue();
  ({ db, app, uow } = pilot);
  uploads = app.get(UploadService);
  catalogue = app.get(CatalogueService);
}, 60_000);
afterAll(() => pilot?.close());

describe('an upload', () => {
  it('is shown with what was recognised and suggested, and becomes a version when confirmed, once', async () => {
    const productId = await aDraft();
    const preview = await attach(productId, TREES);
    expect(preview.recognition).toMatchObject({ format: { delimiter: ';' }, rowCount: 2, faultCount: 0 });
    expect(preview.suggestions.map(({ class: kind }) => kind)).toEqual(['NONE', 'NONE', 'DIRECT_ID']);
    expect(await count('product_version')).toBe(0);

    const [first, again] = await Promise.all([confirm(preview.uploadId), confirm(preview.uploadId)]);
    expect(first).toMatchObject({ number: 1, rows: 2, current: true });
    expect(again.versionId).toBe(first.versionId);
    expect(await confirm(preview.uploadId)).toMatchObject({ versionId: first.versionId });
    expect(
      (await fieldsOf(first.versionId)).map(({ name, type, class: kind, confirmed }) => [name, type, kind, confirmed]),
    ).toEqual([
      ['baum', 'TEXT', 'SECRET', false],
      ['hoehe', 'DECIMAL', 'SECRET', false],
      ['gutachter', 'TEXT', 'SECRET', false],
    ]);
    expect(kept()).toEqual([]);
    const { rows } = await db.owner.query('SELECT recognition FROM catalogue.pending_upload WHERE id = $1', [
      preview.uploadId,
    ]);
    expect(rows).toEqual([{ recognition: null }]);
  }, 60_000);

  it('with faulty cells names rows and columns and leaves nothing half stored', async () => {
    const productId = await aDraft();
    const before = await count('product_version');
    const { uploadId } = await attach(productId, 'a;b\n1;2\n3;4;5\n');
    await expect(confirm(uploadId)).rejects.toMatchObject({
      code: 'csv_faulty',
      status: 422,
      errors: [{ pointer: '/rows/3/columns/3' }],
    });
    expect(await count('product_version')).toBe(before);
    const { rows } = await db.owner.query('SELECT current_version_id FROM catalogue.product WHERE id = $1', [
      productId,
    ]);
    expect(rows[0].current_version_id).toBeNull();
  }, 60_000);

  it('that is no CSV, or is not ours to make, leaves neither row nor file', async () => {
    const productId = await aDraft();
    const before = [await count('pending_upload'), kept().length];
    await expect(attach(productId, Buffer.from('504b0304140000000800', 'hex'))).rejects.toMatchObject({
      code: 'file_not_csv',
    });
    await expect(attach(productId, TREES, EVA)).rejects.toMatchObject({ code: 'product_not_found' });
    await expect(attach(productId, TREES, ANNA)).rejects.toMatchObject({ code: 'product_not_yours' });
    const broken = new Readable({
      read() {
        this.destroy(new Error('connection lost'));
      },
    });
    await expect(uploads.attachUpload(await actor(CLARA), productId, { name: 'x', stream: broken })).rejects.toThrow(
      'connection lost',
    );
    expect([await count('pending_upload'), kept().length]).toEqual(before);
  }, 60_000);

  it('of another unit is not found, and an owner can not confirm it', async () => {
    const { uploadId } = await attach(await aDraft(), TREES);
    await expect(confirm(uploadId, EVA)).rejects.toMatchObject({ code: 'upload_not_found', status: 404 });
    await expect(confirm(uploadId, ANNA)).rejects.toMatchObject({ code: 'product_not_yours' });
  }, 60_000);

  it.each(['../../etc/passwd', '..\\..\\x.csv', 'Gru\u0308nfla\u0308chen.csv', 'x'.repeat(5000), ''])(
    'named %j is stored under a name of ours',
    async (name) => {
      const { fileName } = await attach(await aDraft(), 'a\n1\n', CLARA, name);
      expect(fileName.length).toBeLessThanOrEqual(200);
      expect(fileName).not.toMatch(/[/\\\p{C}]/u);
      expect(kept().every((file) => /^[\da-f-]{36}\.csv$/.test(file))).toBe(true);
    },
    60_000,
  );

  it.each(['a\0b\r\nSet-Cookie: x', '\u202Evsc.exe', 'daten\u200B.csv', '....'])(
    'named %j is refused before a byte is kept, because nobody reads its name',
    async (name) => {
      const [productId, before] = [await aDraft(), kept().length];
      await expect(attach(productId, 'a\n1\n', CLARA, name)).rejects.toMatchObject({
        code: 'validation_failed',
        errors: [{ pointer: '/file' }],
      });
      expect(kept().length).toBe(before);
    },
    60_000,
  );

  it('can be read anew with a correction', async () => {
    const { uploadId, recognition } = await attach(await aDraft(), 'nr;plz\n1;65183\n2;65185\n');
    expect(recognition.columns[1]).toMatchObject({ type: 'INTEGER' });
    await uploads.preview(await actor(CLARA), await productOf(uploadId), uploadId, { types: { plz: 'TEXT' } });
    expect((await fieldsOf((await confirm(uploadId)).versionId))[1]).toMatchObject({ name: 'plz', type: 'TEXT' });
  }, 60_000);

  it('is told apart by its content, and what a person chooses counts', async () => {
    const productId = await aDraft();
    const { uploadId, recognition } = await attach(productId, '[{"nr":1,"ort":"Süd"},{"nr":2,"ort":"Ost"}]');
    expect(recognition).toMatchObject({ format: { kind: 'json' }, notes: [{ code: 'kind_by_content' }], rowCount: 2 });
    const clara = await actor(CLARA);
    await expect(uploads.preview(clara, productId, uploadId, { connector: 'csv' })).rejects.toMatchObject({
      code: 'file_not_csv',
    });
    await expect(uploads.preview(clara, productId, uploadId, { connector: 'xml' })).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/connector' }],
    });
    // hints that name none are for the connector that was chosen, and its settings only
    await expect(uploads.preview(clara, productId, uploadId, { delimiter: ',' })).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/delimiter' }],
    });
    await uploads.preview(clara, productId, uploadId, { types: { nr: 'TEXT' } });
    const { versionId } = await confirm(uploadId);
    expect((await fieldsOf(versionId)).map(({ name, type }) => [name, type])).toEqual([
      ['nr', 'TEXT'],
      ['ort', 'TEXT'],
    ]);
  }, 60_000);

  it('recognised before the connectors had parts of their own is shown and confirmed after the migration', async () => {
    const { uploadId, recognition } = await attach(await aDraft(), TREES);
    const { format, ...common } = recognition;
    const { kind: _kind, ...csv } = format;
    await db.owner.query('UPDATE catalogue.pending_upload SET recognition = $2 WHERE id = $1', [
      uploadId,
      JSON.stringify({ ...common, ...csv }),
    ]);
    const runner = { query: (sql: string) => db.owner.query(sql) } as unknown as QueryRunner;
    for (let twice = 0; twice < 2; twice++) await new SourceFormat1796040000141().up(runner);
    expect((await uploads.preview(await actor(CLARA), await productOf(uploadId), uploadId)).recognition).toEqual(
      recognition,
    );
    expect(await confirm(uploadId)).toMatchObject({ rows: 2 });
  }, 60_000);

  it('is forgotten after a day, row and file', async () => {
    const { uploadId } = await attach(await aDraft(), TREES);
    await db.owner.query(`UPDATE catalogue.pending_upload SET created_at = now() - interval '25 hours' WHERE id = $1`, [
      uploadId,
    ]);
    await app.get(Schedules).named('catalogue.drop-stale-uploads')!.run(uow);
    await expect(confirm(uploadId)).rejects.toMatchObject({ code: 'upload_not_found' });
  }, 60_000);
});

describe('new data of a released product', () => {
  it('with the same fields are current at once; with others they wait for the owner', async () => {
    const productId = await aDraft();
    const first = await confirm((await attach(productId, TREES)).uploadId);
    const clara = await actor(CLARA);
    await uow.run(clara.acting, (tx) =>
      catalogue.setFields(tx, clara, productId, first.versionId, first.revision, [
        { name: 'baum', class: 'NONE', meaning: 'Art' },
        { name: 'hoehe', class: 'NONE', meaning: 'Höhe', unit: 'm' },
        { name: 'gutachter', class: 'DIRECT_ID', meaning: 'Person', mask: { kind: 'drop' } },
      ]),
    );
    await release(productId);

    const second = await confirm((await attach(productId, TREES.replace('Eiche', 'Erle'))).uploadId);
    expect(second).toMatchObject({ number: 2, current: true });
    expect(await fieldsOf(second.versionId)).toEqual(await fieldsOf(first.versionId));

    const third = await confirm((await attach(productId, 'baum;hoehe;telefon\nErle;3,0;0611 5551234\n')).uploadId);
    expect(third).toMatchObject({ number: 3, current: false });
    expect((await fieldsOf(third.versionId)).map(({ name, confirmed }) => [name, confirmed])).toEqual([
      ['baum', true],
      ['hoehe', true],
      ['telefon', false],
    ]);
    await expect(
      uow.run(clara.acting, (tx) => catalogue.releaseVersion(tx, clara, productId, third.versionId, third.revision)),
    ).rejects.toMatchObject({ code: 'release_not_yours' });
  }, 90_000);
});
