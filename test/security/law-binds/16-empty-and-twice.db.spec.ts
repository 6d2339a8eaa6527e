import type { AgreementView, Revoked } from '#lib/agreements';
import type { TaskView } from '#lib/approvals';
import type { PreCheck, Receipt, RequestView } from '#lib/requests';
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

const as = (who: string) => city.as(who);
const FIELDS = [
  { name: 'art' },
  { name: 'alarmcode', class: 'SECRET' },
  { name: 'melder', class: 'DIRECT_ID' },
  { name: 'pate', class: 'DIRECT_ID', mask: { kind: 'drop' } },
  { name: 'gutachter', class: 'DIRECT_ID', mask: { kind: 'redact', with: 'geschützt' } },
];
const codes = ({ because }: { because: { code?: string | undefined }[] }) => because.map(({ code }) => code);

describe('a request of which nothing is left', () => {
  const form = async (fields: string[], more: object = {}) => {
    const product = await office.aProduct({ unit: 'gruenflaechenamt', openness: 'OPEN', fields: FIELDS });
    return office.aForm(product.id, 'umweltamt', { fields, ...more });
  };

  test.each([
    ['fields the purpose does not need', ['alarmcode']],
    ['fields that are to be masked, and nobody said how', ['melder']],
    ['a field whose mask is to leave it out', ['pate']],
    ['all of these', ['alarmcode', 'melder', 'pate']],
  ])('is refused with its reason, in the pre-check and in the decision: %s', async (_what, fields) => {
    const asked = await form(fields);
    const check = await (await as('eva.bach')).must<PreCheck>('POST', '/v1/requests/check', asked);
    expect([check.outcome, codes(check)[0], check.obligations]).toEqual(['FORBID', 'nothing_left', []]);
    const receipt = await (await as('eva.bach')).must<Receipt>('POST', '/v1/requests', asked);
    expect([receipt.state, codes(receipt.decision)[0]]).toEqual(['REFUSED', 'nothing_left']);
    await city.settle();
    expect(await city.rows('SELECT FROM agreements.agreement WHERE request_id = $1', [receipt.id])).toHaveLength(0);
  });

  test('is another matter as soon as one field is left, masked as the product says', async () => {
    for (const fields of [['gutachter'], ['alarmcode', 'gutachter'], ['art', 'melder']]) {
      const check = await (await as('eva.bach')).must<PreCheck>('POST', '/v1/requests/check', await form(fields));
      expect(check.outcome).toBe('PERMIT_OBL');
    }
  });

  test('does not become an agreement either, when the last mask went meanwhile', async () => {
    const asked = await form(['gutachter']);
    const { id } = await (await as('eva.bach')).must<Receipt>('POST', '/v1/requests', asked);
    await city.settle();
    const agreement = await city.one<{ id: string; revision: number }>(
      'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
      [id],
    );
    await city.rows('ALTER TABLE catalogue.field DISABLE TRIGGER USER');
    await city.rows(
      `UPDATE catalogue.field SET mask = NULL WHERE name = 'gutachter' AND version_id = (SELECT product_version_id FROM requests.access_request WHERE id = $1)`,
      [id],
    );
    await city.rows('ALTER TABLE catalogue.field ENABLE TRIGGER USER');
    const { status, body } = await (
      await as('eva.bach')
    ).post(`/v1/agreements/${agreement.id}/confirmation`, { revision: agreement.revision });
    expect([status, body.code]).toEqual([409, 'agreement_not_allowed']);
    expect(JSON.stringify(body.because)).toContain('keines übrig');
  });
});

