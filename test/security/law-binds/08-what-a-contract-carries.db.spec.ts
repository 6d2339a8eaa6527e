import { randomUUID } from 'node:crypto';
import { AgreementReview } from '../../../libs/agreements/src/review/agreement-review.service';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import type { AProduct, Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());
beforeEach(() => office.endContracts());

const DAY = 86_400_000;
interface Decided {
  id: string;
  state: string;
  decision: {
    rules: string[];
    because: { rule: string; text: string; code?: string }[];
    stages: { role: string; unitName: string }[][] | null;
  };
}
const codesOf = ({ decision }: Decided) => decision.because.flatMap(({ code }) => code ?? []);
const rolesOf = ({ decision }: Decided) => decision.stages?.flat().map(({ role }) => role) ?? [];
const notesOf = ({ decision }: Decided) => decision.because.map(({ rule }) => rule);
const ask = async (
  who: string,
  consumer: string,
  product: AProduct,
  { evidence = [], ...more }: Record<string, unknown> & { evidence?: string[] } = {},
): Promise<Decided & { productId: string }> => {
  const { id: productId } = await office.aProduct(product);
  return { productId, ...(await askFor(who, consumer, productId, { evidence, ...more })) };
};
const askFor = async (
  who: string,
  consumer: string,
  productId: string,
  { evidence = [], ...more }: Record<string, unknown> & { evidence?: string[] } = {},
): Promise<Decided> => {
  const evidenceFiles = await office.evidence(who, consumer, evidence);
  const form = await office.aForm(productId, consumer, { ...more, evidenceFiles });
  return (await city.as(who)).must<Decided>('POST', '/v1/requests', form);
};
const post = async (who: string, path: string, body: unknown) => {
  const { status, body: said } = await (await city.as(who)).post(path, body);
  return status < 300 ? 'done' : (said.code ?? String(status));
};
const register = async (a: string, b: string, kind: string, subject: unknown, days = 300) =>
  (await city.as('theo.satz')).must<{ contractId: string }>('POST', '/v1/contracts', {
    unitA: await city.unit(a),
    unitB: await city.unit(b),
    kind,
    subject,
    reference: `Az. ${randomUUID()}`,
    validFrom: new Date(Date.now() - 60_000).toISOString(),
    validTo: new Date(Date.now() + days * DAY).toISOString(),
  });
const inWords = (text: string) => ({ kind: 'PROCESSING', text });
const about = (...productIds: string[]) => ({ kind: 'PRODUCTS', productIds });
const approve = async (who: string, requestId: string, step: string) => {
  await city.settle();
  const { id } = await city.task(requestId, step);
  return post(who, `/v1/tasks/${id}/${step === 'LEGAL' ? 'contract' : 'approval'}`, {
    revision: await city.revision(requestId),
  });
};
const agreementOf = async (requestId: string) => {
  await city.settle();
  return city.one<{ id: string; revision: number; state: string; instrument: string; terms: { needs: object[] } }>(
    'SELECT id, revision, state, instrument, terms FROM agreements.agreement WHERE request_id = $1',
    [requestId],
  );
};

