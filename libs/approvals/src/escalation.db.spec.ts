import { EVERYTHING } from '#lib/policy';
import { newId } from '#lib/kernel';
import { People, type RoleCode } from '#lib/organisation';
import { codeOf, Office } from '../../../test/support/office';
import { Escalation } from './escalation.service';
import { NoticeReads } from './notices.reads';

let office: Office;
beforeAll(async () => {
  // what its chains and tables ask for, whether or not the gate can carry it out today
  office = await Office.open({ can: EVERYTHING });
}, 120_000);
afterAll(() => office.close());

/** A role by the setup, as if it had been there from the start. */
const appoint = async (key: string, role: RoleCode, unit: string, deputyOf: string | null = null): Promise<string> => {
  const id = newId();
  await office.rows(
    `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, deputy_of, valid_from, state, origin)
     VALUES ($1, $2, $3, $4, 'UNIT', $5, now(), 'IN_FORCE', 'SETUP')`,
    [id, await office.person(key), role, await office.unit(unit), deputyOf],
  );
  return id;
};
const aPerson = async (key: string): Promise<string> => {
  const id = newId();
  await office.rows(
    `INSERT INTO organisation.person (id, key, given_name, family_name) VALUES ($1, $2, 'Nova', 'Neu')`,
    [id, key],
  );
  await office.rows(
    `INSERT INTO organisation.account (iss, sub, person_id) VALUES ('http://idp.example/realms/datenraum', $1, $2)`,
    [`sub-${key}`, id],
  );
  return id;
};
/** An office below a Dezernat whose head is somebody else; every test has its own. */
let made = 0;
async function anOffice(): Promise<{ unit: string; owner: string; deputy: string; head: string; dezernat: string }> {
  const n = ++made;
  const names = {
    dezernat: `dezernat-${n}`,
    unit: `amt-${n}`,
    owner: `owner.${n}`,
    deputy: `deputy.${n}`,
    head: `head.${n}`,
  };
  const [dezernatId, unitId] = [newId(), newId()];
  await office.rows(
    `INSERT INTO organisation.unit (id, key, name, kind, parent_id, valid_from)
     VALUES ($1, $2, 'Dezernat ${n}', 'DEZERNAT', (SELECT id FROM organisation.unit WHERE key = 'stadt'), now() - interval '1 day'),
            ($3, $4, 'Amt ${n}', 'AMT', $1, now() - interval '1 day')`,
    [dezernatId, names.dezernat, unitId, names.unit],
  );
  for (const key of [names.owner, names.deputy, names.head]) await aPerson(key);
  const owner = await appoint(names.owner, 'OWNER', names.unit);
  await appoint(names.deputy, 'OWNER', names.unit, owner);
  await appoint(names.head, 'OWNER', names.dezernat);
  return names;
}
/** Somebody of the Stadtplanungsamt asks that office; the chain is A8, and all is done that comes before the owner. */
async function atTheOwner(unit: string, asker = 'zoe.plan', endorser = 'ron.rinne'): Promise<string> {
  const steward = `steward.${newId()}`;
  await aPerson(steward);
  await appoint(steward, 'STEWARD', unit);
  const product = await office.aProduct({ unit, openness: 'RESTRICTED', title: 'Netzplan' });
  const { id } = await office.requests.submit(
    await office.as(asker),
    await office.aForm(product.id, 'stadtplanungsamt'),
  );
  await office.settle();
  await office.approve(endorser, id, 'REQ_HEAD');
  await office.approve(steward, id, 'STEWARD');
  await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
  return id;
}
const raisedTo = async (requestId: string, step = 'OWNER') =>
  (
    await office.rows<{ role: string | null; unit: string | null; because: string | null }>(
      `SELECT t.raised_role AS role, u.key AS unit, t.raised_because AS because FROM approvals.task t LEFT JOIN organisation.unit u ON u.id = t.raised_unit_id
        WHERE t.request_id = $1 AND t.step = $2 ORDER BY t.round DESC LIMIT 1`,
      [requestId, step],
    )
  )[0]!;
const sweep = () => office.app.get(Escalation).sweep();