describe('asking twice', () => {
  test('is told when asking and when deciding, and is possible', async () => {
    const product = await office.aProduct({ unit: 'hochbauamt', title: 'Zweimal gefragt' });
    const form = await office.aForm(product.id, 'gebaeudedienste', { purposeCode: 'GEBAEUDEMANAGEMENT' });
    const nils = await as('nils.halle');
    expect((await nils.must<PreCheck>('POST', '/v1/requests/check', form)).overlaps).toEqual([]);
    const first = await nils.must<Receipt>('POST', '/v1/requests', form);
    expect(first.overlaps).toEqual([]);
    const check = await nils.must<PreCheck>('POST', '/v1/requests/check', { ...form, fields: ['bezirk'] });
    expect(check.overlaps).toMatchObject([{ id: first.id, number: first.number, state: 'IN_REVIEW' }]);
    const second = await nils.must<Receipt>('POST', '/v1/requests', form);
    expect(second.overlaps).toMatchObject([{ number: first.number }]);
    await city.settle();
    const { id } = await city.task(second.id, 'REQ_HEAD');
    const seen = await (await as('olga.dach')).must<TaskView>('GET', `/v1/tasks/${id}`);
    expect(seen.request.overlaps).toMatchObject([{ number: first.number }]);
    // for another purpose it is another matter
    const other = { ...form, purposeCode: 'KLIMA_UMWELT' };
    expect((await nils.must<PreCheck>('POST', '/v1/requests/check', other)).overlaps).toEqual([]);
    await nils.must('POST', `/v1/requests/${first.id}/withdrawal`, {
      revision: (await nils.must<RequestView>('GET', `/v1/requests/${first.id}`)).revision,
    });
    expect((await nils.must<RequestView>('GET', `/v1/requests/${second.id}`)).overlaps).toEqual([]);
  });

  test('and revoking one agreement names the others, and revokes them with it on demand', async () => {
    const product = await office.aProduct({ unit: 'gruenflaechenamt', title: 'Zweimal vereinbart' });
    const eva = await as('eva.bach');
    const made: { id: string; number: string }[] = [];
    for (let i = 0; i < 3; i++) {
      const { id } = await eva.must<Receipt>('POST', '/v1/requests', await office.aForm(product.id, 'umweltamt'));
      await city.settle();
      const offered = await city.one<{ id: string; number: string; revision: number }>(
        'SELECT id, number, revision FROM agreements.agreement WHERE request_id = $1',
        [id],
      );
      await eva.must('POST', `/v1/agreements/${offered.id}/confirmation`, { revision: offered.revision });
      made.push(offered);
    }
    const [one, two, three] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]];
    const anna = await as('anna.ahorn');
    const view = await anna.must<AgreementView>('GET', `/v1/agreements/${one.id}`);
    expect(view.parallel.map(({ number }) => number).sort()).toEqual([two.number, three.number].sort());
    const reason = 'Die Daten werden nicht mehr weitergegeben.';
    const stranger = await office.aProduct({ unit: 'gruenflaechenamt', title: 'Etwas anderes' });
    const { id: otherRequest } = await eva.must<Receipt>(
      'POST',
      '/v1/requests',
      await office.aForm(stranger.id, 'umweltamt'),
    );
    await city.settle();
    const other = await city.one<{ id: string }>('SELECT id FROM agreements.agreement WHERE request_id = $1', [
      otherRequest,
    ]);
    const wrong = await anna.post(`/v1/agreements/${one.id}/revocation`, { reason, together: [other.id] });
    expect([wrong.status, wrong.body.code]).toEqual([404, 'agreement_unknown']);
    const done = await anna.must<Revoked>('POST', `/v1/agreements/${one.id}/revocation`, {
      reason,
      together: [two.id],
    });
    expect(done).toMatchObject({ state: 'REVOKED', stillRunning: [{ number: three.number }] });
    // both sides read it, at each of them
    for (const { id } of [one, two])
      expect(await eva.must<AgreementView>('GET', `/v1/agreements/${id}`)).toMatchObject({
        state: 'REVOKED',
        endReason: reason,
      });
    expect(await eva.must<AgreementView>('GET', `/v1/agreements/${three.id}`)).toMatchObject({
      state: 'ACTIVE',
      parallel: [],
    });
  });
});