describe('a processing contract about something else', () => {
  test.each<[string, AProduct]>([
    ['data of the energy network', { unit: 'umweltamt', openness: 'RESTRICTED', secrecy: ['ENTFLECHTUNG'] }],
    ['internal data without any secret', { unit: 'umweltamt' }],
  ])('that ends in two days carries no %s', async (_, product) => {
    await register('umweltamt', 'gebaeudedienste', 'AVV', inWords('Druck und Versand von Bescheiden'), 2);
    const processorUnitId = await city.unit('gebaeudedienste');
    const asked = await ask('eva.bach', 'umweltamt', product, {
      processorUnitId,
      evidence: ['VERPFLICHTUNG_VERTRAULICHKEIT'],
    });
    expect([asked.state, codesOf(asked)]).toEqual(['REFUSED', expect.arrayContaining(['contract_missing'])]);
    expect(notesOf(asked)).toContain('R-CON-05');
  });

  test('is read by the Rechtsamt where it lasts, whatever the data are about', async () => {
    await register('umweltamt', 'gebaeudedienste', 'AVV', inWords('Druck und Versand von Bescheiden'));
    const processorUnitId = await city.unit('gebaeudedienste');
    const asked = await ask('eva.bach', 'umweltamt', { unit: 'umweltamt' }, { processorUnitId });
    expect(rolesOf(asked)).toEqual(['LEGAL', 'OWNER']);
    await city.settle();
    // it sees the contract it is to read, not one between offices that need none
    const { id } = await city.task(asked.id, 'LEGAL');
    const page = await (await city.as('theo.satz')).must<{ contract: object }>('GET', `/v1/tasks/${id}`);
    expect(page.contract).toMatchObject({ status: 'VALID', kinds: ['AVV'], needed: true });
    expect(await approve('theo.satz', asked.id, 'LEGAL')).toBe('done');
  });

  test('leaves open data alone', async () => {
    await register('umweltamt', 'gebaeudedienste', 'AVV', inWords('Druck und Versand von Bescheiden'), 2);
    const processorUnitId = await city.unit('gebaeudedienste');
    const open = await ask('eva.bach', 'umweltamt', { unit: 'umweltamt', openness: 'OPEN' }, { processorUnitId });
    expect(open.state).toBe('PERMITTED');
  });
});

describe('data of another office that somebody outside the administration processes', () => {
  test.each(['containerdienst', 'gebaeudedienste'])('goes to %s when their owner agrees', async (processor) => {
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
    await register('umweltamt', processor, 'AVV', about(productId));
    const asked = await askFor('eva.bach', 'umweltamt', productId, { processorUnitId: await city.unit(processor) });
    expect([asked.state, rolesOf(asked)]).toEqual(['IN_REVIEW', ['OWNER']]);
    expect(asked.decision.stages!.flat()).toMatchObject([{ unitName: 'Hochbauamt' }]);
    await city.settle();
    expect(await city.rows('SELECT id FROM agreements.agreement WHERE request_id = $1', [asked.id])).toEqual([]);
    expect(await approve('ida.stein', asked.id, 'OWNER')).toBe('done');
    expect(await agreementOf(asked.id)).toMatchObject({ state: 'OFFERED' });
  });

  test('goes to no private firm, with a contract or without', async () => {
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
    await register('umweltamt', 'pflegedienst', 'AVV', about(productId));
    const asked = await askFor('eva.bach', 'umweltamt', productId, {
      processorUnitId: await city.unit('pflegedienst'),
    });
    expect([asked.state, codesOf(asked)]).toEqual(['REFUSED', expect.arrayContaining(['private_party'])]);
  });
});