describe('a step that nobody of its office may decide', () => {
  test('stays where it is as long as somebody may', async () => {
    const { unit, owner } = await anOffice();
    const id = await atTheOwner(unit);
    await sweep();
    expect((await raisedTo(id)).role).toBeNull();
    expect(await office.approve(owner, id, 'OWNER')).toMatchObject({ taskState: 'APPROVED' });
  });

  test('goes to the Dezernat when the owner asks and the deputy stands in for them: at once, with event, inbox and reason', async () => {
    const { unit, owner, deputy, head, dezernat } = await anOffice();
    await appoint(owner, 'REQUESTER', 'stadtplanungsamt');
    const id = await atTheOwner(unit, owner);
    expect(await raisedTo(id)).toEqual({ role: 'OWNER', unit: dezernat, because: 'EXCLUDED' });
    await office.absent(owner);
    for (const key of [owner, deputy]) expect(await codeOf(office.approve(key, id, 'OWNER'))).toBe('self_approval');

    const [raised] = (await office.events({ requestId: id })).filter(({ type }) => type === 'approval.raised.v1');
    expect(raised!.facts).toMatchObject({
      step: 'OWNER',
      toRole: 'OWNER',
      toUnitId: await office.unit(dezernat),
      because: 'EXCLUDED',
    });
    const [line] = (await office.inbox.inbox(await office.as(head))).filter(({ requestId }) => requestId === id);
    expect(line!.raised).toMatchObject({
      unitName: expect.stringMatching(/^Dezernat/),
      because: expect.stringContaining('Alle Zuständigen'),
    });
    // the Geschäftsstelle reads the true reason: no deadline is over
    const notices = await office.app.get(NoticeReads).notices(await office.as('quirin.stern'));
    expect(notices.find(({ requestId }) => requestId === id)?.reasons).toMatch(/^Alle Zuständigen/);
    expect(await office.approve(head, id, 'OWNER')).toMatchObject({ taskState: 'APPROVED' });
  });

  test('goes on to the head of the administration when the Dezernat may not either', async () => {
    const { unit, owner, head } = await anOffice();
    await appoint(owner, 'REQUESTER', 'stadtplanungsamt');
    await appoint(head, 'REQ_HEAD', 'stadtplanungsamt');
    const id = await atTheOwner(unit, owner, head);
    expect(await raisedTo(id)).toEqual({ role: 'LEITUNG_VERWALTUNG', unit: null, because: 'EXCLUDED' });
    expect(await codeOf(office.approve(head, id, 'OWNER'))).toMatch(/not_entitled|four_eyes/);
    expect(await office.approve('leonore.leit', id, 'OWNER')).toMatchObject({ taskState: 'APPROVED' });
  });

  test('goes up when the seat falls empty; who takes it again may decide as well', async () => {
    const { unit, owner, deputy, dezernat } = await anOffice();
    const id = await atTheOwner(unit);
    const xenia = await office.as('xenia.konto');
    for (const key of [owner, deputy]) {
      const personId = await office.person(key);
      await office.uow.run(xenia.acting, (tx) => office.app.get(People).disablePerson(tx, xenia, personId));
    }
    await sweep();
    expect(await raisedTo(id)).toEqual({ role: 'OWNER', unit: dezernat, because: 'VACANT' });
    const next = `next.${made}`;
    await aPerson(next);
    await appoint(next, 'OWNER', unit);
    expect(await office.approve(next, id, 'OWNER')).toMatchObject({ taskState: 'APPROVED' });
  });

  test('waits for who is away until the deadline, and goes up then; nothing is decided by it', async () => {
    const { unit, owner, deputy, head, dezernat } = await anOffice();
    const id = await atTheOwner(unit);
    for (const key of [owner, deputy]) await office.absent(key);
    await sweep();
    expect((await raisedTo(id)).role).toBeNull();
    const { id: taskId } = await office.task(id, 'OWNER');
    await office.rows(`UPDATE approvals.task SET due_at = now() - interval '1 hour' WHERE id = $1`, [taskId]);
    await sweep();
    await sweep();
    expect(await raisedTo(id)).toEqual({ role: 'OWNER', unit: dezernat, because: 'ABSENT' });
    expect((await office.events({ requestId: id })).filter(({ type }) => type === 'approval.raised.v1')).toHaveLength(
      1,
    );
    expect((await office.task(id, 'OWNER')).state).toBe('OPEN');
    expect(await codeOf(office.approve(head, id, 'OWNER'))).toBe('none');
  });

  test('is not taken over by a Dezernat whose offices it is not, nor for advice', async () => {
    const [{ unit, owner }, { head }] = [await anOffice(), await anOffice()];
    await appoint(owner, 'REQUESTER', 'stadtplanungsamt');
    const id = await atTheOwner(unit, owner);
    expect(await codeOf(office.approve(head, id, 'OWNER'))).toBe('task_not_found');
    const { id: taskId } = await office.task(id, 'ISB');
    const byHand = office.system((tx) =>
      tx.sql(`UPDATE approvals.task SET raised_role = 'OWNER', raised_because = 'VACANT' WHERE id = $1`, [taskId]),
    );
    await expect(byHand).rejects.toMatchObject({ driverError: { constraint: 'task_raised_decides' } });
  });
});

