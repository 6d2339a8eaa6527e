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
beforeEach(() => office.endContracts());

const codeOf = ({ status, body }: { status: number; body: { code?: string } }): string =>
  status < 300 ? 'done' : (body.code ?? String(status));
const post = async (who: string, path: string, body?: unknown) => codeOf(await (await city.as(who)).post(path, body));

interface Asked {
  id: string;
  state: string;
  decision: { stages: { role: string }[][] | null };
}
const ask = async (who: string, consumer: string, more: Record<string, unknown> = {}, unit = 'hochbauamt') => {
  const { id: productId } = await office.aProduct({ unit });
  const form = await office.aForm(productId, consumer, { purposeCode: 'GEBAEUDEMANAGEMENT', ...more });
  return { productId, ...(await (await city.as(who)).must<Asked>('POST', '/v1/requests', form)) };
};
const rolesOf = ({ decision }: Asked) => decision.stages?.flat().map(({ role }) => role) ?? [];
const approve = async (who: string, requestId: string, step: string, path = 'approval', body = {}) => {
  await city.settle();
  const { id } = await city.task(requestId, step);
  return post(who, `/v1/tasks/${id}/${path}`, { revision: await city.revision(requestId), ...body });
};
const agreementOf = async (requestId: string) => {
  await city.settle();
  return city.one<{ id: string; revision: number; instrument: string }>(
    'SELECT id, revision, instrument FROM agreements.agreement WHERE request_id = $1',
    [requestId],
  );
};
const confirm = async (who: string, { id, revision }: { id: string; revision: number }) =>
  post(who, `/v1/agreements/${id}/confirmation`, { revision, ...(await office.answers(id)) });
const mayConfirm = async (who: string, id: string): Promise<boolean> =>
  (await (await city.as(who)).must<{ may: { confirm: boolean } }>('GET', `/v1/agreements/${id}`)).may.confirm;
const contract = {
  reference: 'DUV 1',
  validFrom: new Date(Date.now() - 60_000).toISOString(),
  validTo: new Date(Date.now() + 200 * 86_400_000).toISOString(),
};

test('with a processing contract alone a company does not use data for itself: the Rechtsamt is asked, and a DUV is needed', async () => {
  await office.contract('gebaeudedienste', 'hochbauamt', 'AVV');
  const asked = await ask('nils.halle', 'gebaeudedienste');
  expect(rolesOf(asked)).toEqual(['REQ_HEAD', 'LEGAL', 'OWNER']);
  expect(await approve('olga.dach', asked.id, 'REQ_HEAD')).toBe('done');
  expect(await approve('theo.satz', asked.id, 'LEGAL', 'contract')).toBe('contract_missing');
  expect(await approve('theo.satz', asked.id, 'LEGAL', 'contract', { contract: { kind: 'DUV', ...contract } })).toBe(
    'done',
  );
  expect(await approve('ida.stein', asked.id, 'OWNER')).toBe('done');
  expect(await agreementOf(asked.id)).toMatchObject({ instrument: 'DUV' });
  // what the Rechtsamt put on record for this case is about this product, and about nothing else
  const [row] = await city.rows<{ products: string[] }>(
    `SELECT subject_products AS products FROM organisation.contract WHERE kind = 'DUV' AND valid_to > now()`,
  );
  expect(row!.products).toEqual([asked.productId]);
  expect(rolesOf(await ask('nils.halle', 'gebaeudedienste'))).toContain('LEGAL');
});

test('an agreement of joint controllers carries no use of one alone', async () => {
  await office.contract('gebaeudedienste', 'hochbauamt', 'JCA');
  expect(rolesOf(await ask('nils.halle', 'gebaeudedienste'))).toContain('LEGAL');
  const joint = await ask('nils.halle', 'gebaeudedienste', { declarations: { jointControl: true } });
  expect(rolesOf(joint)).toEqual(['REQ_HEAD', 'OWNER']);
});

test('a contract that ends stops what runs under another kind beside it', async () => {
  await office.contract('gebaeudedienste', 'hochbauamt', 'DUV');
  const asked = await ask('nils.halle', 'gebaeudedienste');
  await approve('olga.dach', asked.id, 'REQ_HEAD');
  await approve('ida.stein', asked.id, 'OWNER');
  const agreement = await agreementOf(asked.id);
  await office.endContracts();
  await office.contract('gebaeudedienste', 'hochbauamt', 'AVV');
  expect(await confirm('pia.flur', agreement)).toBe('contract_missing');
});

