// One file: the rules SOD-1 to SOD-10 of the role concept as one table, each with every way we know to break it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmergencyAccesses } from '#lib/agreements';
import { newId, type Tx } from '#lib/kernel';
import {
  Absences,
  type Actor,
  Appointments,
  Delegations,
  OrganisationService,
  People,
  type RoleCode,
} from '#lib/organisation';
import { Handovers } from '#lib/requests';
import { RulesetDrafts } from '#lib/rulebook';
import { codeOf, Office } from '../support/office';
import { Reorganisation } from '../support/reorganisation';

const GENERAL = readFileSync(join(__dirname, '../../config/governance/rules/general.yaml'), 'utf8');
const ISS = 'http://idp.example/realms/datenraum';
const HOUR = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());
afterEach(() => office.rows('DELETE FROM organisation.absence'));

/** What refused: the code of the problem, or the constraint a hand at psql ran into; `none` when nothing did. */
const refusedBy = (work: Promise<unknown>): Promise<string> =>
  codeOf(work).catch((error: { driverError?: { constraint?: string }; constraint?: string }) => {
    const constraint = error.driverError?.constraint ?? error.constraint;
    if (!constraint) throw error;
    return constraint;
  });
/** Plain SQL with the rights of the application, in the context of this person or of the product itself. */
const sql = async (text: string, parameters: unknown[], by?: Actor): Promise<string> =>
  refusedBy(
    by ? office.uow.run(by.acting, (tx) => tx.sql(text, parameters)) : office.system((tx) => tx.sql(text, parameters)),
  );

const acts = async <T>(key: string, work: (actor: Actor) => (tx: never) => Promise<T>): Promise<T> => {
  const actor = await office.as(key);
  return office.uow.run(actor.acting, work(actor) as never);
};
const appoint = async (personId: string, role: RoleCode, unit: string, more: object = {}): Promise<string> => {
  const order = { personId, role, unitId: await office.unit(unit), scope: { kind: 'UNIT' as const }, ...more };
  const { appointmentId } = await acts(
    'xenia.konto',
    (xenia) => (tx) => office.app.get(Appointments).appoint(tx, xenia, order),
  );
  await acts('nina.notiz', (nina) => (tx) => office.app.get(Appointments).confirmAppointment(tx, nina, appointmentId));
  return appointmentId;
};
const delegate = async (from: string, to: string, hours = 24): Promise<string> => {
  const holder = await office.as(from);
  const appointmentId = holder.appointments.find(({ role }) => role === 'OWNER')!.id;
  const input = {
    appointmentId,
    delegatePersonId: await office.person(to),
    reference: 'Verfügung 1',
    validTo: inHours(hours),
  };
  return (await acts(from, (actor) => (tx) => office.app.get(Delegations).delegate(tx, actor, input))).delegationId;
};
const revoke = (from: string, id: string) =>
  acts(from, (actor) => (tx) => office.app.get(Delegations).revoke(tx, actor, id));
let made = 0;
/** Somebody new with an account, admitted by two administrators. */
async function aPerson(): Promise<{ id: string; key: string }> {
  const key = `neu.${++made}`;
  const input = { givenName: 'Nova', familyName: `Neu ${made}`, key, iss: ISS, sub: `sub-${key}` };
  const { orderId, personId: id } = await acts(
    'xenia.konto',
    (xenia) => (tx) => office.app.get(People).admit(tx, xenia, input),
  );
  await acts('nina.notiz', (nina) => (tx) => office.app.get(People).confirmOrder(tx, nina, orderId));
  return { id, key };
}
/** A request of the Stadtplanungsamt to the Hochbauamt that goes the chain A8, by this person. */
async function anA8(key = 'zoe.plan', more: object = {}): Promise<string> {
  const product = await office.aProduct({
    unit: 'hochbauamt',
    openness: 'RESTRICTED',
    title: 'Schließanlagen',
    ...more,
  });
  const { id } = await office.requests.submit(await office.as(key), await office.aForm(product.id, 'stadtplanungsamt'));
  await office.settle();
  return id;
}
/** The same, with every step done that comes before the owner's. */
async function atTheOwner(key?: string): Promise<string> {
  const id = await anA8(key);
  await office.approve('ron.rinne', id, 'REQ_HEAD');
  await office.approve('karla.mauer', id, 'STEWARD');
  await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
  return id;
}
const DECIDE = `UPDATE approvals.task SET state = 'APPROVED', revision = revision + 1, decided_at = now(), decided_by_person_id = $2, acted_for_person_id = $3,
  appointment_id = (SELECT id FROM organisation.appointment WHERE role = 'OWNER' AND state = 'IN_FORCE' AND unit_id = approvals.task.unit_id AND deputy_of IS NULL LIMIT 1) WHERE id = $1`;
const APPOINT = `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin, proposed_by)
  VALUES (gen_random_uuid(), $1, $2, $3, 'UNIT', now(), $4, 'ORDER', $5)`;
