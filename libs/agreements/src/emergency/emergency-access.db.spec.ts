// One file: an emergency access from opening to finding on one office, and who may not take part at each step.
import { EVERYTHING } from '#lib/policy';
import { Schedules, UnitOfWork } from '#lib/kernel';
import { codeOf, Office } from '../../../../test/support/office';
import type { EmergencyFormInput } from '#lib/requests';
import { EmergencyAccesses, EmergencyReads } from '..';

let office: Office;
let accesses: EmergencyAccesses;
let reads: EmergencyReads;

beforeAll(async () => {
  // what its chains and tables ask for, whether or not the gate can carry it out today
  office = await Office.open({ can: EVERYTHING });
  accesses = office.app.get(EmergencyAccesses);
  reads = office.app.get(EmergencyReads);
});
afterAll(() => office.close());

/** A list of people who need help when the power fails: nobody gets it in the ordinary way. */
const aList = (more: object = {}) =>
  office.aProduct({
    unit: 'gruenflaechenamt',
    title: 'Schutzbedürftige Personen',
    openness: 'RESTRICTED',
    personalRef: 'PERSONAL',
    purposes: ['PFLICHTAUFGABE'],
    fields: [{ name: 'anschrift' }, { name: 'notiz', class: 'SENSITIVE' }, { name: 'bezirk' }],
    ...more,
  });
const asked = async (productId: string, more: Partial<EmergencyFormInput> = {}): Promise<EmergencyFormInput> => ({
  productId,
  consumerUnitId: await office.unit('umweltamt'),
  danger: 'KATASTROPHE',
  reason: 'Hochwasser im Rheinbogen, Menschen müssen aus den Häusern.',
  caseNumber: 'KatS 7/2026',
  fields: ['anschrift', 'bezirk'],
  ...more,
});
const opened = async (productId: string, more: Partial<EmergencyFormInput> = {}) =>
  accesses.open(await office.as('eva.bach'), await asked(productId, more));
const confirmed = async (productId: string) => {
  const { id } = await opened(productId);
  return { ...(await accesses.confirm(await office.as('falk.quelle'), id)), id };
};
/** Lets the 24 hours go by: the owner of the tables moves the end, nobody else can. */
const passADay = async (agreementId: string): Promise<void> => {
  await office.rows('ALTER TABLE agreements.agreement DISABLE TRIGGER guard_move');
  await office.rows(
    `UPDATE agreements.agreement SET valid_from = valid_from - interval '25 hours', valid_until = valid_until - interval '25 hours' WHERE id = $1`,
    [agreementId],
  );
  await office.rows('ALTER TABLE agreements.agreement ENABLE TRIGGER guard_move');
  await office.rows('ALTER TABLE requests.access_request DISABLE TRIGGER guard_move');
  await office.rows(
    `UPDATE requests.access_request SET valid_from = valid_from - interval '25 hours', valid_until = valid_until - interval '25 hours'
      WHERE id = (SELECT request_id FROM agreements.agreement WHERE id = $1)`,
    [agreementId],
  );
  await office.rows('ALTER TABLE requests.access_request ENABLE TRIGGER guard_move');
};

