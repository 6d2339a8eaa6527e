import { Schedules } from '#lib/kernel';
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

const UNIT_OF: Record<string, string> = { 'eva.bach': 'umweltamt', 'emil.fach': 'gruenflaechenamt' };
const forDuty = (duty?: string | null) => ({
  purposeCode: 'PFLICHTAUFGABE',
  purposeText: 'Pflege der Bäume an den Straßen.',
  legalBasis: ['DSGVO_6_1_E'],
  duty,
});
interface Decision {
  outcome: string;
  because: { code?: string }[];
}

const persons = (limits: Record<string, unknown> = {}) =>
  office.aProduct({
    unit: 'gruenflaechenamt',
    openness: 'RESTRICTED',
    personalRef: 'PERSONAL',
    purposes: ['PFLICHTAUFGABE'],
    limits,
  });
const sent = async (who: string, productId: string, form: object) =>
  (await city.as(who)).post<{ id: string; errors?: { pointer: string; code: string }[] }>(
    '/v1/requests',
    await office.aForm(productId, UNIT_OF[who]!, form),
  );
/** What is decided at once, and how the purpose stood to the collection. */
async function asked(who: string, productId: string, form: object) {
  const { id } = (await sent(who, productId, form)).body;
  const { decision } = await (await city.as(who)).must<{ decision: Decision }>('GET', `/v1/requests/${id}`);
  const [facts] = await office.rows<{ relation: string; duty: string | null }>(
    `SELECT facts->'purpose'->>'relation' AS relation, facts->'purpose'->>'duty' AS duty FROM requests.decision WHERE request_id = $1`,
    [id],
  );
  return { id, ...facts!, outcome: decision.outcome, codes: decision.because.map(({ code }) => code) };
}
const duty = async (who: string, code: string, unit = 'gruenflaechenamt') =>
  (await city.as(who)).post<{ dutyId: string; code?: string }>('/v1/duties', {
    unitId: await office.unit(unit),
    code,
    name: `Erfundene Aufgabe ${code}`,
    validFrom: '2026-01-01T00:00:00+01:00',
  });

describe('a duty is one duty of one office, so', () => {
  test('the same one, that the giving office collected for, is the same purpose', async () => {
    const { id } = await persons();
    expect(await asked('emil.fach', id, forDuty('GRUENPFLEGE'))).toMatchObject({
      relation: 'SAME',
      duty: 'GRUENPFLEGE',
      outcome: 'PERMIT_OBL',
    });
  });

  test('another duty of the same office is another purpose', async () => {
    expect((await duty('rosa.mond', 'SPIELPLAETZE')).status).toBe(201);
    const { id } = await persons();
    const one = await asked('emil.fach', id, forDuty('SPIELPLAETZE'));
    expect(one).toMatchObject({ relation: 'CHANGED', outcome: 'FORBID' });
    expect(one.codes).toContain('change_ground_missing');
  });

  test('and so is the duty of another office, whatever the card of the product names', async () => {
    const { id } = await persons({ collectedForDuties: ['GRUENPFLEGE', 'UMWELTAUFSICHT'] });
    const one = await asked('eva.bach', id, forDuty('UMWELTAUFSICHT'));
    expect(one).toMatchObject({ relation: 'CHANGED', outcome: 'FORBID' });
    // the rules see of the card what the giving office itself has to do
    const [facts] = await office.rows(
      `SELECT facts->'product'->'collectedForDuties' AS duties FROM requests.decision WHERE request_id = $1`,
      [one.id],
    );
    expect(facts).toEqual({ duties: ['GRUENPFLEGE'] });
  });

  test('data collected for no named duty serve none as the same purpose', async () => {
    const { id } = await persons({ collectedForDuties: [] });
    expect(await asked('emil.fach', id, forDuty('GRUENPFLEGE'))).toMatchObject({
      relation: 'CHANGED',
      outcome: 'FORBID',
    });
  });

  test.each([
    ['none is named', 'emil.fach', forDuty(null), 'missing'],
    ['it is the giving office’s and not the own', 'eva.bach', forDuty('GRUENPFLEGE'), 'duty_not_own'],
    ['nobody knows it', 'emil.fach', forDuty('UNBEKANNT'), 'duty_not_own'],
    ['the purpose is another', 'emil.fach', { duty: 'GRUENPFLEGE' }, 'duty_of_other_purpose'],
  ])('a request is not taken where %s', async (_, who, form, code) => {
    const { id } = await persons();
    const { status, body } = await sent(who, id, form);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer: '/duty', code }));
  });

  test('a card names own duties only', async () => {
    const clara = await city.as('clara.linde');
    const draft = await clara.must<{ productId: string; revision: number }>('POST', '/v1/products', {
      providerUnitId: await office.unit('gruenflaechenamt'),
      title: 'Baumkontrollen',
      summary: 'erfunden',
    });
    const { status, body } = await clara.patch<{ errors: { pointer: string }[] }>(`/v1/products/${draft.productId}`, {
      revision: draft.revision,
      patch: { card: { collectedForDuties: ['UMWELTAUFSICHT'] } },
    });
    expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([422, ['/card/collectedForDuties/0']]);
  });
});

