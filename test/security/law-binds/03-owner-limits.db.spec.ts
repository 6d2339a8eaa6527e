import type { Signed } from '../../journeys/city';
import { aRunningCity, type RunningCity } from '../../support/city.fixture';
import { ask, type Decided, formFor, type Offered, offered, revisionOf } from '../../support/published';

let city: RunningCity;
beforeAll(async () => void (city = await aRunningCity()), 60_000);
afterAll(() => city?.close());

const as = (name: string): Promise<Signed> => city.as(name);
const limited = (title: string, governance: Record<string, unknown>, card: Record<string, unknown> = {}) =>
  offered(city, 'gruenflaechenamt', { title, governance, card });
const asked = async (product: Offered, change: Record<string, unknown> = {}): Promise<Decided['decision']> =>
  (await ask(city, await as('eva.bach'), 'umweltamt', product, change)).decision;
const codes = ({ because }: Decided['decision']): (string | undefined)[] => because.map(({ code }) => code);

describe('a limit of the owner', () => {
  it('of the recipients keeps other offices out, and the card says so as a rule, not as a promise', async () => {
    const product = await limited('Nur dasselbe Amt', { recipientKinds: ['SAME_OFFICE'] });
    const decision = await asked(product);
    expect([decision.outcome, ...codes(decision)]).toEqual(['FORBID', 'recipient_not_offered']);
    // the kind beside it: seen by the own office alone
    const unseen = await limited('Nur für uns', { discoverScope: 'OWN' });
    const { status } = await (await as('eva.bach')).post('/v1/requests', await formFor(city, 'umweltamt', unseen));
    expect(status).toBe(404);
  });

  it('of the recipients says that it is the processor who is kept out, and the way out is to do without', async () => {
    const product = await limited('Kein Dienstleister', { recipientKinds: ['SAME_OFFICE', 'OTHER_OFFICE'] });
    const change = { processorUnitId: await city.unit('gebaeudedienste') };
    const decision = await asked(product, change);
    expect([decision.outcome, ...codes(decision)]).toEqual(['FORBID', 'processor_not_offered']);
    expect(decision.because[0]?.text).toContain('nicht an Auftragsverarbeiter');
    const check = async (who: string, unit: string, more: Record<string, unknown>) =>
      (await as(who)).must<Decided['decision'] & { alternatives: { text: string; form: Record<string, unknown> }[] }>(
        'POST',
        '/v1/requests/check',
        await formFor(city, unit, product, more),
      );
    const { alternatives } = await check('eva.bach', 'umweltamt', change);
    expect(alternatives[0]).toMatchObject({
      text: 'So ginge es sofort: ohne Auftragsverarbeiter.',
      form: { processorUnitId: null },
    });
    expect((await asked(product, { processorUnitId: null })).outcome).toMatch(/^PERMIT/);
    // the kind beside it: the processor asks itself, and can not do without itself
    const itself = await check('nils.halle', 'gebaeudedienste', { onBehalfOfUnitId: await city.unit('umweltamt') });
    expect(codes(itself)).toContain('processor_not_offered');
    expect(codes(itself)).not.toContain('recipient_not_offered');
    expect(itself.alternatives.filter(({ text }) => text.includes('Auftragsverarbeiter'))).toEqual([]);
    // and the office is told of itself where it is the office that is kept out
    const closed = await limited('Kein Amt', { recipientKinds: ['SAME_OFFICE', 'PROCESSOR'] });
    expect(codes(await asked(closed, change))).toEqual(['recipient_not_offered']);
  });

  it('of the length is refused, never cut, and the pre-check names what would pass', async () => {
    const product = await limited('Drei Wochen', {}, { maxDays: 21 });
    const decision = await asked(product, { until: city.day(299) });
    expect([decision.outcome, ...codes(decision)]).toEqual(['FORBID', 'longer_than_offered']);
    const form = await formFor(city, 'umweltamt', product, { until: city.day(21) });
    const eva = await as('eva.bach');
    const { alternatives } = await eva.must<{ alternatives: { text: string; form: { until: string } }[] }>(
      'POST',
      '/v1/requests/check',
      form,
    );
    expect(alternatives[0]).toMatchObject({
      text: 'So ginge es sofort: für höchstens 21 Tage.',
      form: { until: city.day(20) },
    });
    expect(await asked(product, { until: city.day(20) })).toMatchObject({ outcome: 'PERMIT' });
  });

  it('of the form is refused', async () => {
    const product = await limited('Kein Abruf', {}, { offers: ['ROWLEVEL'] });
    const decision = await asked(product, { form: 'API_LIVE' });
    expect([decision.outcome, ...codes(decision)]).toEqual(['FORBID', 'form_not_offered']);
  });

  it('of the detail is refused where single records of people are asked for', async () => {
    const product = await limited(
      'Nur Zahlen',
      { openness: 'INTERNAL', personalRef: 'PERSONAL', secrecy: [], protectionC: 'hoch' },
      { detailLevels: ['AGGREGIERT'] },
    );
    const decision = await asked(product, { legalBasis: ['DSGVO_6_1_E'] });
    expect(decision.outcome).toBe('FORBID');
    expect(codes(decision)).toContain('detail_not_offered');
  });

  it('of the days of an answer is the deadline of the own desks, and of nobody else', async () => {
    const conditions = { aiUse: 'MIT_BEDINGUNGEN', aiConditions: 'Nur im eigenen Rechenzentrum.' };
    const daysOf = async (slaDays: number) => {
      const governance = { allowedPurposes: ['KI_AUSWERTUNG'] };
      const product = await limited(`Antwort in ${slaDays} Tagen`, governance, { ...conditions, slaDays });
      const { id } = await ask(city, await as('eva.bach'), 'umweltamt', product, {
        purposeCode: 'KI_AUSWERTUNG',
        declarations: { usesAi: true },
      });
      await city.settle();
      const steps = await city.rows<{ step: string; days: number }>(
        'SELECT step, working_days AS days FROM approvals.task WHERE request_id = $1',
        [id],
      );
      return Object.fromEntries(steps.map(({ step, days }) => [step, days]));
    };
    const usual = await daysOf(250);
    expect(usual.OWNER).toBeGreaterThan(1);
    expect(await daysOf(1)).toEqual({ ...usual, OWNER: 1 });
  });

  it('stands in the agreement where it is a term', async () => {
    const product = await limited('Mit Bedingungen', {}, { termsId: 'NB-7' });
    const { id } = await ask(city, await as('eva.bach'), 'umweltamt', product);
    await city.settle();
    const { text } = await city.one<{ text: string }>(
      'SELECT terms_text AS text FROM agreements.agreement WHERE request_id = $1',
      [id],
    );
    expect(text).toContain('NB-7');
    expect(text).toMatch(/Nutzung für künstliche Intelligenz\W+nein/);
  });

  it('changes by a revision and a new release only, and running agreements are decided again', async () => {
    const product = await limited('Im Gebrauch', {}, {});
    const { id } = await ask(city, await as('eva.bach'), 'umweltamt', product);
    await city.settle();
    const eva = await as('eva.bach');
    const agreement = await city.one<{ id: string; revision: number }>(
      'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
      [id],
    );
    await eva.must('POST', `/v1/agreements/${agreement.id}/confirmation`, {
      revision: agreement.revision,
      answers: {},
    });
    const stateNow = async () => {
      await city.settle();
      return city.one<{ state: string; because: { code: string }[] | null }>(
        'SELECT state, suspended_because AS because FROM agreements.agreement WHERE id = $1',
        [agreement.id],
      );
    };
    expect((await stateNow()).state).toBe('ACTIVE');
    const [clara, anna] = [await as('clara.linde'), await as('anna.ahorn')];
    const at = `/v1/products/${product.productId}`;
    for (const patch of [{ card: { maxDays: 7 } }, { card: { aiUse: 'JA' } }, { accessRights: 'PUBLIC' }]) {
      const { status, body } = await clara.patch(at, { revision: await revisionOf(city, product.productId), patch });
      expect([status, body.code]).toEqual([409, 'product_fixed']);
    }
    // nor by a script
    await expect(
      city.rows(`UPDATE catalogue.product SET revision = revision + 1, card = card || '{"maxDays": 7}' WHERE id = $1`, [
        product.productId,
      ]),
    ).rejects.toThrow('a released classification changes by a new release only');
    const step = async (who: Signed, what: string, more: object = {}) =>
      who.must('POST', `${at}/${what}`, { revision: await revisionOf(city, product.productId), ...more });
    await step(clara, 'revision');
    expect((await stateNow()).state).toBe('SUSPENDED');
    await clara.must('PATCH', at, {
      revision: await revisionOf(city, product.productId),
      patch: { card: { maxDays: 7 } },
    });
    await step(clara, 'submission');
    await step(anna, 'release');
    await step(anna, 'offer');
    const after = await stateNow();
    expect(after.state).toBe('SUSPENDED');
    expect(after.because?.map(({ code }) => code)).toContain('R-LIM-05');
  });
});