describe('an emergency access', () => {
  it('opens nothing until a second person has confirmed it', async () => {
    const product = await aList();
    const { id, state } = await opened(product.id);
    expect(state).toBe('WAITING');
    expect(await office.rows('SELECT FROM agreements.agreement WHERE product_id = $1', [product.id])).toEqual([]);
    expect((await office.events({ emergencyId: id })).map(({ type }) => type)).toEqual(['emergency.opened.v1']);
  });

  it('is an agreement for exactly 24 hours from the confirmation, at once, and the ordinary request still is refused', async () => {
    const product = await aList();
    const ordinary = await office.requests.submit(
      await office.as('eva.bach'),
      await office.aForm(product.id, 'umweltamt', {
        purposeCode: 'KATASTROPHENSCHUTZ',
        legalBasis: ['DSGVO_6_1_D'],
        fields: ['anschrift'],
      }),
    );
    expect(ordinary.state).toBe('REFUSED');
    const { id, state, agreementId } = await confirmed(product.id);
    expect(state).toBe('RUNNING');
    const [row] = await office.rows<{
      state: string;
      consent: string;
      hours: number;
      same: boolean;
      terms: { fields: string[] };
    }>(
      `SELECT a.state, a.consent, extract(epoch FROM a.valid_until - a.valid_from) / 3600 AS hours, a.terms,
              abs(extract(epoch FROM a.valid_from - e.confirmed_at)) < 0.01 AS same
         FROM agreements.agreement a JOIN agreements.emergency_access e ON e.agreement_id = a.id WHERE a.id = $1`,
      [agreementId],
    );
    expect({ ...row, hours: Number(row!.hours), terms: row!.terms.fields }).toEqual({
      state: 'ACTIVE',
      consent: 'EMERGENCY',
      hours: 24,
      same: true,
      terms: ['anschrift', 'bezirk'],
    });
    await office.settle();
    expect((await office.events({ emergencyId: id })).map(({ type }) => type)).toEqual([
      'emergency.opened.v1',
      'emergency.confirmed.v1',
    ]);
    expect((await office.events({ agreementId: agreementId! })).map(({ type }) => type)).toEqual([
      'agreement.offered.v1',
      'agreement.activated.v1',
      'emergency.confirmed.v1',
    ]);
  });

  it('takes two people of the unit with authority, compared by person', async () => {
    const { id } = await opened((await aList()).id);
    for (const who of ['eva.bach', 'clara.linde', 'anna.ahorn', 'uma.schild', 'quirin.stern']) {
      expect([who, await codeOf(accesses.confirm(await office.as(who), id))]).toEqual([
        who,
        expect.stringMatching(/^(not_entitled|emergency_unknown)$/),
      ]);
    }
    // a second head who is the opener: the database would refuse, should the service be wrong
    await expect(
      office.rows(
        `UPDATE agreements.emergency_access SET confirmed_by = opened_by, confirmed_at = now(), request_id = gen_random_uuid(), agreement_id = gen_random_uuid() WHERE id = $1`,
        [id],
      ),
    ).rejects.toThrow('two_persons');
    await expect(
      office.rows(
        `UPDATE requests.access_request SET emergency = jsonb_build_object('danger', 'LEBEN', 'openedBy', requester_person_id, 'confirmedBy', requester_person_id), revision = revision`,
      ),
    ).rejects.toThrow();
    expect(await codeOf(accesses.open(await office.as('falk.quelle'), await asked((await aList()).id)))).toBe(
      'requester_role_missing',
    );
  });

  it('is confirmed by the deputy without waiting for an absence', async () => {
    const { id } = await opened((await aList()).id);
    expect((await accesses.confirm(await office.as('hanna.regen'), id)).state).toBe('RUNNING');
    expect((await office.events({ emergencyId: id })).at(-1)!.facts.as).toBe('DEPUTY');
  });

  it('needs a danger from the list, a reason and a file number, and fields that exist', async () => {
    const { id: productId } = await aList();
    for (const more of [
      { reason: '' },
      { caseNumber: ' ' },
      { danger: 'EILE' as never },
      { fields: [] },
      { fields: ['gehalt'] },
      { form: 'API_LIVE' as never },
    ]) {
      expect([more, await codeOf(opened(productId, more))]).toEqual([more, 'validation_failed']);
    }
    expect(await office.rows('SELECT FROM agreements.emergency_access WHERE product_id = $1', [productId])).toEqual([]);
  });

  it('never opens what the statistics office seals', async () => {
    const product = await aList({ secrecy: ['STATISTIK'] });
    expect(await codeOf(opened(product.id))).toBe('emergency_not_possible');
  });

  it('is ended and reviewed at the Statistikstelle by its head, who has no say over the data of other offices', async () => {
    const table = await office.aProduct({
      unit: 'statistikstelle',
      title: 'Personen je Bezirk',
      personalRef: 'AGGREGATED',
      secrecy: ['STATISTIK'],
      releasedCube: true,
      purposes: ['KATASTROPHENSCHUTZ'],
    });
    const { id } = await opened(table.id, { form: 'TABLE_AGG', fields: ['bezirk'] });
    const { id: other } = await opened((await aList()).id);
    const yara = await office.as('yara.zahl');
    expect((await reads.view(yara, id)).may.end).toBe(true);
    expect((await reads.view(yara, other)).may.end).toBe(false);
    expect(await codeOf(accesses.end(yara, other, 'Die Gefahr ist vorbei.'))).toBe('not_entitled');
    for (const above of ['otto.tafel', 'leonore.leit'])
      expect(await codeOf(accesses.end(await office.as(above), id, 'Die Gefahr ist vorbei.'))).not.toBe('none');
    expect((await accesses.end(yara, id, 'Die Gefahr ist vorbei.')).state).toBe('DROPPED');
    await accesses.end(await office.as('eva.bach'), other, 'Die Gefahr ist vorbei.');
  });

  it('lapses when nobody confirms it in time', async () => {
    const { id } = await opened((await aList()).id);
    await office.rows('ALTER TABLE agreements.emergency_access DISABLE TRIGGER guard_emergency');
    await office.rows(
      `UPDATE agreements.emergency_access SET opened_at = opened_at - interval '3 hours', lapses_at = lapses_at - interval '3 hours' WHERE id = $1`,
      [id],
    );
    await office.rows('ALTER TABLE agreements.emergency_access ENABLE TRIGGER guard_emergency');
    expect(await codeOf(accesses.confirm(await office.as('falk.quelle'), id))).toBe('emergency_lapsed');
    expect((await reads.view(await office.as('eva.bach'), id)).state).toBe('LAPSED');
  });

  it('is one at a time per product and office, also when two are opened in the same instant, and ended is not over until it is reviewed', async () => {
    const { id: productId } = await aList();
    const eva = await office.as('eva.bach');
    const input = await asked(productId);
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(accesses.open(eva, input))));
    expect(codes.sort()).toEqual(['emergency_at_once', 'emergency_at_once', 'none']);
    const [line] = (await reads.list(eva)).filter((one) => one.productId === productId);
    await accesses.confirm(await office.as('falk.quelle'), line!.id);
    expect(await codeOf(accesses.open(eva, input))).toBe('emergency_at_once');
    await accesses.end(await office.as('anna.ahorn'), line!.id, 'Die Lage ist vorbei.');
    expect(await codeOf(accesses.open(eva, input))).toBe('emergency_unreviewed');
    await accesses.giveOpinion(await office.as('uma.schild'), line!.id, { opinion: 'POSITIVE', text: 'Es war nötig.' });
    expect(await codeOf(accesses.open(eva, input))).toBe('emergency_unreviewed');
    await accesses.review(await office.as('anna.ahorn'), line!.id, { finding: 'LAWFUL', text: 'Es war nötig.' });
    expect(await codeOf(accesses.open(eva, input))).toBe('none');
  });

  it('is told at once to owner, data protection officer and Steuerungskreis, and to nobody else', async () => {
    const { id } = await confirmed((await aList()).id);
    for (const who of ['anna.ahorn', 'uma.schild', 'quirin.stern', 'eva.bach', 'falk.quelle']) {
      expect([who, (await reads.notices(await office.as(who))).map((line) => line.id).includes(id)]).toEqual([
        who,
        true,
      ]);
    }
    const [member] = await office.rows<{ key: string }>(
      `SELECT p.key FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id WHERE a.role = 'SK_MITGLIED' LIMIT 1`,
    );
    expect((await reads.notices(await office.as(member!.key))).map((line) => line.id)).toContain(id);
    for (const who of ['ida.stein', 'nils.halle']) {
      expect((await reads.list(await office.as(who))).map((line) => line.id)).not.toContain(id);
      expect(await codeOf(reads.view(await office.as(who), id))).toBe('emergency_unknown');
    }
  });

  it('is ended by the owner at any moment, before the confirmation too', async () => {
    const first = await opened((await aList()).id);
    expect((await accesses.end(await office.as('anna.ahorn'), first.id, 'Wir helfen anders.')).state).toBe('DROPPED');
    expect(await codeOf(accesses.confirm(await office.as('falk.quelle'), first.id))).toBe('emergency_state');
    const second = await confirmed((await aList()).id);
    expect(await codeOf(accesses.end(await office.as('ida.stein'), second.id, 'Ich möchte das nicht.'))).toBe(
      'emergency_unknown',
    );
    expect((await accesses.end(await office.as('anna.ahorn'), second.id, 'Die Lage ist vorbei.')).state).toBe('OVER');
    expect((await office.events({ agreementId: second.agreementId! })).at(-1)!.type).toBe('agreement.revoked.v1');
  });

  it('opens nothing after its 24 hours, also by its decision', async () => {
    const { id, agreementId } = await confirmed((await aList()).id);
    const [{ request_id: requestId } = { request_id: '' }] = await office.rows<{ request_id: string }>(
      'SELECT request_id FROM agreements.agreement WHERE id = $1',
      [agreementId],
    );
    const again = async () =>
      office.app
        .get(UnitOfWork)
        .run((await office.as('eva.bach')).acting, (tx) => office.requests.decideAgain(tx, requestId, 'DELIVERY'));
    expect((await again()).allowed).toBe(true);
    await passADay(agreementId!);
    const over = await again();
    expect([over.allowed, over.because.map(({ code }) => code)]).toEqual([
      false,
      expect.arrayContaining(['emergency_over']),
    ]);
    expect((await reads.view(await office.as('eva.bach'), id)).state).toBe('OVER');
    expect(await codeOf(accesses.confirm(await office.as('falk.quelle'), id))).toBe('emergency_state');
  });
});