describe('the sealed-off Statistikstelle', () => {
  const decides = (requestId: string) =>
    office.rows<{ step: string; role: string; unit: string | null }>(
      `SELECT t.step, t.role, u.key AS unit FROM approvals.task t LEFT JOIN organisation.unit u ON u.id = t.unit_id WHERE t.request_id = $1 AND t.step IN ('STAT', 'OWNER') ORDER BY t.step`,
      [requestId],
    );
  const asked = async (title: string) => {
    const product = await office.aProduct({
      unit: 'statistikstelle',
      openness: 'RESTRICTED',
      personalRef: 'AGGREGATED',
      secrecy: ['STATISTIK'],
      releasedCube: true,
      purposes: ['STADTPLANUNG'],
      title,
    });
    const form = await office.aForm(product.id, 'stadtplanungsamt', {
      purposeCode: 'STADTPLANUNG',
      legalBasis: ['HESSLSTATG_11'],
      form: 'TABLE_AGG',
      fields: ['bezirk'],
    });
    const { id } = await office.requests.submit(await office.as('zoe.plan'), form);
    await office.settle();
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    return id;
  };

  test('answers for its own products by its head: first for secrecy, then as the owner, with reasons against an opinion', async () => {
    const id = await asked('Haushalte je Bezirk');
    expect(await decides(id)).toEqual([
      { step: 'OWNER', role: 'STAT', unit: 'statistikstelle' },
      { step: 'STAT', role: 'STAT', unit: null },
    ]);
    await office.approve('leif.summe', id, 'STEWARD');
    await office.advise('uma.schild', id, 'DSB', 'NEGATIVE');
    expect(
      await codeOf(
        office.approvals.refuse(await office.as('yara.zahl'), (await office.task(id, 'STAT')).id, {
          revision: await office.revision(id),
          reasonCode: 'QUALITAET',
          text: 'Zu alt.',
        }),
      ),
    ).toBe('veto_only');
    await office.approve('yara.zahl', id, 'STAT');
    expect(await codeOf(office.approve('otto.tafel', id, 'OWNER'))).not.toBe('none');
    expect(await codeOf(office.approve('yara.zahl', id, 'OWNER'))).toBe('reasons_required');
    const owner = await office.inbox.task(await office.as('yara.zahl'), (await office.task(id, 'OWNER')).id);
    expect([owner.reasonsRequired, owner.may.refuse, owner.may.veto]).toEqual([true, true, false]);
    expect(await office.approve('yara.zahl', id, 'OWNER', { reasons: 'Die Tabelle nennt niemanden.' })).toMatchObject({
      taskState: 'APPROVED',
    });
    expect((await office.events({ requestId: id })).map(({ type }) => type)).toContain('approval.overrode-opinion.v1');
  });

  test('is decided for by its deputy and by nobody above: overdue and empty, the Geschäftsstelle is told and no Dezernat', async () => {
    const id = await asked('Personen je Bezirk');
    const overdue = async (step: string) => {
      const { id: taskId } = await office.task(id, step);
      await office.rows(`UPDATE approvals.task SET due_at = now() - interval '30 days' WHERE id = $1`, [taskId]);
      await office.rows(`UPDATE approvals.task SET escalated_at = now() WHERE id = $1`, [taskId]);
      await sweep();
      return raisedTo(id, step);
    };
    expect(await overdue('STEWARD')).toEqual({ role: null, unit: null, because: null });
    await office.approve('leif.summe', id, 'STEWARD');
    await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
    await office.approve('yara.zahl', id, 'STAT');
    for (const { key } of await office.rows<{ key: string }>(
      `SELECT DISTINCT p.key FROM organisation.person p JOIN organisation.appointment a ON a.person_id = p.id WHERE a.role = 'STAT'`,
    ))
      await office.absent(key);
    expect(await overdue('OWNER')).toEqual({ role: null, unit: null, because: null });
    for (const key of ['otto.tafel', 'leonore.leit'])
      expect(await codeOf(office.approve(key, id, 'OWNER'))).not.toBe('none');
    const notices = await office.app.get(NoticeReads).notices(await office.as('quirin.stern'));
    expect(notices.filter(({ requestId, kind }) => requestId === id && kind === 'ESCALATED').length).toBeGreaterThan(0);
  });
});
