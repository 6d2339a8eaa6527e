// One file because all of it stands on the same office: chain, questions, four eyes, opinions, time.
import { Schedules } from '#lib/kernel';
import { OrganisationService } from '#lib/organisation';
import { codeOf, Office } from '../../../test/support/office';
import { Deadlines } from './deadlines.service';
import { taskStates } from './task.states';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());
beforeEach(async () => {
  await office.rows('DELETE FROM organisation.absence');
  await office.endContracts();
});

/** zoe.plan asks the Tiefbau- und Vermessungsamt for restricted technical data: chain A8. */
async function anA8(more: object = {}): Promise<{ id: string; number: string }> {
  const product = await office.aProduct({
    unit: 'tiefbau-vermessungsamt',
    openness: 'RESTRICTED',
    title: 'Höhenmodell',
  });
  const receipt = await office.requests.submit(
    await office.as('zoe.plan'),
    await office.aForm(product.id, 'stadtplanungsamt', more),
  );
  await office.settle();
  return receipt;
}
/** Somebody of the Städtische Gebäudedienste GmbH asks the Hochbauamt for internal data: chain A1 with LEGAL. */
async function anA1(key = 'nils.halle'): Promise<{ id: string }> {
  const product = await office.aProduct({ unit: 'hochbauamt', title: 'Gebäudedatenkataster' });
  const receipt = await office.requests.submit(
    await office.as(key),
    await office.aForm(product.id, 'gebaeudedienste', { purposeCode: 'GEBAEUDEMANAGEMENT' }),
  );
  await office.settle();
  return receipt;
}
const contract = () => ({
  kind: 'DUV' as const,
  reference: 'Az. 30-4711',
  validFrom: new Date(Date.now() - 86_400_000).toISOString(),
  validTo: new Date(Date.now() + 300 * 86_400_000).toISOString(),
});
const confirmContract = async (requestId: string, withContract: boolean) => {
  const { id } = await office.task(requestId, 'LEGAL');
  const input = { revision: await office.revision(requestId), ...(withContract ? { contract: contract() } : {}) };
  return office.approvals.confirmContract(await office.as('theo.satz'), id, input);
};
const states = async (requestId: string) =>
  Object.fromEntries(
    (
      await office.rows<{ step: string; state: string }>(
        'SELECT step, state FROM approvals.task WHERE request_id = $1',
        [requestId],
      )
    ).map(({ step, state }) => [step, state]),
  );
const requestState = async (id: string) =>
  (await office.rows<{ state: string }>('SELECT state FROM requests.access_request WHERE id = $1', [id]))[0]!.state;
const overdue = (taskId: string, by = '1 hour') =>
  office.rows(`UPDATE approvals.task SET due_at = now() - $2::interval WHERE id = $1`, [taskId, by]);
const appoint = async (person: string, role: string, unit: string) =>
  office.rows(
    `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin) VALUES (gen_random_uuid(), $1, $2, $3, 'UNIT', now(), 'IN_FORCE', 'SETUP')`,
    [await office.person(person), role, await office.unit(unit)],
  );
const lose = async (person: string, role: string) =>
  office.rows(
    `UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE person_id = $1 AND role = $2 AND state = 'IN_FORCE'`,
    [await office.person(person), role],
  );