describe('the review of an emergency access', () => {
  it('begins when it is over, with the opinion of the data protection officer before the finding of the owner', async () => {
    const { id, agreementId } = await confirmed((await aList()).id);
    const [owner, dsb] = [await office.as('anna.ahorn'), await office.as('uma.schild')];
    const finding = { finding: 'UNLAWFUL' as const, text: 'Ein Anruf hätte gereicht.' };
    expect(await codeOf(accesses.review(owner, id, finding))).toBe('emergency_running');
    expect(await codeOf(accesses.giveOpinion(dsb, id, { opinion: 'NEGATIVE', text: 'Zu viele Felder.' }))).toBe(
      'emergency_running',
    );
    await passADay(agreementId!);
    expect(await codeOf(accesses.review(owner, id, finding))).toBe('emergency_opinion_missing');
    expect(await codeOf(accesses.giveOpinion(owner, id, { opinion: 'POSITIVE', text: 'Alles gut.' }))).toBe(
      'not_entitled',
    );
    expect([(await reads.view(dsb, id)).task, (await reads.view(owner, id)).task]).toEqual(['OPINION', null]);
    await accesses.giveOpinion(dsb, id, { opinion: 'NEGATIVE', text: 'Zu viele Felder.' });
    expect((await reads.view(owner, id)).task).toBe('REVIEW');
    for (const who of ['eva.bach', 'falk.quelle', 'uma.schild'])
      expect(await codeOf(accesses.review(await office.as(who), id, finding))).toBe('not_entitled');
    expect((await accesses.review(owner, id, finding)).state).toBe('REVIEWED');
    expect(await codeOf(accesses.review(owner, id, { finding: 'LAWFUL', text: 'Doch in Ordnung.' }))).toBe(
      'emergency_state',
    );
    // the Steuerungskreis goes on reading it
    const [member] = await office.rows<{ key: string }>(
      `SELECT p.key FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id WHERE a.role = 'SK_MITGLIED' LIMIT 1`,
    );
    expect((await reads.notices(await office.as(member!.key))).find((line) => line.id === id)?.finding).toBe(
      'UNLAWFUL',
    );
    expect((await office.events({ emergencyId: id })).map(({ type }) => type)).toEqual([
      'emergency.opened.v1',
      'emergency.confirmed.v1',
      'emergency.opinion-given.v1',
      'emergency.reviewed.v1',
    ]);
  });

  it('is the work of who answers for this product alone, and of nobody who answers for another', async () => {
    const { id: productId } = await aList();
    const first = await confirmed(productId);
    await passADay(first.agreementId!);
    await accesses.giveOpinion(await office.as('uma.schild'), first.id, {
      opinion: 'POSITIVE',
      text: 'Keine Bedenken.',
    });
    const [unit, person] = [await office.unit('gruenflaechenamt'), await office.person('clara.linde')];
    const answersFor = (scope: string) =>
      office.rows(
        `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, scope_id, valid_from, state, origin)
         VALUES (gen_random_uuid(), $1, 'OWNER', $2, 'PRODUCT', $3, now(), 'IN_FORCE', 'SETUP')`,
        [person, unit, scope],
      );
    const finding = { finding: 'LAWFUL' as const, text: 'Es ging nicht anders.' };
    await answersFor((await aList()).id);
    expect((await reads.view(await office.as('clara.linde'), first.id)).task).toBe(null);
    expect(await codeOf(accesses.review(await office.as('clara.linde'), first.id, finding))).toBe('not_entitled');
    await answersFor(productId);
    expect((await reads.view(await office.as('clara.linde'), first.id)).task).toBe('REVIEW');
    expect((await accesses.review(await office.as('clara.linde'), first.id, finding)).state).toBe('REVIEWED');
    const second = await confirmed(productId);
    expect((await accesses.end(await office.as('clara.linde'), second.id, 'Die Lage ist vorbei.')).state).toBe('OVER');
    await office.rows(
      `UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE person_id = $1 AND scope_kind = 'PRODUCT'`,
      [person],
    );
  });

  it('is told once when it is late, with whose word is missing', async () => {
    const { id, agreementId } = await confirmed((await aList()).id);
    await passADay(agreementId!);
    const told = async () =>
      (await office.events({ emergencyId: id })).filter(({ type }) => type === 'emergency.review-overdue.v1');
    const round = () => office.app.get(Schedules).named('agreements.emergency-reviews')!.run(office.uow);
    await round();
    expect(await told()).toEqual([]);
    for (let day = 0; day < 7; day += 1) await passADay(agreementId!);
    await round();
    await round();
    expect((await told()).map(({ facts }) => facts.waitsFor)).toEqual(['OPINION']);
    expect((await reads.view(await office.as('anna.ahorn'), id)).reviewOverdue).toBe(true);
  });

  it('can not be written around: the database holds order, persons and time', async () => {
    const { id, agreementId } = await confirmed((await aList()).id);
    const set = (what: string) => office.rows(`UPDATE agreements.emergency_access SET ${what} WHERE id = $1`, [id]);
    const dsb = `opinion = 'POSITIVE', opinion_text = 'gut', opinion_by = '${await office.person('uma.schild')}', opinion_at = now()`;
    await expect(set(dsb)).rejects.toThrow('when it is over');
    await passADay(agreementId!);
    await expect(
      set(
        `finding = 'LAWFUL', finding_text = 'gut', finding_by = '${await office.person('anna.ahorn')}', finding_at = now()`,
      ),
    ).rejects.toThrow();
    await set(dsb);
    await expect(set(`opinion = 'NEGATIVE'`)).rejects.toThrow('not changed');
    await expect(
      set(`finding = 'LAWFUL', finding_text = 'gut', finding_by = opened_by, finding_at = now()`),
    ).rejects.toThrow('own_part');
    await expect(set(`reason = 'Ein ganz anderer Grund'`)).rejects.toThrow('not changed');
    await expect(
      office.rows(
        `UPDATE agreements.agreement SET valid_until = valid_until + interval '1 day', revision = revision + 1 WHERE id = $1`,
        [agreementId],
      ),
    ).rejects.toThrow();
  });
});