describe('artificial intelligence', () => {
  const open = (aiUse: string, more: Record<string, unknown> = {}) =>
    limited(
      `KI ${aiUse} ${Object.keys(more).join()}`,
      { allowedPurposes: ['KI_TRAINING', 'KI_ASSISTENZ', 'PFLICHTAUFGABE'] },
      { aiUse, ...more },
    );
  const training = { purposeCode: 'KI_TRAINING', declarations: { usesAi: true } };

  it('that the owner does not allow is no purpose and no side effect of one', async () => {
    const product = await open('NEIN');
    for (const purposeCode of ['KI_TRAINING', 'KI_ASSISTENZ'])
      expect(codes(await asked(product, { purposeCode, declarations: { usesAi: true } }))).toContain('ai_not_allowed');
    // gamed: the duty of an office, and the truth in the answer
    const gamed = { purposeCode: 'PFLICHTAUFGABE', purposeText: 'Training eines Modells der künstlichen Intelligenz.' };
    expect(codes(await asked(product, { ...gamed, declarations: { usesAi: true } }))).toContain('ai_not_allowed');
  });

  it('has to be answered, and no answer opens nothing', async () => {
    const product = await open('NEIN');
    const { declarations, ...form } = await formFor(city, 'umweltamt', product);
    const { usesAi: _, ...others } = declarations as Record<string, unknown>;
    const { status, body } = await (
      await as('eva.bach')
    ).post<{ errors?: { pointer: string }[] }>('/v1/requests', { ...form, declarations: others });
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/declarations/usesAi']);
  });

  it.each(['KI_TRAINING', 'KI_AUSWERTUNG', 'KI_ASSISTENZ'])('as the purpose %s is no use without it', async (code) => {
    const product = await limited(`KI als Zweck: ${code}`, { allowedPurposes: [code] }, { aiUse: 'JA' });
    const eva = await as('eva.bach');
    const form = await formFor(city, 'umweltamt', product, { purposeCode: code, declarations: { usesAi: false } });
    for (const path of ['/v1/requests', '/v1/requests/check']) {
      const { status, body } = await eva.post<{ errors?: { pointer: string; code: string; detail: string }[] }>(
        path,
        form,
      );
      expect([path, status, body.errors]).toMatchObject([
        path,
        422,
        [{ pointer: '/declarations/usesAi', code: 'contradiction', detail: expect.any(String) }],
      ]);
      const { detail } = body.errors![0]!;
      expect(detail).toContain('„Werden die Daten für künstliche Intelligenz genutzt?“');
      expect(detail).toMatch(/^Der Zweck „[^“]*künstliche[^“]*Intelligenz[^“]*“/);
    }
    // a form that is not finished is told as early, and one that leaves the question open is asked it
    const begun = { productId: product.productId, consumerUnitId: form.consumerUnitId, purposeCode: code };
    const { status } = await eva.post('/v1/requests/check', { ...begun, declarations: { usesAi: false } });
    expect(status).toBe(422);
    expect((await eva.post('/v1/requests/check', begun)).status).toBe(200);
    const yes = { ...form, declarations: { ...(form.declarations as object), usesAi: true } };
    expect((await eva.post('/v1/requests', yes)).status).toBe(201);
  });

  it('is not taken back by an answer to a question while the purpose stays', async () => {
    const product = await open('MIT_BEDINGUNGEN', { aiConditions: 'Nur im eigenen Rechenzentrum.' });
    const eva = await as('eva.bach');
    const { id } = await ask(city, eva, 'umweltamt', product, training);
    await city.settle();
    const revision = async () =>
      (await city.one<{ revision: number }>('SELECT revision FROM requests.access_request WHERE id = $1', [id]))
        .revision;
    const task = await city.task(id, 'REQ_HEAD');
    await (
      await as('falk.quelle')
    ).must('POST', `/v1/tasks/${task.id}/question`, { revision: await revision(), text: 'Wofür genau?' });
    const form = await formFor(city, 'umweltamt', product, { ...training, declarations: { usesAi: false } });
    const { status, body } = await eva.post<{ errors?: { code: string }[] }>(`/v1/requests/${id}/answers`, {
      revision: await revision(),
      text: 'Ohne künstliche Intelligenz.',
      form,
    });
    expect([status, body.errors?.map(({ code }) => code)]).toEqual([422, ['contradiction']]);
  });

  it('is asked for where the owner allows it too, whatever the purpose is called', async () => {
    const product = await limited('KI ist erlaubt', { allowedPurposes: ['VERKEHRSPLANUNG'] }, { aiUse: 'JA' });
    const hidden = { purposeCode: 'VERKEHRSPLANUNG', purposeText: 'Wir werten die Daten mit KI aus.' };
    const { declarations, ...form } = await formFor(city, 'umweltamt', product, hidden);
    const { usesAi: _, ...others } = declarations as Record<string, unknown>;
    const open = { ...form, declarations: others };
    const eva = await as('eva.bach');
    const check = await eva.must<Decided['decision'] & { unanswered: { pointer: string; detail: string }[] }>(
      'POST',
      '/v1/requests/check',
      open,
    );
    expect([check.outcome, ...codes(check)]).toEqual(['FORBID', 'ai_purpose_missing']);
    // the open question is told before the stricter answer is taken for one
    expect(check.unanswered).toMatchObject([
      {
        pointer: '/declarations/usesAi',
        detail: 'Bitte beantworten Sie: Werden die Daten für künstliche Intelligenz genutzt?',
      },
    ]);
    const { status, body } = await eva.post<{ errors?: { pointer: string }[] }>('/v1/requests', open);
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/declarations/usesAi']);
    expect(codes(await asked(product, { ...hidden, declarations: { usesAi: true } }))).toContain('ai_purpose_missing');
  });

  it('is allowed by an agreement for such a use only; a no stands in it as a declaration', async () => {
    const textOf = async (product: Offered, change: Record<string, unknown>) => {
      const { id } = await ask(city, await as('eva.bach'), 'umweltamt', product, change);
      await city.settle();
      const rows = await city.rows<{ text: string }>(
        'SELECT terms_text AS text FROM agreements.agreement WHERE request_id = $1',
        [id],
      );
      return rows[0]?.text;
    };
    const allowed = await open('JA');
    const other = await textOf(allowed, { purposeCode: 'PFLICHTAUFGABE' });
    expect(other).toMatch(/Nutzung für künstliche Intelligenz\W+nein/);
    expect(other).not.toContain('KI-Nutzung');
    expect(await textOf(allowed, training)).toMatch(/KI-Nutzung\W+erlaubt/);
    // the conditions beside it: of a use nobody asked for
    const conditions = await open('MIT_BEDINGUNGEN', { aiConditions: 'Nur im eigenen Rechenzentrum.' });
    const plain = await textOf(conditions, { purposeCode: 'PFLICHTAUFGABE' });
    expect(plain).toMatch(/Nutzung für künstliche Intelligenz\W+nein/);
    expect(plain).not.toContain('Rechenzentrum');
    // that it is not allowed is said to everybody
    expect(await textOf(await open('NEIN'), { purposeCode: 'PFLICHTAUFGABE' })).toMatch(/KI-Nutzung\W+nicht erlaubt/);
  });

  it('on conditions is decided by the owner, and the conditions stand in the agreement', async () => {
    const without = await open('MIT_BEDINGUNGEN');
    expect(codes(await asked(without, training))).toContain('ai_conditions_missing');
    const product = await open('MIT_BEDINGUNGEN', { aiConditions: 'Nur im eigenen Rechenzentrum.' });
    const decision = await asked(product, training);
    expect(decision.outcome).toBe('APPROVAL');
    expect(decision.obligations.map(({ id }) => id)).toEqual(expect.arrayContaining(['O-AICOND', 'O-AIUSE']));
  });

  it('is named as a purpose also where the owner allows it', async () => {
    const product = await open('JA');
    expect(codes(await asked(product, { purposeCode: 'PFLICHTAUFGABE', declarations: { usesAi: true } }))).toContain(
      'ai_purpose_missing',
    );
    expect((await asked(product, training)).outcome).toBe('PERMIT_OBL');
  });
});
