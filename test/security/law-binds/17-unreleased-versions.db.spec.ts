// A version that nobody released is nobody's to ask for; of two versions of a field the stricter one holds.
import { newId } from '#lib/kernel';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import type { Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

interface Answer {
  code?: string;
  outcome?: string;
  rules?: string[];
  errors?: { code: string }[];
  because?: string[];
}
const FIELDS = [{ name: 'art' }, { name: 'hoehe', type: 'DECIMAL' }, { name: 'melder' }];
const asked = async (who: string, form: object, path = '/v1/requests') => {
  const { status, body } = await (await city.as(who)).post<Answer>(path, form);
  return [status, body.code ?? body.outcome ?? null, body.errors?.map(({ code }) => code) ?? []];
};

/** A further version of the data, its fields as those of the version before but for one. Nobody has released it yet. */
async function further(versionId: string, field = '', change: object = {}): Promise<string> {
  const next = newId();
  await city.rows(
    `INSERT INTO catalogue.product_version (id, product_id, number, object_key, sha256, rows, created_at)
     SELECT $1, product_id, number + 1, object_key, sha256, rows, now() FROM catalogue.product_version WHERE id = $2`,
    [next, versionId],
  );
  await city.rows(
    `INSERT INTO catalogue.field SELECT (jsonb_populate_record(f, jsonb_build_object('version_id', $1::text) ||
       CASE WHEN f.name = $3 THEN $4::jsonb ELSE '{}' END)).* FROM catalogue.field f WHERE f.version_id = $2`,
    [next, versionId, field, JSON.stringify(change)],
  );
  return next;
}
async function released(productId: string, versionId: string): Promise<void> {
  await city.rows('UPDATE catalogue.product_version SET frozen_at = now() WHERE id = $1', [versionId]);
  await city.rows('UPDATE catalogue.product SET current_version_id = $2, revision = revision + 1 WHERE id = $1', [
    productId,
    versionId,
  ]);
}
const unreleased = async (versionId: string): Promise<void> => {
  await city.rows('ALTER TABLE catalogue.product_version DISABLE TRIGGER USER');
  await city.rows('UPDATE catalogue.product_version SET frozen_at = NULL WHERE id = $1', [versionId]);
  await city.rows('ALTER TABLE catalogue.product_version ENABLE TRIGGER USER');
};

describe('a version nobody released', () => {
  const PATHS = ['/v1/requests/check', '/v1/requests'];

  test('is not there for another office, and can not be asked for by the own', async () => {
    const product = await office.aProduct({ unit: 'gruenflaechenamt', fields: FIELDS });
    const productVersionId = await further(product.versionId);
    for (const path of PATHS) {
      const theirs = await office.aForm(product.id, 'umweltamt', { productVersionId });
      expect(await asked('eva.bach', theirs, path)).toEqual([404, 'version_not_found', []]);
      const own = await office.aForm(product.id, 'gruenflaechenamt', { productVersionId });
      expect(await asked('emil.fach', own, path)).toEqual([409, 'product_not_requestable', []]);
    }
    // the one that is released is
    const form = await office.aForm(product.id, 'umweltamt', { productVersionId: product.versionId });
    expect((await asked('eva.bach', form))[0]).toBe(201);
  });

  test('of another product is none of this one', async () => {
    const [one, other] = [
      await office.aProduct({ unit: 'gruenflaechenamt', fields: FIELDS }),
      await office.aProduct({ unit: 'gruenflaechenamt', title: 'Wasserkataster', fields: FIELDS }),
    ];
    const form = await office.aForm(one.id, 'umweltamt', { productVersionId: other.versionId });
    expect(await asked('eva.bach', form)).toEqual([409, 'product_not_requestable', []]);
  });

  test('is refused by the rules and at the gate where an agreement came to be about one', async () => {
    const { versionId } = await city.product('gebaeudedatenkataster');
    const emil = await city.as('emil.fach');
    const agreed = async () => {
      const form = await city.form('gebaeudedatenkataster', 'gruenflaechenamt', { form: 'ROWLEVEL' });
      const { id } = await emil.must<{ id: string }>('POST', '/v1/requests', form);
      await city.settle();
      return city.one<{ id: string; revision: number; requestId: string }>(
        'SELECT id, revision, request_id AS "requestId" FROM agreements.agreement WHERE request_id = $1',
        [id],
      );
    };
    const [running, offered] = [await agreed(), await agreed()];
    await emil.must('POST', `/v1/agreements/${running.id}/confirmation`, { revision: running.revision });
    expect((await emil.receive(running.id, 'csv')).status).toBe(200);

    await unreleased(versionId);
    const confirmed = await emil.post<Answer>(`/v1/agreements/${offered.id}/confirmation`, {
      revision: offered.revision,
    });
    expect([200, 201]).not.toContain(confirmed.status);
    expect([200, 206]).not.toContain((await emil.receive(running.id, 'csv')).status);
    await city.rows('UPDATE catalogue.product_version SET frozen_at = now() WHERE id = $1', [versionId]);
    expect((await emil.receive(running.id, 'csv')).status).toBe(200);
  });

  test('is seen in the database by its provider alone', async () => {
    const product = await office.aProduct({ unit: 'gruenflaechenamt', fields: FIELDS });
    const next = await further(product.versionId);
    const seen = async (who: string) =>
      office.uow.read((await office.as(who)).acting, async (tx) => {
        const versions = await tx.sql<{ id: string }>(
          'SELECT id FROM catalogue.product_version WHERE product_id = $1 ORDER BY number',
          [product.id],
        );
        const fields = await tx.sql('SELECT FROM catalogue.field WHERE version_id = $1', [next]);
        return [versions.map(({ id }) => id), fields.length];
      });
    expect(await seen('eva.bach')).toEqual([[product.versionId], 0]);
    expect(await seen('anna.ahorn')).toEqual([[product.versionId, next], FIELDS.length]);
  });
});

describe('a field that is stricter today', () => {
  test('is no way to choose rows of the version of before', async () => {
    const product = await office.aProduct({ unit: 'gruenflaechenamt', fields: FIELDS });
    const rows = { column: 'melder', op: 'eq' as const, value: 'Anna Muster' };
    const form = await office.aForm(product.id, 'umweltamt', {
      productVersionId: product.versionId,
      fields: ['art', 'melder'],
      rows,
    });
    expect((await asked('eva.bach', form))[0]).toBe(201);
    const mask = { kind: 'redact', with: '***' };
    await released(product.id, await further(product.versionId, 'melder', { class: 'DIRECT_ID', mask }));
    for (const path of ['/v1/requests/check', '/v1/requests'])
      expect(await asked('eva.bach', form, path)).toEqual([422, 'validation_failed', ['filter_not_allowed']]);
  });
});

test('a product withdrawn after the permit is named as withdrawn when the offer is confirmed', async () => {
  const product = await office.aProduct({ unit: 'hochbauamt', title: 'Wege, zurückgezogen', fields: FIELDS });
  const emil = await city.as('emil.fach');
  const { id } = await emil.must<{ id: string }>(
    'POST',
    '/v1/requests',
    await office.aForm(product.id, 'gruenflaechenamt'),
  );
  await city.settle();
  const offer = await city.one<{ id: string; revision: number }>(
    'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
    [id],
  );
  const { revision } = await city.one<{ revision: number }>('SELECT revision FROM catalogue.product WHERE id = $1', [
    product.id,
  ]);
  await (await city.as('ida.stein')).must('POST', `/v1/products/${product.id}/withdrawal`, { revision });
  const { status, body } = await emil.post<Answer>(`/v1/agreements/${offer.id}/confirmation`, {
    revision: offer.revision,
  });
  expect([status, body.code]).toEqual([409, 'agreement_not_allowed']);
  expect(body.because?.join(' ')).toContain('zurückgezogen');
  expect(body.because?.join(' ')).not.toContain('verantwortliche Person');
});