describe('the chain', () => {
  test('A8 runs step by step: a stage opens when the one before is complete, and the last approval approves', async () => {
    const { id } = await anA8();
    expect(await states(id)).toEqual({
      REQ_HEAD: 'OPEN',
      STEWARD: 'WAITING',
      ISB: 'WAITING',
      OWNER: 'WAITING',
      GS: 'WAITING',
    });
    expect(await codeOf(office.approve('lars.pfad', id, 'OWNER'))).toBe('task_not_open');
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    await office.approve('mia.bruecke', id, 'STEWARD');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    await office.approve('lars.pfad', id, 'OWNER');
    expect(await office.approve('quirin.stern', id, 'GS')).toMatchObject({
      taskState: 'APPROVED',
      requestState: 'APPROVED',
    });
    const types = (await office.events({ requestId: id })).map(({ type }) => type);
    expect(types.at(-1)).toBe('request.approved.v1');
  });

  test('A1 with a company waits for the Rechtsamt until a contract is valid', async () => {
    const { id } = await anA1();
    await office.approve('olga.dach', id, 'REQ_HEAD');
    expect(await codeOf(confirmContract(id, false))).toBe('contract_missing');
    expect(await states(id)).toMatchObject({ LEGAL: 'OPEN', OWNER: 'WAITING' });
    await confirmContract(id, true);
    expect(await office.approve('ida.stein', id, 'OWNER')).toMatchObject({ requestState: 'APPROVED' });
  });

  test('A4 hears data protection and information security side by side before the owner decides', async () => {
    const product = await office.aProduct({ unit: 'hochbauamt', openness: 'RESTRICTED' });
    const form = await office.aForm(product.id, 'gebaeudedienste', { purposeCode: 'GEBAEUDEMANAGEMENT' });
    const { id } = await office.requests.submit(await office.as('nils.halle'), form);
    await office.settle();
    await office.approve('olga.dach', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    expect(await states(id)).toMatchObject({ DSB: 'OPEN', ISB: 'OPEN', LEGAL: 'WAITING' });
    await office.advise('uma.schild', id, 'DSB', 'CONDITIONAL');
    expect(await states(id)).toMatchObject({ ISB: 'OPEN', LEGAL: 'WAITING' });
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    await confirmContract(id, true);
    await office.approve('ida.stein', id, 'OWNER');
    expect(await office.approve('rosa.mond', id, 'GS')).toMatchObject({ requestState: 'APPROVED' });
  });

  test('a product that is revised meanwhile goes to no next desk; before, the last approval was taken and refused', async () => {
    const { id } = await anA1();
    await office.rows(
      `UPDATE catalogue.product SET state = 'DRAFT', revision = revision + 1 WHERE id = (SELECT product_id FROM requests.access_request WHERE id = $1)`,
      [id],
    );
    expect(await codeOf(office.approve('olga.dach', id, 'REQ_HEAD'))).toBe('product_in_revision');
    expect(await requestState(id)).toBe('IN_REVIEW');
  });

  test('a rule that changed meanwhile wins over the approval: without a valid review of the product nothing is approved', async () => {
    const { id } = await anA1();
    await office.approve('olga.dach', id, 'REQ_HEAD');
    await confirmContract(id, true);
    // the review of the product is overdue, which forbids
    await office.rows('ALTER TABLE catalogue.product DISABLE TRIGGER USER');
    await office.rows(
      `UPDATE catalogue.product SET review_by = current_date - 2, revision = revision + 1 WHERE id = (SELECT product_id FROM requests.access_request WHERE id = $1)`,
      [id],
    );
    await office.rows('ALTER TABLE catalogue.product ENABLE TRIGGER USER');
    expect(await office.approve('ida.stein', id, 'OWNER')).toMatchObject({
      taskState: 'APPROVED',
      requestState: 'REFUSED',
    });
    const [{ refusal }] = (await office.rows('SELECT refusal FROM requests.access_request WHERE id = $1', [id])) as [
      { refusal: object },
    ];
    expect(refusal).toMatchObject({ by: 'RULES' });
  });

  test('further steps that a rule asks for meanwhile are added, and what was done stays done', async () => {
    // the contract was valid when it was asked, so there was no step for the Rechtsamt; then it ended
    await office.contract('gebaeudedienste', 'hochbauamt');
    const { id } = await anA1();
    expect(Object.keys(await states(id)).sort()).toEqual(['OWNER', 'REQ_HEAD']);
    await office.approve('olga.dach', id, 'REQ_HEAD');
    await office.endContracts();
    expect(await office.approve('ida.stein', id, 'OWNER')).toMatchObject({ requestState: 'IN_REVIEW' });
    await office.settle();
    expect(await states(id)).toEqual({ REQ_HEAD: 'APPROVED', OWNER: 'APPROVED', LEGAL: 'OPEN' });
    expect(await confirmContract(id, true)).toMatchObject({ requestState: 'APPROVED' });
  });

  test('one refusal ends the request, closes the rest and keeps reason and text', async () => {
    const { id } = await anA8();
    const task = await office.task(id, 'REQ_HEAD');
    const input = {
      revision: await office.revision(id),
      reasonCode: 'UMFANG_ZU_GROSS' as const,
      text: 'Bitte nur den Bezirk Mitte.',
    };
    expect(await office.approvals.refuse(await office.as('ron.rinne'), task.id, input)).toMatchObject({
      taskState: 'REFUSED',
      requestState: 'REFUSED',
    });
    expect(await states(id)).toEqual({
      REQ_HEAD: 'REFUSED',
      STEWARD: 'CLOSED',
      ISB: 'CLOSED',
      OWNER: 'CLOSED',
      GS: 'CLOSED',
    });
    expect((await office.views.view(await office.as('zoe.plan'), id)).refusal).toMatchObject({
      by: 'PERSON',
      reasonCode: 'UMFANG_ZU_GROSS',
    });
    await office.settle();
    expect(await requestState(id)).toBe('REFUSED');
  });

  test('conditions narrow from approver to approver and never widen again', async () => {
    const { id } = await anA8({ fields: ['art', 'hoehe', 'bezirk'], recipients: ['Sachgebiet A', 'Sachgebiet B'] });
    await office.approve('ron.rinne', id, 'REQ_HEAD', { conditions: { fields: ['art', 'hoehe'] } });
    expect(await codeOf(office.approve('mia.bruecke', id, 'STEWARD', { conditions: { fields: ['bezirk'] } }))).toBe(
      'widening_not_allowed',
    );
    expect(await codeOf(office.approve('mia.bruecke', id, 'STEWARD', { conditions: { until: office.day(120) } }))).toBe(
      'widening_not_allowed',
    );
    expect(
      await codeOf(
        office.approve('mia.bruecke', id, 'STEWARD', {
          conditions: { rows: { column: 'hoehe', op: 'eq', value: 'hoch' } },
        }),
      ),
    ).toBe('validation_failed');
    await office.approve('mia.bruecke', id, 'STEWARD', {
      conditions: { rows: { column: 'bezirk', op: 'eq', value: 'Mitte' }, until: office.day(30) },
    });
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    await office.approve('lars.pfad', id, 'OWNER', { conditions: { fields: ['art'], recipients: ['Sachgebiet A'] } });
    await office.approve('quirin.stern', id, 'GS');
    const view = await office.views.view(await office.as('zoe.plan'), id);
    expect(view.conditions).toEqual({
      fields: ['art'],
      rows: { column: 'bezirk', op: 'eq', value: 'Mitte' },
      until: office.day(30),
      recipients: ['Sachgebiet A'],
    });
    expect(new Date(view.validUntil).getTime()).toBeLessThan(Date.now() + 32 * 86_400_000);
  });
});

describe('questions', () => {
  test('while a question is open nobody decides; a plain answer goes on where it stood, with the time that was left', async () => {
    const { id } = await anA8();
    const task = await office.task(id, 'REQ_HEAD');
    const shown = await office.revision(id);
    const { questionId } = await office.approvals.askBack(await office.as('ron.rinne'), task.id, {
      revision: shown,
      text: 'Wofür genau?',
    });
    expect(await codeOf(office.approve('ron.rinne', id, 'REQ_HEAD'))).toBe('request_state');
    const zoe = await office.as('zoe.plan');
    const view = await office.views.view(zoe, id);
    expect(view).toMatchObject({ state: 'QUESTION', openQuestionId: questionId, may: { answer: true } });
    const [before] = await office.rows<{ due_at: Date }>('SELECT due_at FROM approvals.task WHERE id = $1', [task.id]);
    await office.requests.answer(zoe, id, { revision: view.revision, text: 'Für die Starkregenkarte.' });
    await office.settle();
    const [after] = await office.rows<{ due_at: Date }>('SELECT due_at FROM approvals.task WHERE id = $1', [task.id]);
    expect(after!.due_at.getTime()).toBeGreaterThan(before!.due_at.getTime());
    // a page from before the question is stale
    expect(await codeOf(office.approvals.approve(await office.as('ron.rinne'), task.id, { revision: shown }))).toBe(
      'request_changed',
    );
    expect(await office.approve('ron.rinne', id, 'REQ_HEAD')).toMatchObject({ taskState: 'APPROVED' });
  });

  test('a form that asks for less goes on where it stood, and for nothing that was taken out; before, it began anew', async () => {
    const { id } = await anA8();
    await office.approve('ron.rinne', id, 'REQ_HEAD', {
      conditions: { fields: ['art', 'hoehe'], note: 'Nur intern.' },
    });
    const steward = await office.task(id, 'STEWARD');
    const revision = await office.revision(id);
    await office.approvals.askBack(await office.as('mia.bruecke'), steward.id, {
      revision,
      text: 'Reicht auch ohne Höhe?',
    });
    const zoe = await office.as('zoe.plan');
    const view = await office.views.view(zoe, id);
    const form = { ...view.form, fields: ['art'] };
    await office.requests.answer(zoe, id, { revision: view.revision, text: 'Ja.', form });
    await office.settle();
    expect(await office.task(id, 'REQ_HEAD')).toMatchObject({ state: 'APPROVED' });
    expect(await office.task(id, 'STEWARD')).toMatchObject({ id: steward.id, state: 'OPEN' });
    await office.approve('mia.bruecke', id, 'STEWARD');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    await office.approve('lars.pfad', id, 'OWNER');
    expect(await office.approve('quirin.stern', id, 'GS')).toMatchObject({ requestState: 'APPROVED' });
    const { form: asked, conditions } = await office.views.view(zoe, id);
    expect([asked.fields, conditions]).toEqual([['art'], { fields: ['art'], note: 'Nur intern.' }]);
  });

  test('a form that asks for more, or for something else, begins the chain anew: no approval covers a text nobody read', async () => {
    const { id } = await anA8();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    const steward = await office.task(id, 'STEWARD');
    const shown = await office.revision(id);
    await office.approvals.askBack(await office.as('mia.bruecke'), steward.id, {
      revision: shown,
      text: 'Reicht auch ohne Höhe?',
    });
    const zoe = await office.as('zoe.plan');
    const { form, revision } = await office.views.view(zoe, id);
    await office.requests.answer(zoe, id, { revision, text: 'Ja.', form: { ...form, fields: ['art', 'bezirk'] } });
    await office.settle();
    expect(
      await codeOf(office.approvals.approve(await office.as('mia.bruecke'), steward.id, { revision: shown })),
    ).toBe('task_not_open');
    expect(await office.task(id, 'REQ_HEAD')).toMatchObject({ state: 'OPEN' });
    expect(await office.task(id, 'STEWARD')).toMatchObject({ state: 'WAITING' });
    const view = await office.views.view(zoe, id);
    expect(view.thread.map(({ kind, changed }) => [kind, changed])).toEqual([
      ['QUESTION', []],
      ['ANSWER', ['fields']],
    ]);
    expect(view.history).toHaveLength(2);
  });
});

describe('four eyes', () => {
  test('K1: the requester does not approve, neither as the deputy of the absent owner', async () => {
    const { id } = await anA1('jan.ziegel');
    await office.approve('olga.dach', id, 'REQ_HEAD');
    await confirmContract(id, true);
    await office.absent('ida.stein');
    expect(await codeOf(office.approve('jan.ziegel', id, 'OWNER'))).toBe('self_approval');
    expect(await office.inbox.inbox(await office.as('jan.ziegel'))).toEqual([]);
    const view = await office.inbox.task(await office.as('jan.ziegel'), (await office.task(id, 'OWNER')).id);
    expect(view.may).toMatchObject({ approve: false, because: expect.stringContaining('Über den eigenen Antrag') });
  });

  test('nor through a colleague who deputises for the requester', async () => {
    await appoint('ida.stein', 'REQUESTER', 'gebaeudedienste');
    const { id } = await anA1('ida.stein');
    await office.approve('olga.dach', id, 'REQ_HEAD');
    await confirmContract(id, true);
    await office.absent('ida.stein');
    expect(await codeOf(office.approve('ida.stein', id, 'OWNER'))).toBe('self_approval');
    // jan has no part in it himself, but stands in for the requester
    expect((await office.inbox.inbox(await office.as('jan.ziegel'))).map(({ requestId }) => requestId)).not.toContain(
      id,
    );
    expect(await codeOf(office.approve('jan.ziegel', id, 'OWNER'))).toBe('self_approval');
    await lose('ida.stein', 'REQUESTER');
  });

  test('nor with a second account: the person counts', async () => {
    const { id } = await anA1('jan.ziegel');
    await office.approve('olga.dach', id, 'REQ_HEAD');
    await confirmContract(id, true);
    await office.absent('ida.stein');
    await office.rows(
      `INSERT INTO organisation.account (iss, sub, person_id) VALUES ('http://idp.example/realms/datenraum', 'second', $1)`,
      [await office.person('jan.ziegel')],
    );
    const second = await office.app.get(OrganisationService).actorFor({
      iss: 'http://idp.example/realms/datenraum',
      sub: 'second',
      clientId: 'x',
      kind: 'person',
      expiresAt: new Date(),
    });
    const { id: taskId } = await office.task(id, 'OWNER');
    expect(await codeOf(office.approvals.approve(second, taskId, { revision: await office.revision(id) }))).toBe(
      'self_approval',
    );
  });

  test('who endorsed a request for the asking side does not decide it for the giving side', async () => {
    await appoint('lars.pfad', 'REQ_HEAD', 'stadtplanungsamt');
    const { id } = await anA8();
    await office.approve('lars.pfad', id, 'REQ_HEAD');
    await office.approve('mia.bruecke', id, 'STEWARD');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    expect(await codeOf(office.approve('lars.pfad', id, 'OWNER'))).toBe('four_eyes');
    await office.absent('lars.pfad');
    // the deputy inherits the limits of the one stood in for
    expect(await codeOf(office.approve('lena.pfeil', id, 'OWNER'))).toBe('four_eyes');
    await lose('lars.pfad', 'REQ_HEAD');
  });

  test('the database refuses what the service would have to: requester, principal as requester, two roles', async () => {
    const { id } = await anA8();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    const { id: taskId } = await office.task(id, 'STEWARD');
    const decide = (person: string, actedFor: string | null) =>
      office.system((tx) =>
        tx.sql(
          `UPDATE approvals.task SET state = 'APPROVED', revision = revision + 1, decided_at = now(), decided_by_person_id = $2, acted_for_person_id = $3, appointment_id = gen_random_uuid() WHERE id = $1`,
          [taskId, person, actedFor],
        ),
      );
    const [zoe, ron, mia] = [
      await office.person('zoe.plan'),
      await office.person('ron.rinne'),
      await office.person('mia.bruecke'),
    ];
    await expect(decide(zoe, null)).rejects.toMatchObject({ driverError: { constraint: 'task_not_requester' } });
    await expect(decide(mia, zoe)).rejects.toMatchObject({ driverError: { constraint: 'task_not_for_requester' } });
    await expect(decide(ron, null)).rejects.toMatchObject({ driverError: { constraint: 'task_four_eyes' } });
    await expect(decide(mia, ron)).rejects.toMatchObject({ driverError: { constraint: 'task_four_eyes' } });
    expect(await states(id)).toMatchObject({ STEWARD: 'OPEN' });
  });

  test('a programme never decides', async () => {
    const { id } = await anA8();
    const { id: taskId } = await office.task(id, 'REQ_HEAD');
    expect(await codeOf(office.approvals.approve(await office.machine(), taskId, { revision: 2 }))).toBe(
      'person_required',
    );
  });
});

describe('entitled at the moment of the act', () => {
  test('a role lost between page and button decides nothing', async () => {
    const { id } = await anA8();
    const ron = await office.as('ron.rinne');
    const { id: taskId } = await office.task(id, 'REQ_HEAD');
    const revision = await office.revision(id);
    await office.rows(`UPDATE organisation.person SET disabled_at = now() WHERE key = 'ron.rinne'`);
    expect(await codeOf(office.approvals.approve(ron, taskId, { revision }))).toBe('not_entitled');
    await office.rows(`UPDATE organisation.person SET disabled_at = NULL WHERE key = 'ron.rinne'`);
    expect(await states(id)).toMatchObject({ REQ_HEAD: 'OPEN' });
  });

  test('a deputy decides only while the principal is absent or late', async () => {
    const { id } = await anA8();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    await office.approve('mia.bruecke', id, 'STEWARD');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    const { id: taskId } = await office.task(id, 'OWNER');
    expect(await codeOf(office.approve('lena.pfeil', id, 'OWNER'))).toBe('not_entitled');
    await office.absent('lars.pfad');
    expect(
      (await office.inbox.inbox(await office.as('lena.pfeil'))).map(({ id: line, as }) => [line, as]),
    ).toContainEqual([taskId, 'DEPUTY']);
    // the principal is back before the button is pressed
    await office.rows('DELETE FROM organisation.absence');
    expect(await codeOf(office.approve('lena.pfeil', id, 'OWNER'))).toBe('not_entitled');
    await overdue(taskId);
    expect(await office.approve('lena.pfeil', id, 'OWNER')).toMatchObject({ taskState: 'APPROVED' });
    const [given] = (await office.events({ taskId })).filter(({ type }) => type === 'approval.given.v1');
    expect(given!.facts).toMatchObject({ as: 'DEPUTY' });
  });

  test('the owner of another office, and the requester of the same, find no task', async () => {
    const { id } = await anA8();
    const { id: taskId } = await office.task(id, 'STEWARD');
    for (const key of ['anna.ahorn', 'clara.linde']) {
      expect(await codeOf(office.approvals.approve(await office.as(key), taskId, { revision: 2 }))).toBe(
        'task_not_found',
      );
    }
    expect(await codeOf(office.approve('zoe.plan', id, 'REQ_HEAD'))).toBe('self_approval');
  });
});

describe('the desk', () => {
  test('the inbox holds what is open to its reader, nearest deadline first', async () => {
    const { id: first } = await anA8();
    const { id: second } = await anA8();
    await office.rows(
      `UPDATE approvals.task SET due_at = now() + interval '1 hour' WHERE request_id = $1 AND state = 'OPEN'`,
      [second],
    );
    const lines = await office.inbox.inbox(await office.as('ron.rinne'));
    const mine = lines.filter(({ requestId }) => [first, second].includes(requestId));
    expect(mine.map(({ requestId, role, as, overdue: late }) => [requestId, role, as, late])).toEqual([
      [second, 'REQ_HEAD', 'PRINCIPAL', false],
      [first, 'REQ_HEAD', 'PRINCIPAL', false],
    ]);
    expect((await office.inbox.inbox(await office.as('lars.pfad'))).map(({ requestId }) => requestId)).not.toContain(
      first,
    );
  });

  test('the decision page shows what is asked beside the least needed, the steps and earlier cases', async () => {
    const { id: before } = await anA8();
    await office.approvals.refuse(await office.as('ron.rinne'), (await office.task(before, 'REQ_HEAD')).id, {
      revision: await office.revision(before),
      reasonCode: 'SONSTIGES',
      text: 'Bitte später.',
    });
    const { productId } = await office.views.view(await office.as('zoe.plan'), before);
    const { id } = await office.requests.submit(
      await office.as('zoe.plan'),
      await office.aForm(productId, 'stadtplanungsamt'),
    );
    await office.settle();
    const view = await office.inbox.task(await office.as('ron.rinne'), (await office.task(id, 'REQ_HEAD')).id);
    expect(view).toMatchObject({
      asked: { fields: ['art', 'hoehe'], leastFields: ['art', 'hoehe'], unneededFields: [] },
      similar: { approved: 0, refused: 1 },
      may: { approve: true, refuse: true, ask: true, advise: false, because: null },
      request: { consumerUnitName: 'Stadtplanungsamt' },
    });
    expect(view.steps.map(({ role, stateName }) => [role, stateName])).toContainEqual([
      'OWNER',
      'Noch nicht an der Reihe',
    ]);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });

  test('both sides have the request in their list, others have not', async () => {
    const { id } = await anA8();
    const listed = async (key: string, side: 'CONSUMER' | 'PROVIDER' | 'ALL') =>
      (await office.views.list(await office.as(key), { side })).items.some((line) => line.id === id);
    expect([
      await listed('zoe.plan', 'CONSUMER'),
      await listed('lars.pfad', 'PROVIDER'),
      await listed('uma.schild', 'ALL'),
    ]).toEqual([true, true, true]);
    expect([await listed('lars.pfad', 'CONSUMER'), await listed('eva.bach', 'ALL')]).toEqual([false, false]);
  });
});

describe('opinions', () => {
  const upToOwner = async (opinion: 'POSITIVE' | 'NEGATIVE') => {
    const { id } = await anA8();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    await office.approve('mia.bruecke', id, 'STEWARD');
    await office.advise('vera.riegel', id, 'ISB', opinion);
    return id;
  };

  test('K2: against a negative opinion the owner goes on only with written reasons, and the Steuerungskreis hears of it', async () => {
    const id = await upToOwner('NEGATIVE');
    expect(
      (await office.inbox.task(await office.as('lars.pfad'), (await office.task(id, 'OWNER')).id)).reasonsRequired,
    ).toBe(true);
    expect(await codeOf(office.approve('lars.pfad', id, 'OWNER'))).toBe('reasons_required');
    await office.approve('lars.pfad', id, 'OWNER', {
      reasons: 'Die Daten liegen schon in gleicher Genauigkeit offen.',
    });
    expect((await office.events({ requestId: id, opinions: ['ISB'] })).map(({ type }) => type)).toEqual([
      'approval.overrode-opinion.v1',
    ]);
  });

  test('an adviser neither approves nor refuses, and a decider does not advise', async () => {
    const { id } = await anA8();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    expect(await codeOf(office.advise('mia.bruecke', id, 'STEWARD', 'POSITIVE'))).toBe('decision_needed');
    await office.approve('mia.bruecke', id, 'STEWARD');
    expect(await codeOf(office.approve('vera.riegel', id, 'ISB'))).toBe('consultation_only');
    const { id: taskId } = await office.task(id, 'ISB');
    const refusal = { revision: await office.revision(id), reasonCode: 'SCHUTZBEDARF' as const, text: 'Nein, danke.' };
    expect(await codeOf(office.approvals.refuse(await office.as('vera.riegel'), taskId, refusal))).toBe(
      'consultation_only',
    );
  });
});

describe('at the same time', () => {
  test('of two approvals of one task one counts, the other hears that it is decided', async () => {
    const { id } = await anA8();
    const { id: taskId } = await office.task(id, 'REQ_HEAD');
    const revision = await office.revision(id);
    const ron = await office.as('ron.rinne');
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(office.approvals.approve(ron, taskId, { revision }))));
    expect(codes.sort()).toEqual(['none', 'task_already_decided', 'task_already_decided']);
    expect((await office.events({ taskId })).filter(({ type }) => type === 'approval.given.v1')).toHaveLength(1);
  });

  test.each(['refuse', 'withdraw'] as const)(
    'of approve and %s exactly one wins, and the events tell the same',
    async (other) => {
      const { id } = await anA8();
      const { id: taskId } = await office.task(id, 'REQ_HEAD');
      const revision = await office.revision(id);
      const [ron, zoe] = [await office.as('ron.rinne'), await office.as('zoe.plan')];
      const [approve, against] = await Promise.all([
        codeOf(office.approvals.approve(ron, taskId, { revision })),
        codeOf(
          other === 'refuse'
            ? office.approvals.refuse(ron, taskId, { revision, reasonCode: 'SONSTIGES', text: 'Zu spät.' })
            : office.requests.withdraw(zoe, id, { revision }),
        ),
      ]);
      const state = await requestState(id);
      if (other === 'refuse') {
        expect([approve, against].sort()).toEqual(['none', 'task_already_decided']);
        expect(state).toBe(approve === 'none' ? 'IN_REVIEW' : 'REFUSED');
      } else {
        // a withdrawal after the first step's approval is fine; an approval after the withdrawal is not
        expect([state, against]).toEqual(['WITHDRAWN', 'none']);
        expect(['none', 'request_state']).toContain(approve);
      }
      await office.settle();
      expect(Object.values(await states(id))).not.toContain(
        other === 'withdraw' || state === 'REFUSED' ? 'OPEN' : 'CLOSED',
      );
    },
  );

  test('a double click with one key is one approval with one answer', async () => {
    const { id } = await anA8();
    const { id: taskId } = await office.task(id, 'REQ_HEAD');
    const ron = await office.as('ron.rinne');
    const actor = { ...ron, acting: { ...ron.acting, idempotency: { key: `approve-${taskId}`, fingerprint: 'f' } } };
    const revision = await office.revision(id);
    const [first, second] = await Promise.all([
      office.approvals.approve(actor, taskId, { revision }),
      office.approvals.approve(actor, taskId, { revision }),
    ]);
    expect(second).toEqual(first);
    expect((await office.events({ taskId })).filter(({ type }) => type === 'approval.given.v1')).toHaveLength(1);
  });
});