describe('a person without signing power confirms nothing', () => {
  test('for a company: neither who asked nor its head, but who answers for it', async () => {
    await office.contract('gebaeudedienste', 'hochbauamt', 'DUV');
    const asked = await ask('nils.halle', 'gebaeudedienste');
    await approve('olga.dach', asked.id, 'REQ_HEAD');
    await approve('ida.stein', asked.id, 'OWNER');
    const agreement = await agreementOf(asked.id);
    for (const who of ['nils.halle', 'jan.ziegel', 'olga.dach'])
      expect([who, await confirm(who, agreement), await mayConfirm(who, agreement.id)]).toEqual([
        who,
        'agreement_signer',
        false,
      ]);
    expect(await mayConfirm('pia.flur', agreement.id)).toBe(true);
    // nor at the database: what the service does not let through is refused there too
    const [decision] = await city.rows<{ id: string }>('SELECT id FROM requests.decision WHERE request_id = $1', [
      asked.id,
    ]);
    await expect(
      city.rows(
        `UPDATE agreements.agreement SET state = 'ACTIVE', revision = revision + 1, confirmed_by_person_id = $2, confirmed_at = now(), activation_decision_id = $3 WHERE id = $1`,
        [agreement.id, await city.person('nils.halle'), decision!.id],
      ),
    ).rejects.toThrow('does not answer for the receiving unit');
    expect(await confirm('pia.flur', agreement)).toBe('done');
  });

  test('for a company also where only a note is written, and a written delegation hands it on', async () => {
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt', openness: 'OPEN' });
    const form = await office.aForm(productId, 'gebaeudedienste', { purposeCode: 'GEBAEUDEMANAGEMENT' });
    const { id } = await (await city.as('nils.halle')).must<Asked>('POST', '/v1/requests', form);
    const agreement = await agreementOf(id);
    expect(agreement.instrument).toBe('VERMERK');
    expect(await confirm('nils.halle', agreement)).toBe('agreement_signer');
    const own = await city.one<{ id: string }>(
      `SELECT id FROM organisation.appointment WHERE person_id = $1 AND role = 'GES_OWNER'`,
      [await city.person('pia.flur')],
    );
    expect(
      await post('pia.flur', '/v1/delegations', {
        appointmentId: own.id,
        delegatePersonId: await city.person('ulf.pass'),
        reference: 'Vollmacht 1',
        validFrom: new Date(Date.now() - 1000).toISOString(),
        validTo: new Date(Date.now() + 86_400_000).toISOString(),
      }),
    ).toBe('done');
    expect(await confirm('ulf.pass', agreement)).toBe('done');
  });

  test('for an Eigenbetrieb: not who asked, but who answers for it', async () => {
    await office.contract('entsorgungsbetrieb', 'gruenflaechenamt', 'INTERNE_VEREINBARUNG');
    const { id } = await ask('carl.tonne', 'entsorgungsbetrieb', {}, 'gruenflaechenamt');
    const agreement = await agreementOf(id);
    expect(await confirm('carl.tonne', agreement)).toBe('agreement_signer');
    expect(await confirm('sina.siel', agreement)).toBe('agreement_signer');
    expect(await confirm('dana.deckel', agreement)).toBe('done');
  });

  test('for an office that receives under a contract: its owner, not who asked; with a note who asked still may', async () => {
    const { id: internal } = await ask('eva.bach', 'umweltamt');
    expect(await confirm('eva.bach', await agreementOf(internal))).toBe('done');
    await office.contract('energieversorger', 'umweltamt', 'DUV');
    const received = await ask('eva.bach', 'umweltamt', {}, 'energieversorger');
    await approve('falk.quelle', received.id, 'REQ_HEAD');
    await approve('arno.netz', received.id, 'OWNER');
    const agreement = await agreementOf(received.id);
    expect(agreement.instrument).toBe('DUV');
    expect(await confirm('eva.bach', agreement)).toBe('agreement_signer');
    expect(await confirm('gero.wolke', agreement)).toBe('done');
  });
});