describe('a contract for the own use of a company', () => {
  test('about something else is read by the Rechtsamt, as one for a processing is', async () => {
    await register('hochbauamt', 'gebaeudedienste', 'DUV', inWords('Jobtickets der Beschäftigten'));
    const asked = await ask('nils.halle', 'gebaeudedienste', { unit: 'hochbauamt' });
    expect(rolesOf(asked)).toEqual(['REQ_HEAD', 'LEGAL', 'OWNER']);
    expect(notesOf(asked)).toContain('R-CON-10');
  });

  test('that ends before the data are deleted carries nothing: the Rechtsamt has to register another', async () => {
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
    await register('hochbauamt', 'gebaeudedienste', 'DUV', about(productId), 100);
    const asked = await askFor('nils.halle', 'gebaeudedienste', productId);
    expect([rolesOf(asked), notesOf(asked)]).toEqual([
      ['REQ_HEAD', 'LEGAL', 'OWNER'],
      expect.arrayContaining(['R-CON-05']),
    ]);
    expect(await approve('olga.dach', asked.id, 'REQ_HEAD')).toBe('done');
    expect(await approve('theo.satz', asked.id, 'LEGAL')).toBe('contract_missing');
    await register('hochbauamt', 'gebaeudedienste', 'DUV', about(productId), 182);
    // decided anew with it, and nothing is left to look at
    expect(await approve('ida.stein', asked.id, 'OWNER')).toBe('done');
    expect(await agreementOf(asked.id)).toMatchObject({ instrument: 'DUV' });
  });

  test('in words is read for an Eigenbetrieb too', async () => {
    await office.rows(
      `INSERT INTO organisation.contract (id, party_a, party_b, kind, reference, subject_kind, subject_text, valid_from, valid_to)
       SELECT gen_random_uuid(), least(a.id, b.id), greatest(a.id, b.id), 'INTERNE_VEREINBARUNG', 'Az.', 'PROCESSING', 'Winterdienst', now(), now() + interval '1 year'
         FROM organisation.unit a, organisation.unit b WHERE a.key = 'gruenflaechenamt' AND b.key = 'entsorgungsbetrieb'`,
    );
    const asked = await ask('carl.tonne', 'entsorgungsbetrieb', { unit: 'gruenflaechenamt' });
    expect(rolesOf(asked)).toEqual(['LEGAL']);
  });

  test('stands in the agreement beside the one with its processor', async () => {
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
    await register('hochbauamt', 'energieversorger', 'DUV', about(productId));
    await register('energieversorger', 'gebaeudedienste', 'AVV', about(productId));
    const onBehalfOfUnitId = await city.unit('energieversorger');
    const asked = await askFor('nils.halle', 'gebaeudedienste', productId, { onBehalfOfUnitId });
    expect(await approve('tim.tau', asked.id, 'CONTROLLER')).toBe('done');
    expect(await approve('ida.stein', asked.id, 'OWNER')).toBe('done');
    const { id, instrument, terms } = await agreementOf(asked.id);
    expect([instrument, terms.needs]).toEqual([
      'AVV',
      [
        { kind: 'AVV', partyA: onBehalfOfUnitId, partyB: await city.unit('gebaeudedienste') },
        { kind: 'DUV', partyA: await city.unit('hochbauamt'), partyB: onBehalfOfUnitId },
      ],
    ]);
    const { termsText } = await (await city.as('ida.stein')).must<{ termsText: string }>('GET', `/v1/agreements/${id}`);
    expect(termsText).toMatch(/Datenüberlassungsvertrag zwischen Hochbauamt und Städtischer Energieversorger AG/);
  });
});

test('what rests on a contract that does not last rests at its next review, and both sides read why', async () => {
  const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
  await register('hochbauamt', 'gebaeudedienste', 'DUV', about(productId));
  const asked = await askFor('nils.halle', 'gebaeudedienste', productId);
  for (const [who, step] of [
    ['olga.dach', 'REQ_HEAD'],
    ['ida.stein', 'OWNER'],
  ] as const)
    expect(await approve(who, asked.id, step)).toBe('done');
  const { id, revision } = await agreementOf(asked.id);
  const answers = await office.answers(id);
  expect(await post('pia.flur', `/v1/agreements/${id}/confirmation`, { revision, ...answers })).toBe('done');
  // as one made under an earlier program: the contract is in force, and ends before the data are deleted
  await office.rows('ALTER TABLE organisation.contract DISABLE TRIGGER USER');
  await office.rows(`UPDATE organisation.contract SET valid_to = now() + interval '100 days' WHERE valid_to > now()`);
  await office.rows('ALTER TABLE organisation.contract ENABLE TRIGGER USER');
  await city.apiApp.get(AgreementReview, { strict: false }).byClock(office.uow);
  for (const who of ['nils.halle', 'ida.stein']) {
    const view = await (
      await city.as(who)
    ).must<{ state: string; suspendedBecause: { text: string }[] }>('GET', `/v1/agreements/${id}`);
    expect(view.state).toBe('SUSPENDED');
    expect(view.suspendedBecause.map(({ text }) => text).join(' ')).toMatch(/endet, bevor die Daten gelöscht sind/);
  }
});