describe('the register of duties', () => {
  test('is kept by the governance office alone, and gives no code twice', async () => {
    for (const who of ['emil.fach', 'anna.ahorn', 'theo.satz', 'xenia.konto'])
      expect([who, (await duty(who, 'EIGENER_WUNSCH')).status]).toEqual([who, 403]);
    expect((await duty('rosa.mond', 'FORSTPFLEGE')).status).toBe(201);
    const again = await duty('quirin.stern', 'FORSTPFLEGE', 'umweltamt');
    expect([again.status, again.body.code]).toEqual([409, 'duty_code_taken']);
  });

  test('an entry is ended and never rewritten, not even past the program', async () => {
    const { dutyId } = (await duty('rosa.mond', 'WEGEPFLEGE')).body;
    const changed = (set: string) => office.rows(`UPDATE organisation.duty SET ${set} WHERE id = $1`, [dutyId]);
    await expect(changed(`name = 'Etwas ganz anderes'`)).rejects.toThrow('can be ended');
    await expect(changed(`unit_id = (SELECT id FROM organisation.unit WHERE key = 'umweltamt')`)).rejects.toThrow();
    const rosa = await city.as('rosa.mond');
    expect((await rosa.post(`/v1/duties/${dutyId}/end`, {})).status).toBe(204);
    expect((await rosa.post(`/v1/duties/${dutyId}/end`, {})).status).toBe(409);
    await expect(changed('valid_to = NULL')).rejects.toThrow('can be ended');
  });
});

describe('an agreement rests on the duty it names, so', () => {
  const agreed = async (productId: string, code: string) => {
    const { id } = await asked('emil.fach', productId, forDuty(code));
    await city.settle();
    const emil = await office.as('emil.fach');
    const { id: agreementId } = (await office.agreementReads.ofRequest(emil, id))!;
    await office.agreements.confirm(emil, agreementId, { revision: 1, ...(await office.answers(agreementId)) });
    await city.settle();
    return { requestId: id, agreementId };
  };
  const standing = async (agreementId: string) =>
    (await city.as('emil.fach')).must<{ state: string; suspendedBecause: { code: string }[] }>(
      'GET',
      `/v1/agreements/${agreementId}`,
    );

  test('it says the duty in words, and rests when the duty ends', async () => {
    const { dutyId } = (await duty('rosa.mond', 'BAUMKONTROLLE')).body;
    const { id } = await persons({ collectedForDuties: ['BAUMKONTROLLE'] });
    const { agreementId } = await agreed(id, 'BAUMKONTROLLE');
    const [text] = await office.rows<{ text: string }>(
      'SELECT terms_text AS text FROM agreements.agreement WHERE id = $1',
      [agreementId],
    );
    expect(text!.text).toContain('Erfundene Aufgabe BAUMKONTROLLE');
    expect((await standing(agreementId)).state).toBe('ACTIVE');
    await (await city.as('rosa.mond')).post(`/v1/duties/${dutyId}/end`, {});
    await city.settle();
    const { state, suspendedBecause } = await standing(agreementId);
    expect(state).toBe('SUSPENDED');
    expect(suspendedBecause.map(({ code }) => code)).toContain('R-GEN-07');
  });

  test('one of before that names none rests as well', async () => {
    const { id } = await persons();
    const { requestId, agreementId } = await agreed(id, 'GRUENPFLEGE');
    // as an earlier version kept it
    await office.rows('ALTER TABLE requests.access_request DISABLE TRIGGER USER');
    await office.rows(`UPDATE requests.access_request SET form = form - 'duty' WHERE id = $1`, [requestId]);
    await office.rows('ALTER TABLE requests.access_request ENABLE TRIGGER USER');
    await office.app.get(Schedules).named('agreements.review')!.run(office.uow);
    await city.settle();
    expect((await standing(agreementId)).state).toBe('SUSPENDED');
  });
});