describe('time', () => {
  test('K10: however late, a timeout tells and escalates, once each, and approves nothing', async () => {
    const { id } = await anA8();
    const { id: taskId } = await office.task(id, 'REQ_HEAD');
    await overdue(taskId, '30 days');
    await office.app.get(Deadlines).run();
    await office.app.get(Deadlines).run();
    expect((await office.events({ taskId })).map(({ type }) => type)).toEqual([
      'approval.planned.v1',
      'approval.opened.v1',
      'approval.reminded.v1',
      'approval.overdue.v1',
      'approval.escalated.v1',
    ]);
    await office.settle();
    expect(await office.task(id, 'REQ_HEAD')).toMatchObject({ state: 'OPEN', decided_by_person_id: null });
    expect(await requestState(id)).toBe('IN_REVIEW');
    expect(await states(id)).toMatchObject({ STEWARD: 'WAITING' });
  });

  test('a request whose period is over is not approved, even before anybody tidied it up', async () => {
    const { id } = await anA8();
    await office.rows('ALTER TABLE requests.access_request DISABLE TRIGGER guard_move');
    await office.rows(
      `UPDATE requests.access_request SET valid_from = now() - interval '2 days', valid_until = now() WHERE id = $1`,
      [id],
    );
    await office.rows('ALTER TABLE requests.access_request ENABLE TRIGGER guard_move');
    expect(await codeOf(office.approve('ron.rinne', id, 'REQ_HEAD'))).toBe('request_expired');
    expect(await office.inbox.inbox(await office.as('ron.rinne'))).not.toContainEqual(
      expect.objectContaining({ requestId: id }),
    );
  });

  test('a request nobody decided in its period is closed with its tasks', async () => {
    const { id } = await anA8();
    await office.rows('ALTER TABLE requests.access_request DISABLE TRIGGER guard_move');
    await office.rows(
      `UPDATE requests.access_request SET valid_from = now() - interval '2 days', valid_until = now() WHERE id = $1`,
      [id],
    );
    await office.rows('ALTER TABLE requests.access_request ENABLE TRIGGER guard_move');
    await office.app.get(Schedules).named('requests.expire')!.run(office.uow);
    await office.settle();
    expect(await requestState(id)).toBe('EXPIRED');
    expect(new Set(Object.values(await states(id)))).toEqual(new Set(['CLOSED']));
  });

  test('a second run of the same event plans no second chain', async () => {
    const { id } = await anA8();
    const [event] = await office.rows<{ event_id: string }>(
      `SELECT event_id FROM kernel.audit_event WHERE type = 'request.decided.v1' AND facts->>'requestId' = $1`,
      [id],
    );
    await office.rows('INSERT INTO kernel.relay_pending (event_id) VALUES ($1)', [event!.event_id]);
    await office.rows(`DELETE FROM kernel.processed_event WHERE event_id = $1`, [event!.event_id]);
    await office.settle();
    expect(await office.rows('SELECT FROM approvals.task WHERE request_id = $1', [id])).toHaveLength(5);
  });
});

test('code and database hold the same table of moves', async () => {
  const rows = await office.rows<{ from_state: string; to_state: string }>('SELECT * FROM approvals.allowed_move');
  const text = (moves: readonly (readonly string[])[]) => moves.map((move) => move.join(' → ')).sort();
  expect(text(rows.map(({ from_state, to_state }) => [from_state, to_state]))).toEqual(text(taskStates.transitions));
});