/** Two acts at once, started in both orders; gives how each ended, sorted. */
async function bothOrders(make: () => Promise<[() => Promise<string>, () => Promise<string>]>): Promise<string[][]> {
  const [a, b] = await make();
  const [c, d] = await make();
  return [(await Promise.all([a(), b()])).sort(), (await Promise.all([d(), c()])).sort()];
}

describe('SOD-1: whoever asks or endorses does not approve', () => {
  test('as the requester who was delegated the decision before', async () => {
    const asker = await aPerson();
    const delegation = await delegate('ida.stein', asker.key);
    await appoint(asker.id, 'REQUESTER', 'stadtplanungsamt');
    const id = await atTheOwner(asker.key);
    expect(await codeOf(office.approve(asker.key, id, 'OWNER'))).toBe('self_approval');
    await revoke('ida.stein', delegation);
  });

  test('as the requester who is appointed while the task is open', async () => {
    const asker = await aPerson();
    await appoint(asker.id, 'REQUESTER', 'stadtplanungsamt');
    const id = await atTheOwner(asker.key);
    await appoint(asker.id, 'OWNER', 'hochbauamt');
    expect(await codeOf(office.approve(asker.key, id, 'OWNER'))).toBe('self_approval');
  });

  test('with a second account of the same person, however properly it was given', async () => {
    const asker = await aPerson();
    await appoint(asker.id, 'REQUESTER', 'stadtplanungsamt');
    await appoint(asker.id, 'OWNER', 'hochbauamt');
    const id = await atTheOwner(asker.key);
    const { orderId } = await acts(
      'xenia.konto',
      (xenia) => (tx) => office.app.get(People).addAccount(tx, xenia, asker.id, { iss: ISS, sub: 'second' }),
    );
    await acts('nina.notiz', (nina) => (tx) => office.app.get(People).confirmOrder(tx, nina, orderId));
    const principal = {
      iss: ISS,
      sub: 'second',
      clientId: 'x',
      kind: 'person' as const,
      expiresAt: new Date(Date.now() + HOUR),
    };
    const second = await office.app.get(OrganisationService).actorFor(principal);
    expect(second.personId).toBe(asker.id);
    const { id: taskId } = await office.task(id, 'OWNER');
    expect(await codeOf(office.approvals.approve(second, taskId, { revision: await office.revision(id) }))).toBe(
      'self_approval',
    );
  });

  test('as the head who endorsed, by delegation of the owner', async () => {
    const head = await aPerson();
    const delegation = await delegate('ida.stein', head.key);
    await appoint(head.id, 'REQ_HEAD', 'stadtplanungsamt');
    const id = await anA8();
    await office.approve(head.key, id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
    expect(await codeOf(office.approve(head.key, id, 'OWNER'))).toBe('four_eyes');
    await revoke('ida.stein', delegation);
  });

  test('as somebody named to answer for the request later, nor is a decider named', async () => {
    const named = await aPerson();
    await appoint(named.id, 'REQUESTER', 'stadtplanungsamt');
    await appoint(named.id, 'OWNER', 'hochbauamt');
    const id = await atTheOwner();
    const head = await office.as('ron.rinne');
    const beside = await appoint(await office.person('karla.mauer'), 'REQUESTER', 'stadtplanungsamt');
    expect(
      await codeOf(office.app.get(Handovers).name(head, id, { personId: await office.person('karla.mauer') })),
    ).toBe('keeper_decided');
    await acts('xenia.konto', (xenia) => (tx) => office.app.get(Appointments).endAppointment(tx, xenia, beside));
    await office.app.get(Handovers).name(head, id, { personId: named.id });
    expect(await codeOf(office.approve(named.key, id, 'OWNER'))).toBe('self_approval');
    // the first one stays one who asked
    expect(await refusedBy(delegate('ida.stein', 'zoe.plan'))).toBe('delegation_across');
    const { id: taskId } = await office.task(id, 'OWNER');
    expect(await sql(DECIDE, [taskId, named.id, null])).toBe('task_not_requester');
  });

  test('by naming and deciding at once, in both orders: one of the two is refused', async () => {
    const results = await bothOrders(async () => {
      const both = await aPerson();
      await appoint(both.id, 'REQUESTER', 'stadtplanungsamt');
      await appoint(both.id, 'OWNER', 'hochbauamt');
      const id = await atTheOwner();
      const head = await office.as('ron.rinne');
      return [
        () => codeOf(office.app.get(Handovers).name(head, id, { personId: both.id })),
        () => codeOf(office.approve(both.key, id, 'OWNER')),
      ];
    });
    for (const [first, second] of results) {
      expect([first, second]).toContain('none');
      expect(['keeper_decided', 'self_approval']).toContain(first === 'none' ? second : first);
    }
  });

  test('by hand in the database: as requester, and as or for whoever endorsed', async () => {
    const id = await atTheOwner();
    const { id: taskId } = await office.task(id, 'OWNER');
    const [zoe, ron, ida] = [
      await office.person('zoe.plan'),
      await office.person('ron.rinne'),
      await office.person('ida.stein'),
    ];
    expect(await sql(DECIDE, [taskId, zoe, null])).toBe('task_not_requester');
    expect(await sql(DECIDE, [taskId, ida, zoe])).toBe('task_not_for_requester');
    expect(await sql(DECIDE, [taskId, ron, null])).toBe('task_four_eyes');
    expect(await sql(DECIDE, [taskId, ida, ron])).toBe('task_four_eyes');
    // somebody else's seat
    expect(await sql(DECIDE, [taskId, await office.person('anna.ahorn'), null])).toBe('task_right_holds');
  });
});

describe('SOD-2: steward and owner of one request are two people', () => {
  test('not by delegation, nor by a deputy of the steward', async () => {
    const id = await atTheOwner();
    const delegation = await delegate('ida.stein', 'karla.mauer');
    expect(await codeOf(office.approve('karla.mauer', id, 'OWNER'))).toBe('four_eyes');
    await revoke('ida.stein', delegation);
    const { id: taskId } = await office.task(id, 'OWNER');
    expect(await sql(DECIDE, [taskId, await office.person('karla.mauer'), null])).toBe('task_four_eyes');
  });

  test('who edited a product does not release it, by hand neither', async () => {
    const { id } = await office.aProduct({ unit: 'hochbauamt' });
    const anna = await office.person('anna.ahorn');
    expect(
      await sql('UPDATE catalogue.product SET edited_by = ARRAY[released_by], revision = revision + 1 WHERE id = $1', [
        id,
      ]),
    ).toBe('product_second_person');
    expect(await office.rows('SELECT released_by FROM catalogue.product WHERE id = $1', [id])).toEqual([
      { released_by: anna },
    ]);
  });
});

describe('SOD-3: who proposes a rule does not put it into force', () => {
  test('as a member of the Steuerungskreis, or as the deputy of the member who proposed', async () => {
    await appoint(await office.person('selma.sensor'), 'GS_DG', 'smart-city');
    const drafts = office.app.get(RulesetDrafts);
    const text = GENERAL.replace(/because: (\S)/, 'because: Neu gefasst. $1');
    const { id } = await acts(
      'selma.sensor',
      (selma) => (tx) =>
        drafts.draft(tx, selma, { title: 'Klarer', reason: 'Lesbar', files: [{ file: 'rules/general.yaml', text }] }),
    );
    await acts('selma.sensor', (selma) => (tx) => drafts.consult(tx, selma, id));
    await acts('selma.sensor', (selma) => (tx) => drafts.callVote(tx, selma, id, {}));
    expect(await codeOf(acts('selma.sensor', (selma) => (tx) => drafts.vote(tx, selma, id, { vote: 'YES' })))).toBe(
      'ruleset_own_proposal',
    );
    await office.absent('selma.sensor');
    expect(await codeOf(acts('karl.knoten', (karl) => (tx) => drafts.vote(tx, karl, id, { vote: 'YES' })))).toBe(
      'ruleset_own_proposal',
    );
    for (const key of ['tilda.trend', 'ines.impuls'])
      await acts(key, (member) => (tx) => drafts.vote(tx, member, id, { vote: 'YES' }));
    expect(
      await codeOf(acts('selma.sensor', (selma) => (tx) => drafts.adopt(tx, selma, id, { decisionNumber: '1/2026' }))),
    ).toBe('ruleset_own_proposal');
    const adopted = sql(
      `UPDATE law.version SET state = 'ADOPTED', decision_number = '1', activated_by = proposed_by, activated_at = now(), in_force_from = now() + interval '1 hour', revision = revision + 1 WHERE id = $1`,
      [id],
    );
    expect(await adopted).toBe('proposer_is_not_activator');
  });
});

describe('SOD-4: two people grant a role, and who administers does nothing else', () => {
  test('case 57: an administrator edits the list of approvers and then approves', async () => {
    const id = await atTheOwner();
    const [xenia, nina] = [await office.as('xenia.konto'), await office.as('nina.notiz')];
    const appointments = office.app.get(Appointments);
    const order = async (personId: string) => ({
      personId,
      role: 'OWNER' as const,
      unitId: await office.unit('hochbauamt'),
      scope: { kind: 'UNIT' as const },
    });
    // herself
    const own = await order(xenia.personId!);
    expect(await codeOf(office.uow.run(xenia.acting, (tx) => appointments.appoint(tx, xenia, own)))).toBe(
      'appointment_two_persons',
    );
    // her colleague
    const colleague = await order(nina.personId!);
    expect(await codeOf(office.uow.run(xenia.acting, (tx) => appointments.appoint(tx, xenia, colleague)))).toBe(
      'appointment_incompatible',
    );
    // a friend, alone
    const friend = await aPerson();
    const proposal = await order(friend.id);
    const { appointmentId } = await office.uow.run(xenia.acting, (tx) => appointments.appoint(tx, xenia, proposal));
    expect(
      await codeOf(office.uow.run(xenia.acting, (tx) => appointments.confirmAppointment(tx, xenia, appointmentId))),
    ).toBe('appointment_two_persons');
    // to both of them the task is not even there
    for (const key of [friend.key, 'xenia.konto'])
      expect(await codeOf(office.approve(key, id, 'OWNER'))).toBe('task_not_found');
  });

  test('by hand: alone, with the name of somebody who does not administer, past the proposal', async () => {
    const [xenia, ida, friend, unit] = [
      await office.as('xenia.konto'),
      await office.person('ida.stein'),
      await aPerson(),
      await office.unit('hochbauamt'),
    ];
    expect(await sql(APPOINT, [friend.id, 'OWNER', unit, 'IN_FORCE', xenia.personId], xenia)).toBe('appointment_state');
    expect(await sql(APPOINT, [friend.id, 'OWNER', unit, 'PROPOSED', ida], xenia)).toBe('appointment_two_persons');
    expect(await sql(APPOINT, [friend.id, 'ADMIN', unit, 'PROPOSED', friend.id], xenia)).toBe(
      'appointment_two_persons',
    );
    expect(await sql(APPOINT, [friend.id, 'OWNER', unit, 'PROPOSED', xenia.personId], xenia)).toBe('none');
    const confirm = `UPDATE organisation.appointment SET state = 'IN_FORCE', confirmed_by = $2 WHERE person_id = $1 AND state = 'PROPOSED'`;
    for (const by of [xenia.personId, friend.id, ida])
      expect(await sql(confirm, [friend.id, by], xenia)).toBe('appointment_two_persons');
  });

  test('people and accounts: nobody comes, comes back or gets an account by one word', async () => {
    const [xenia, nina] = [await office.as('xenia.konto'), await office.as('nina.notiz')];
    const people = office.app.get(People);
    const run = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => office.uow.run(actor.acting, work);
    const { orderId } = await run(xenia, (tx) =>
      people.admit(tx, xenia, { givenName: 'A', familyName: 'B', iss: ISS, sub: 'one-word' }),
    );
    expect(await codeOf(run(xenia, (tx) => people.confirmOrder(tx, xenia, orderId)))).toBe('people_two_persons');
    expect(
      await codeOf(run(xenia, (tx) => people.addAccount(tx, xenia, xenia.personId!, { iss: ISS, sub: 'mine' }))),
    ).toBe('people_two_persons');
    const confirm = `UPDATE organisation.person_order SET state = 'CONFIRMED', decided_by = $2, decided_at = now() WHERE id = $1`;
    expect(await sql(confirm, [orderId, xenia.personId], xenia)).toBe('people_two_persons');
    expect(await sql(confirm, [orderId, await office.person('ida.stein')], xenia)).toBe('people_two_persons');
    const friend = await aPerson();
    expect(
      await sql(
        `INSERT INTO organisation.account (iss, sub, person_id) VALUES ($1, 'stolen', $2)`,
        [ISS, friend.id],
        xenia,
      ),
    ).toBe('people_two_persons');
    expect(
      await sql(
        `UPDATE organisation.account SET person_id = $1 WHERE sub = $2`,
        [xenia.personId, `sub-${friend.key}`],
        xenia,
      ),
    ).toBe('people_two_persons');
    await run(nina, (tx) => people.disablePerson(tx, nina, friend.id));
    expect(await sql('UPDATE organisation.person SET disabled_at = NULL WHERE id = $1', [friend.id], xenia)).toBe(
      'people_two_persons',
    );
    expect(await sql('SELECT * FROM organisation.erase_person($1)', [friend.id], xenia)).toBe('people_two_persons');
  });

  test('two grants at once that do not go together, in both orders: one is refused', async () => {
    const results = await bothOrders(async () => {
      const { id } = await aPerson();
      const propose = async (role: RoleCode, unit: string) => {
        const order = { personId: id, role, unitId: await office.unit(unit), scope: { kind: 'UNIT' as const } };
        return refusedBy(
          acts('xenia.konto', (xenia) => (tx) => office.app.get(Appointments).appoint(tx, xenia, order)),
        );
      };
      return [() => propose('ADMIN', 'iod'), () => propose('OWNER', 'hochbauamt')];
    });
    expect(results).toEqual([
      ['appointment_incompatible', 'none'],
      ['appointment_incompatible', 'none'],
    ]);
  });

  test('one proposal confirmed twice at once counts once', async () => {
    const { id } = await aPerson();
    const order = {
      personId: id,
      role: 'REQUESTER' as const,
      unitId: await office.unit('schulamt'),
      scope: { kind: 'UNIT' as const },
    };
    const { appointmentId } = await acts(
      'xenia.konto',
      (xenia) => (tx) => office.app.get(Appointments).appoint(tx, xenia, order),
    );
    const confirm = () =>
      codeOf(
        acts('nina.notiz', (nina) => (tx) => office.app.get(Appointments).confirmAppointment(tx, nina, appointmentId)),
      );
    expect((await Promise.all([confirm(), confirm()])).sort()).toEqual(['appointment_state', 'none']);
  });
});

describe('SOD-5: who advises or audits never approves', () => {
  test('not the opinion as approval, and no other role to approve in', async () => {
    const id = await anA8();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    await office.approve('karla.mauer', id, 'STEWARD');
    expect(await codeOf(office.approve('vera.riegel', id, 'ISB'))).toBe('consultation_only');
    for (const role of ['OWNER', 'REQ_HEAD', 'STEWARD', 'GS_DG', 'LEGAL'] as const) {
      for (const key of ['vera.riegel', 'uma.schild', 'willi.pruefer']) {
        expect(await codeOf(appoint(await office.person(key), role, 'hochbauamt'))).toBe('appointment_incompatible');
      }
    }
  });

  test('by hand neither: as approval, as delegate', async () => {
    const id = await anA8();
    const { id: taskId } = await office.task(id, 'ISB');
    expect(
      await sql(
        `UPDATE approvals.task SET state = 'OPEN', revision = revision + 1, opened_at = now(), due_at = now() + interval '1 day' WHERE id = $1`,
        [taskId],
      ),
    ).toBe('none');
    expect(await sql(DECIDE, [taskId, await office.person('vera.riegel'), null])).toMatch(
      /task_consult_is_advice|task_entitled/,
    );
    expect(await codeOf(delegate('ida.stein', 'uma.schild'))).toBe('delegation_incompatible');
    expect(await codeOf(delegate('ida.stein', 'willi.pruefer'))).toBe('delegation_incompatible');
  });
});

describe('SOD-6: the statistics unit is staffed on its own', () => {
  test('no role outside for its members, no STAT elsewhere, no delegation', async () => {
    const yara = await office.person('yara.zahl');
    for (const role of ['OWNER', 'REQUESTER', 'REQ_HEAD'] as const)
      expect(await codeOf(appoint(yara, role, 'schulamt'))).toBe('appointment_incompatible');
    expect(await codeOf(appoint((await aPerson()).id, 'STAT', 'schulamt'))).toBe('appointment_statistics');
    expect(await codeOf(delegate('ida.stein', 'yara.zahl'))).toBe('delegation_incompatible');
    const xenia = await office.as('xenia.konto');
    expect(await sql(APPOINT, [yara, 'OWNER', await office.unit('schulamt'), 'PROPOSED', xenia.personId], xenia)).toBe(
      'appointment_incompatible',
    );
  });
});

describe('SOD-7: who keeps the keys of the pseudonyms does not get the pseudonymised data', () => {
  const pseudonymous = {
    personalRef: 'PSEUDONYMISED',
    fields: [{ name: 'art' }, { name: 'hoehe', class: 'DIRECT_ID', mask: { kind: 'pseudonym' } }],
  };
  const ask = async (key: string) => {
    const product = await office.aProduct({ unit: 'hochbauamt', title: 'Nutzung', ...pseudonymous } as never);
    const form = await office.aForm(product.id, 'stadtplanungsamt', { legalBasis: ['HDSIG_3'] });
    return office.requests.submit(await office.as(key), form);
  };
  const custodian = async () => {
    const person = await aPerson();
    await appoint(person.id, 'REQUESTER', 'stadtplanungsamt');
    return person;
  };

  test('not by asking, not by being named, and what has no pseudonyms may be asked', async () => {
    const { id, key } = await custodian();
    await appoint(id, 'TECH_STEWARD', 'hochbauamt');
    expect(await codeOf(ask(key))).toBe('custodian_not_recipient');
    const plain = await office.aProduct({ unit: 'hochbauamt', title: 'Ohne Pseudonyme' });
    expect(
      await codeOf(office.requests.submit(await office.as(key), await office.aForm(plain.id, 'stadtplanungsamt'))),
    ).toBe('none');
    const { id: requestId } = await ask('zoe.plan');
    const head = await office.as('ron.rinne');
    expect(await codeOf(office.app.get(Handovers).name(head, requestId, { personId: id }))).toBe(
      'custodian_not_recipient',
    );
  });

  test('not by becoming custodian afterwards, by hand neither', async () => {
    const { id, key } = await custodian();
    const { id: requestId } = await ask(key);
    await office.rows(
      `UPDATE requests.access_request SET state = 'IN_REVIEW', refusal = NULL, revision = revision + 1 WHERE id = $1 AND state = 'SUBMITTED'`,
      [requestId],
    );
    expect(
      (await office.rows<{ state: string }>('SELECT state FROM requests.access_request WHERE id = $1', [requestId]))[0]!
        .state,
    ).not.toBe('REFUSED');
    expect(await refusedBy(appoint(id, 'TECH_STEWARD', 'hochbauamt'))).toBe('custodian_not_recipient');
    const xenia = await office.as('xenia.konto');
    expect(
      await sql(APPOINT, [id, 'TECH_STEWARD', await office.unit('hochbauamt'), 'PROPOSED', xenia.personId], xenia),
    ).toBe('custodian_not_recipient');
    // another office's keys are another matter
    expect(await refusedBy(appoint(id, 'TECH_STEWARD', 'umweltamt'))).toBe('none');
  });

  test('not by both at once, in both orders', async () => {
    const results = await bothOrders(async () => {
      const { id, key } = await custodian();
      return [() => refusedBy(ask(key)), () => refusedBy(appoint(id, 'TECH_STEWARD', 'hochbauamt'))];
    });
    expect(results).toEqual([
      ['custodian_not_recipient', 'none'],
      ['custodian_not_recipient', 'none'],
    ]);
  });
});

describe('SOD-8: a deputy acts only when it must, and within the limits of the principal', () => {
  test('not while the principal is there, not for a principal who asks', async () => {
    const id = await atTheOwner();
    expect(await codeOf(office.approve('jan.ziegel', id, 'OWNER'))).toBe('not_entitled');
    expect(
      await codeOf(
        acts(
          'jan.ziegel',
          (jan) => async (tx) =>
            office.app.get(Absences).setAbsence(tx, jan, {
              personId: await office.person('ida.stein'),
              from: inHours(0),
              to: inHours(1),
              reason: 'URLAUB',
            }),
        ),
      ),
    ).toBe('not_permitted');
  });

  test('not because one administrator says the principal is away: two say so, or the principal', async () => {
    const id = await atTheOwner();
    const ida = await office.person('ida.stein');
    const away = { from: inHours(0), to: inHours(2), reason: 'URLAUB' as const };
    const people = office.app.get(People);
    const alone = acts(
      'xenia.konto',
      (xenia) => (tx) => office.app.get(Absences).setAbsence(tx, xenia, { personId: ida, ...away }),
    );
    expect(await codeOf(alone)).toBe('absence_two_persons');
    const propose = () => acts('xenia.konto', (xenia) => (tx) => people.proposeAbsence(tx, xenia, ida, away));
    const { orderId } = await propose();
    expect(await codeOf(office.approve('jan.ziegel', id, 'OWNER'))).toBe('not_entitled');
    const confirm = (key: string) => acts(key, (by) => (tx) => people.confirmOrder(tx, by, orderId));
    expect(await codeOf(confirm('xenia.konto'))).toBe('people_two_persons');
    const byHand = `INSERT INTO organisation.absence (id, person_id, from_at, to_at, reason, set_by) VALUES (gen_random_uuid(), $1, now(), now() + interval '1 day', 'URLAUB', $2)`;
    const xenia = await office.as('xenia.konto');
    expect(await sql(byHand, [ida, xenia.personId], xenia)).toBe('absence_two_persons');
    await confirm('nina.notiz');
    expect(await codeOf(office.approve('jan.ziegel', id, 'OWNER'))).toBe('none');
  });

  test('not in the past, not for ever, and not longer afterwards', async () => {
    const ida = await office.as('ida.stein');
    const away = (from: string, to: string) =>
      codeOf(
        office.uow.run(ida.acting, (tx) =>
          office.app.get(Absences).setAbsence(tx, ida, { personId: ida.personId!, from, to, reason: 'URLAUB' }),
        ),
      );
    expect(await away(inHours(-48), inHours(1))).toBe('validation_failed');
    expect(await away(inHours(0), inHours(24 * 365 * 95))).toBe('absence_period');
    expect(await away(inHours(0), inHours(24 * 400))).toBe('absence_period');
    expect(await away(inHours(0), inHours(24 * 300))).toBe('none');
    const byHand = (from: string, to: string) =>
      `INSERT INTO organisation.absence (id, person_id, from_at, to_at, reason, set_by) VALUES (gen_random_uuid(), $1, ${from}, ${to}, 'URLAUB', $1)`;
    expect(await sql(byHand(`now() - interval '2 days'`, 'now()'), [ida.personId], ida)).toBe('absence_past');
    expect(await sql(byHand('now()', `now() + interval '95 years'`), [ida.personId], ida)).toBe('absence_period');
    const longer = `UPDATE organisation.absence SET to_at = to_at + interval '1 day' WHERE person_id = $1`;
    expect(await sql(longer, [ida.personId], ida)).toBe('absence_fixed');
  });

  test('not as somebody who was shut out: such a person is appointed to nothing and stands in for nobody', async () => {
    const gone = await aPerson();
    const xenia = await office.as('xenia.konto');
    const waiting = await acts(
      'xenia.konto',
      (by) => async (tx) =>
        office.app.get(Appointments).appoint(tx, by, {
          personId: gone.id,
          role: 'STEWARD',
          unitId: await office.unit('hochbauamt'),
          scope: { kind: 'UNIT' },
        }),
    );
    await office.uow.run(xenia.acting, (tx) => office.app.get(People).disablePerson(tx, xenia, gone.id));
    const confirmed = acts(
      'nina.notiz',
      (nina) => (tx) => office.app.get(Appointments).confirmAppointment(tx, nina, waiting.appointmentId),
    );
    expect(await codeOf(confirmed)).toBe('person_shut_out');
    expect(await refusedBy(appoint(gone.id, 'OWNER', 'hochbauamt'))).toBe('person_shut_out');
    const ida = await office.as('ida.stein');
    const seat = ida.appointments.find(({ role }) => role === 'OWNER')!.id;
    expect(await refusedBy(appoint(gone.id, 'OWNER', 'hochbauamt', { deputyOf: seat }))).toBe('person_shut_out');
    expect(await refusedBy(delegate('ida.stein', gone.key))).toBe('person_shut_out');
    const unit = await office.unit('hochbauamt');
    expect(await sql(APPOINT, [gone.id, 'OWNER', unit, 'PROPOSED', xenia.personId], xenia)).toBe('person_shut_out');
  });

  test('a deputy of one product decides nothing else of the office', async () => {
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
    const holder = await aPerson();
    const principal = await appoint(holder.id, 'OWNER', 'hochbauamt', { scope: { kind: 'PRODUCT', id: productId } });
    expect(await codeOf(appoint((await aPerson()).id, 'OWNER', 'hochbauamt', { deputyOf: principal }))).toBe(
      'appointment_scope',
    );
    const id = await atTheOwner();
    expect(await codeOf(office.approve(holder.key, id, 'OWNER'))).toBe('not_entitled');
    const { id: taskId } = await office.task(id, 'OWNER');
    const byHand = DECIDE.replace(/appointment_id = \(.*LIMIT 1\)/, `appointment_id = '${principal}'`);
    expect(await sql(byHand, [taskId, holder.id, null])).toBe('task_right_holds');
  });
});

describe('SOD-9: what is delegated in writing goes one step, twelve months, not to oneself and not across', () => {
  test('not to somebody of the side that gets the data, when it is passed on and when it is used', async () => {
    // before there is a case, and before the person belongs to the asking office
    const colleague = await aPerson();
    const before = await delegate('ida.stein', colleague.key);
    await appoint(colleague.id, 'REQUESTER', 'stadtplanungsamt');
    const id = await atTheOwner();
    expect(await codeOf(office.approve(colleague.key, id, 'OWNER'))).toBe('delegation_across');
    const { id: taskId } = await office.task(id, 'OWNER');
    const byHand = DECIDE.replace(
      'decided_by_person_id = $2',
      `decided_by_person_id = $2, delegation_id = '${before}'`,
    );
    const [by] = [await office.person('ida.stein')];
    expect(await sql(byHand, [taskId, colleague.id, by])).toBe('delegation_across');
    await revoke('ida.stein', before);
    for (const key of ['zoe.plan', 'ron.rinne', colleague.key])
      expect(await refusedBy(delegate('ida.stein', key))).toBe('delegation_across');
    const ida = await office.as('ida.stein');
    const insert = `INSERT INTO organisation.delegation (id, appointment_id, delegate_person_id, reference, valid_from, valid_to, delegated_by)
      SELECT gen_random_uuid(), id, $2, 'x', now(), now() + interval '1 day', person_id FROM organisation.appointment WHERE person_id = $1 AND role = 'OWNER' AND state = 'IN_FORCE' LIMIT 1`;
    expect(await sql(insert, [ida.personId, await office.person('zoe.plan')], ida)).toBe('delegation_across');
    // whoever stands on neither side may
    const { key } = await aPerson();
    await revoke('ida.stein', await delegate('ida.stein', key));
  });

  test('not to oneself, not further, not back, not longer', async () => {
    expect(await codeOf(delegate('ida.stein', 'ida.stein'))).toBe('delegation_self');
    expect(await codeOf(delegate('ida.stein', 'nils.halle', 24 * 400))).toBe('delegation_period');
    const other = await aPerson();
    await appoint(other.id, 'OWNER', 'hochbauamt');
    const given = await delegate('ida.stein', other.key);
    expect(await codeOf(delegate(other.key, 'ida.stein'))).toBe('delegation_chain');
    expect(await codeOf(delegate(other.key, 'nils.halle'))).toBe('delegation_chain');
    expect(await codeOf(delegate('jan.ziegel', 'nils.halle'))).toBe('delegation_right');
    const byHand = `INSERT INTO organisation.delegation (id, appointment_id, delegate_person_id, reference, valid_from, valid_to, delegated_by)
      SELECT $1, id, $2, 'x', now(), now() + interval '1 day', person_id FROM organisation.appointment WHERE person_id = $3 AND role = 'OWNER' AND state = 'IN_FORCE' LIMIT 1`;
    expect(await sql(byHand, [newId(), await office.person('ida.stein'), other.id])).toBe('delegation_chain');
    await revoke('ida.stein', given);
  });

  test('two that mirror each other at once: at most one stands', async () => {
    const results = await bothOrders(async () => {
      const [a, b] = [await aPerson(), await aPerson()];
      for (const { id } of [a, b]) await appoint(id, 'OWNER', 'hochbauamt');
      return [() => refusedBy(delegate(a.key, b.key)), () => refusedBy(delegate(b.key, a.key))];
    });
    for (const ends of results) expect(ends).toEqual(['delegation_chain', 'none']);
  });
});

describe('SOD-10: an emergency takes two people', () => {
  test('not the same one twice, nor as the deputy of the one who opened, by hand neither', async () => {
    const product = await office.aProduct({
      unit: 'gruenflaechenamt',
      title: 'Hilfebedarf',
      openness: 'RESTRICTED',
      personalRef: 'PERSONAL',
      purposes: ['PFLICHTAUFGABE'],
      fields: [{ name: 'anschrift' }],
    });
    const asked = {
      productId: product.id,
      consumerUnitId: await office.unit('umweltamt'),
      danger: 'KATASTROPHE' as const,
      reason: 'Hochwasser im Rheinbogen, Menschen sind in Gefahr.',
      caseNumber: 'KatS 1',
      fields: ['anschrift'],
    };
    const accesses = office.app.get(EmergencyAccesses);
    const opener = await aPerson();
    const seat = await appoint(opener.id, 'REQUESTER', 'umweltamt');
    const { id } = await accesses.open(await office.as(opener.key), asked);
    expect(await codeOf(accesses.confirm(await office.as(opener.key), id))).toBe('not_entitled');
    expect(await codeOf(accesses.confirm(await office.as('anna.ahorn'), id))).toBe('not_entitled');
    // changing the role in between changes nobody's person, and a deputy has the limits of the principal
    await acts('xenia.konto', (xenia) => (tx) => office.app.get(Appointments).endAppointment(tx, xenia, seat));
    const head = await appoint(opener.id, 'REQ_HEAD', 'umweltamt');
    const deputy = await aPerson();
    await appoint(deputy.id, 'REQ_HEAD', 'umweltamt', { deputyOf: head });
    for (const key of [opener.key, deputy.key])
      expect(await codeOf(accesses.confirm(await office.as(key), id))).toBe('emergency_same_person');
    expect(
      await sql('UPDATE agreements.emergency_access SET confirmed_by = opened_by, confirmed_at = now() WHERE id = $1', [
        id,
      ]),
    ).not.toBe('none');
  });
});

// last, because offices are one from here on; the votes of merged offices: libs/approvals/src/changed-offices.db.spec.ts
describe('through merging offices: duties stay apart when an office becomes part of another', () => {
  const absorb = async (unit: string, into: string, basis: string) => {
    const change = new Reorganisation(office);
    const { changeId } = await change.prepare({
      kind: 'MERGE',
      basis,
      unitIds: [await office.unit(unit)],
      into: { unitId: await office.unit(into) },
    });
    await change.confirm(changeId);
  };

  test('who asked for one office and answers for the data of another that joins the giving one does not decide', async () => {
    const both = await aPerson();
    await appoint(both.id, 'REQUESTER', 'stadtplanungsamt');
    await appoint(both.id, 'OWNER', 'schulamt');
    const id = await atTheOwner(both.key);
    await absorb('schulamt', 'hochbauamt', 'OV 2026/50');
    await office.settle();
    // the old seat is over, and a new one in the office that gives helps neither who asked nor who endorsed
    expect(await codeOf(office.approve(both.key, id, 'OWNER'))).toBe('self_approval');
    for (const person of [both.id, await office.person('ron.rinne')]) await appoint(person, 'OWNER', 'hochbauamt');
    expect(await codeOf(office.approve(both.key, id, 'OWNER'))).toBe('self_approval');
    expect(await codeOf(office.approve('ron.rinne', id, 'OWNER'))).toBe('four_eyes');
    const { id: taskId } = await office.task(id, 'OWNER');
    expect(await sql(DECIDE, [taskId, both.id, null])).toBe('task_not_requester');
    expect(await sql(DECIDE, [taskId, await office.person('ida.stein'), both.id])).toBe('task_not_for_requester');
    expect(await sql(DECIDE, [taskId, await office.person('ron.rinne'), null])).toBe('task_four_eyes');
    expect(await codeOf(office.approve('ida.stein', id, 'OWNER'))).toBe('none');
  });

  test('when the asking office joins the giving one, who asked decides nothing: the rules decide on what is the own data now', async () => {
    const both = await aPerson();
    await appoint(both.id, 'REQUESTER', 'stadtplanungsamt');
    await appoint(both.id, 'OWNER', 'hochbauamt');
    const id = await atTheOwner(both.key);
    await absorb('stadtplanungsamt', 'hochbauamt', 'OV 2026/51');
    expect(await codeOf(office.approve(both.key, id, 'OWNER'))).toBe('self_approval');
    expect(await codeOf(office.approve('ron.rinne', id, 'OWNER'))).toBe('four_eyes');
    await office.settle();
    expect(await office.rows('SELECT state FROM requests.access_request WHERE id = $1', [id])).toEqual([
      { state: 'PERMITTED' },
    ]);
    expect(
      await office.rows('SELECT FROM approvals.task WHERE request_id = $1 AND decided_by_person_id = $2', [
        id,
        both.id,
      ]),
    ).toEqual([]);
  });
});
