import { versionReleased } from '../../../libs/catalogue/src/catalogue.events';
import { newId } from '#lib/kernel';
import type { RequestView } from '#lib/requests';
import type { TaskLine, TaskView } from '#lib/approvals';
import type { Office } from '../../support/office';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const as = (who: string) => city.as(who);
const request = async (who: string, id: string) => (await as(who)).must<RequestView>('GET', `/v1/requests/${id}`);
const task = async (who: string, requestId: string, step: string) =>
  (await as(who)).must<TaskView>('GET', `/v1/tasks/${(await city.task(requestId, step)).id}`);
const approve = async (who: string, requestId: string, step: string) => {
  const { status, body } = await (
    await as(who)
  ).post(`/v1/tasks/${(await city.task(requestId, step)).id}/approval`, { revision: await city.revision(requestId) });
  return status < 300 ? 'done' : body.code;
};
/** A company asks an office for internal data: its head, the Rechtsamt, the owner. */
async function ofACompany(title: string): Promise<{ id: string; productId: string }> {
  const product = await office.aProduct({ unit: 'hochbauamt', title });
  const form = await office.aForm(product.id, 'gebaeudedienste', { purposeCode: 'GEBAEUDEMANAGEMENT' });
  const { id } = await (await as('nils.halle')).must<{ id: string }>('POST', '/v1/requests', form);
  await city.settle();
  return { id, productId: product.id };
}
const texts = ({ because }: { because: { text: string; code?: string | undefined }[] }) =>
  because.map(({ text }) => text).join(' ');

describe('a contract', () => {
  test('that is registered during the review changes the reasons on every task, and the page of before is stale', async () => {
    const { id } = await ofACompany('Gebäude mit Vertrag');
    const before = await task('olga.dach', id, 'REQ_HEAD');
    expect(texts(before.request.decision)).toMatch(/Vertrag/);
    expect(before.steps.map(({ role }) => role)).toContain('LEGAL');
    expect(before.note).toBeNull();
    const { contractId } = await (
      await as('theo.satz')
    ).must<{ contractId: string }>('POST', '/v1/contracts', {
      unitA: await city.unit('hochbauamt'),
      unitB: await city.unit('gebaeudedienste'),
      kind: 'DUV',
      reference: 'Az. 30-1',
      subject: { kind: 'PARTIES' },
      validFrom: at(-1),
      validTo: at(300),
    });
    // before anything followed by event: the page says what holds now
    const between = await task('olga.dach', id, 'REQ_HEAD');
    expect(between.request.now && texts(between.request.now)).not.toMatch(/Vertrag fehlt|Rechtsamt/);
    await city.settle();
    const after = await task('olga.dach', id, 'REQ_HEAD');
    expect(after.id).toBe(before.id);
    expect(texts(after.request.decision)).toBe(texts(between.request.now!));
    expect(after.request.now).toBeNull();
    expect(after.note?.text).toContain('Zwischen den Stellen wurde ein Vertrag eingetragen');
    expect(after.steps.filter(({ state }) => state !== 'CLOSED').map(({ role }) => role)).not.toContain('LEGAL');
    const inbox = await (await as('olga.dach')).must<{ items: TaskLine[] }>('GET', '/v1/tasks');
    expect(inbox.items.find(({ requestId }) => requestId === id)?.note?.text).toContain('Vertrag eingetragen');
    const stale = await (
      await as('olga.dach')
    ).post(`/v1/tasks/${before.id}/approval`, { revision: before.request.revision });
    expect([stale.status, stale.body.code]).toEqual([412, 'request_changed']);

    // and it ends again: the Rechtsamt is asked once more, what was done stays done
    expect(await approve('olga.dach', id, 'REQ_HEAD')).toBe('done');
    await (await as('theo.satz')).must('POST', `/v1/contracts/${contractId}/end`);
    await city.settle();
    const again = await task('olga.dach', id, 'REQ_HEAD');
    expect(again.state).toBe('APPROVED');
    expect(again.note?.text).toContain('Ein Vertrag zwischen den Stellen ist beendet');
    expect((await city.task(id, 'LEGAL')).state).toBe('OPEN');
    expect((await request('nils.halle', id)).note?.text).toContain('Vertrag');
  });
});

describe('the product', () => {
  test('withdrawn during the review ends the case with that reason, and nothing goes to the next desk', async () => {
    const { id, productId } = await ofACompany('Gebäude, zurückgezogen');
    const { revision } = await city.one<{ revision: number }>('SELECT revision FROM catalogue.product WHERE id = $1', [
      productId,
    ]);
    await (await as('ida.stein')).must('POST', `/v1/products/${productId}/withdrawal`, { revision });
    expect(await approve('olga.dach', id, 'REQ_HEAD')).toBe('product_in_revision');
    await city.settle();
    const ended = await request('nils.halle', id);
    expect(ended).toMatchObject({ state: 'REFUSED', refusal: { reasonCode: 'PRODUCT_WITHDRAWN' } });
    expect(ended.refusal?.text).toContain('zurückgezogen');
    const left = await city.rows(`SELECT FROM approvals.task WHERE request_id = $1 AND state IN ('OPEN', 'WAITING')`, [
      id,
    ]);
    expect(left).toHaveLength(0);
  });

  test('revised during the review lets the case wait, and says so to both sides; a question is still possible', async () => {
    const { id, productId } = await ofACompany('Gebäude, in Arbeit');
    const { revision } = await city.one<{ revision: number }>('SELECT revision FROM catalogue.product WHERE id = $1', [
      productId,
    ]);
    await (await as('karla.mauer')).must('POST', `/v1/products/${productId}/revision`, { revision });
    await city.settle();
    expect(await approve('olga.dach', id, 'REQ_HEAD')).toBe('product_in_revision');
    const seen = await request('nils.halle', id);
    expect(seen.state).toBe('IN_REVIEW');
    const note = (await task('olga.dach', id, 'REQ_HEAD')).note ?? seen.note;
    expect(note?.text).toContain('überarbeitet');
    const { may } = await task('olga.dach', id, 'REQ_HEAD');
    expect(may).toMatchObject({
      approve: false,
      ask: true,
      refuse: true,
      because: expect.stringContaining('überarbeitet'),
    });
    const { id: taskId } = await city.task(id, 'REQ_HEAD');
    const asked = await (
      await as('olga.dach')
    ).post(`/v1/tasks/${taskId}/question`, { revision: await city.revision(id), text: 'Wie lange noch?' });
    expect(asked.status).toBeLessThan(300);
  });
});

describe('a stricter version of the data', () => {
  test('masks what running agreements on the version of before would have delivered in clear', async () => {
    const { productId, versionId, fields } = await city.product('gebaeudedatenkataster');
    const emil = await as('emil.fach');
    const form = await city.form('gebaeudedatenkataster', 'gruenflaechenamt', { form: 'ROWLEVEL' });
    const { id } = await emil.must<{ id: string }>('POST', '/v1/requests', form);
    await city.settle();
    const agreement = await city.one<{ id: string; revision: number; clear: string[] }>(
      `SELECT id, revision, ARRAY(SELECT f FROM jsonb_array_elements_text(terms->'fields') f WHERE NOT terms->'masks' ? f) AS clear
         FROM agreements.agreement WHERE request_id = $1`,
      [id],
    );
    await emil.must('POST', `/v1/agreements/${agreement.id}/confirmation`, { revision: agreement.revision });
    const column = agreement.clear.find((name) => name !== fields[0])!;
    const values = async () => {
      const answer = await emil.receive(agreement.id, 'csv');
      const lines = (await answer.text()).replace(/^\uFEFF/, '').split(/\r?\n/);
      const [head, ...rows] = lines.filter(Boolean).map((line) => line.split(/[;,]/));
      const place = head!.indexOf(column);
      return { status: answer.status, values: place < 0 ? [] : rows.slice(0, 5).map((row) => row[place]) };
    };
    const open = await values();
    expect(open.status).toBe(200);
    expect(new Set(open.values)).not.toEqual(new Set(['geschützt']));

    const next = newId();
    await city.rows(
      `INSERT INTO catalogue.product_version (id, product_id, number, object_key, sha256, rows, created_at)
       SELECT $1, product_id, number + 1, object_key, sha256, rows, now() FROM catalogue.product_version WHERE id = $2`,
      [next, versionId],
    );
    await city.rows(
      `INSERT INTO catalogue.field SELECT (jsonb_populate_record(f, jsonb_build_object('version_id', $1::text) ||
         CASE WHEN f.name = $3 THEN '{"class": "DIRECT_ID", "mask": {"kind": "redact", "with": "geschützt"}}'::jsonb ELSE '{}' END)).*
         FROM catalogue.field f WHERE f.version_id = $2`,
      [next, versionId, column],
    );
    await city.rows('UPDATE catalogue.product_version SET frozen_at = now() WHERE id = $1', [next]);
    await city.rows('UPDATE catalogue.product SET current_version_id = $2, revision = revision + 1 WHERE id = $1', [
      productId,
      next,
    ]);
    const product = await city.one<{ providerUnitId: string; revision: number }>(
      'SELECT provider_unit_id AS "providerUnitId", revision FROM catalogue.product WHERE id = $1',
      [productId],
    );
    await office.system((tx) => tx.emit(versionReleased({ productId, ...product, versionId: next, number: 2 })));
    // at once, before anything follows by event
    expect(new Set((await values()).values)).toEqual(new Set(['geschützt']));
    await city.settle();
    const told = await emil.must<{ state: string; tightened: { field: string }[] }>(
      'GET',
      `/v1/agreements/${agreement.id}`,
    );
    expect(told).toMatchObject({ state: 'ACTIVE', tightened: [{ field: column }] });
    // and what is asked now is agreed with the stricter mask
    const { rows } = await city.db.owner.query(
      `SELECT f.name FROM catalogue.field f WHERE f.version_id = $1 AND f.class = 'DIRECT_ID' AND f.name = $2`,
      [next, column],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('who answers for a request', () => {
  test('when they left, everybody who waits reads why it rests', async () => {
    const { id } = await ofACompany('Gebäude ohne Ansprechpartner');
    await city.rows(`UPDATE organisation.person SET disabled_at = now() WHERE key = 'nils.halle'`);
    expect((await task('olga.dach', id, 'REQ_HEAD')).note?.text).toContain('Der Antrag ruht');
    const inbox = await (await as('olga.dach')).must<{ items: TaskLine[] }>('GET', '/v1/tasks');
    expect(inbox.items.find(({ requestId }) => requestId === id)?.note?.text).toContain('Der Antrag ruht');
    await city.rows(`UPDATE organisation.person SET disabled_at = NULL WHERE key = 'nils.halle'`);
  });
});
