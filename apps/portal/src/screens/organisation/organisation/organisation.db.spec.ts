// One file: the screens of the organisation over HTTP on one portal; who sees what, who may do what, and that a refusal says
// what it is.
import { newId } from '#lib/kernel';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';
import { today as day } from '../../../../../../test/support/day';

let portal: TestPortal;
let anna: PortalBrowser;
let xenia: PortalBrowser;
let nina: PortalBrowser;
beforeAll(async () => {
  portal = await aPortal();
  [anna, xenia, nina] = (await Promise.all(
    ['anna.ahorn', 'xenia.konto', 'nina.notiz'].map((name) => portal.signedIn(name)),
  )) as [PortalBrowser, PortalBrowser, PortalBrowser];
}, 120_000);
afterAll(() => portal?.close());

const rows = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await portal.db.owner.query(sql, values)).rows as T[];
const person = async (key: string): Promise<string> =>
  (await rows<{ id: string }>('SELECT id FROM organisation.person WHERE key = $1', [key]))[0]?.id ?? '';
const unit = async (key: string): Promise<string> =>
  (await rows<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [key]))[0]?.id ?? '';
const appointment = async (key: string, role: string): Promise<string> =>
  (
    await rows<{ id: string }>(
      'SELECT a.id FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id WHERE p.key = $1 AND a.role = $2 ORDER BY a.id DESC LIMIT 1',
      [key, role],
    )
  )[0]?.id ?? '';
const state = async (id: string): Promise<string> =>
  (await rows<{ state: string }>('SELECT state FROM organisation.appointment WHERE id = $1', [id]))[0]?.state ?? 'none';
const order = async (more: Record<string, string> = {}) => ({
  _operation: newId(),
  role: 'STEWARD',
  unitId: await unit('gruenflaechenamt'),
  scope: 'UNIT',
  ...more,
});
const text = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

describe('reading', () => {
  test('everybody who takes part sees units, legal forms, empty seats and who stands in', async () => {
    const { status, html } = await anna.page('/organisation');
    expect(status).toBe(200);
    expect(text(html)).toMatch(/Schulamt Amt, \d+ Rollen? besetzt/);
    expect(text(html)).toContain('Gesellschaft (eigene Rechtsperson)');
    expect(text(html)).toMatch(/ohne Vertretung/);
    const office = await anna.page(`/organisation/units/${await unit('gruenflaechenamt')}`);
    expect(text(office.html)).toMatch(/Anna Ahorn, seit 01.01.2026 Benno Buche/);
    const company = await anna.page(`/organisation/units/${await unit('entsorgungsbetrieb')}`);
    expect(text(company.html)).toMatch(/31.12.2030 Interne Vereinbarung Muster-IV 2026\/01/);
  });

  test('an unknown unit or person is not found', async () => {
    for (const path of [`/organisation/units/${newId()}`, '/organisation/units/x'])
      expect((await anna.page(path)).status).toBe(404);
    for (const path of [`/administration/people/${newId()}`, '/administration/people/x'])
      expect((await xenia.page(path)).status).toBe(404);
  });

  test('each role says what it may, what does not go with it, and where that stands', async () => {
    const { html } = await anna.page('/organisation/roles');
    expect(text(html)).toMatch(/Plattform-Administration.*Personen und Rollen verwalten, immer zu zweit/);
    expect(text(html)).toContain('BMG § 37 Abs. 2');
  });

  test('only the administration sees the queue and the people', async () => {
    for (const path of [
      '/administration',
      '/administration/people',
      `/administration/people/${await person('eva.bach')}`,
    ]) {
      expect([path, (await anna.page(path)).status]).toEqual([path, 403]);
      expect([path, (await xenia.page(path)).status]).toEqual([path, 200]);
    }
    expect((await anna.page('/')).html).not.toContain('href="/administration"');
  });
});

describe('granting a role', () => {
  const propose = async (who: PortalBrowser, key: string, more: Record<string, string> = {}) =>
    who.send(`/administration/people/${await person(key)}/appointments`, await order(more));

  test('takes two people of the administration, neither of them the one who gets it', async () => {
    expect((await propose(xenia, 'emil.fach')).status).toBe(303);
    const id = await appointment('emil.fach', 'STEWARD');
    expect(await state(id)).toBe('PROPOSED');
    expect(text((await xenia.page('/administration')).html)).toContain('Eine andere Person muss zustimmen');
    const own = await xenia.send(`/administration/proposals/${id}/confirm`, { _operation: newId() });
    expect(own.status).toBe(403);
    expect(text(await own.text())).toMatch(/Zwei andere Personen nötig.*Niemand bestellt sich selbst/);
    expect((await anna.send(`/administration/proposals/${id}/confirm`, { _operation: newId() })).status).toBe(403);
    expect(await state(id)).toBe('PROPOSED');
    expect((await nina.send(`/administration/proposals/${id}/confirm`, { _operation: newId() })).status).toBe(303);
    expect(await state(id)).toBe('IN_FORCE');
    const ended = await nina.send(`/administration/people/${await person('emil.fach')}/appointments/${id}/end`, {
      _operation: newId(),
    });
    expect([ended.status, await state(id)]).toEqual([303, 'ENDED']);
  });

  test('is refused where duties must stay apart, names both roles and keeps what was typed', async () => {
    const answer = await propose(xenia, 'uma.schild', { role: 'OWNER', validTo: day(200) });
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(text(html)).toMatch(
      /Diese Rollen dürfen nicht zusammentreffen.*Uma Schild ist schon: Datenschutzbeauftragte.*verträgt sich nicht mit: Datenverantwortliche/,
    );
    expect(html).toContain(`value="${day(200)}"`);
    expect(html).toMatch(/<option value="OWNER" selected="">/);
  });

  test('names every missing statement at its field', async () => {
    const answer = await propose(xenia, 'emil.fach', { role: '', unitId: '', scope: 'DOMAIN' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const name of ['role', 'unitId']) expect(html).toContain(`href="#field-${name}"`);
    expect(html).not.toContain('Invalid');
  });

  test('a deputy needs no more than whom they stand in for', async () => {
    const deputyOf = await appointment('lars.pfad', 'OWNER');
    expect((await propose(xenia, 'karla.mauer', { deputyOf, role: '', unitId: '', scope: '' })).status).toBe(303);
    const [row] = await rows(
      'SELECT role, unit_id, scope_kind, deputy_of FROM organisation.appointment WHERE id = $1',
      [await appointment('karla.mauer', 'OWNER')],
    );
    expect(row).toEqual({
      role: 'OWNER',
      unit_id: await unit('tiefbau-vermessungsamt'),
      scope_kind: 'UNIT',
      deputy_of: deputyOf,
    });
    expect(
      (
        await xenia.send(`/administration/proposals/${await appointment('karla.mauer', 'OWNER')}/decline`, {
          _operation: newId(),
        })
      ).status,
    ).toBe(303);
    expect(await state(await appointment('karla.mauer', 'OWNER'))).toBe('DECLINED');
  });

  test('a person who is disabled is out with the next click', async () => {
    const emil = await portal.signedIn('emil.fach');
    expect((await emil.page('/my-roles')).status).toBe(200);
    expect(
      (await xenia.send(`/administration/people/${await person('emil.fach')}/disabling`, { _operation: newId() }))
        .status,
    ).toBe(303);
    expect((await emil.page('/my-roles')).status).toBe(403);
    expect(
      (await xenia.send(`/administration/people/${await person('xenia.konto')}/disabling`, { _operation: newId() }))
        .status,
    ).toBe(403);
  });
});

describe('people', () => {
  const people = async (): Promise<number> =>
    (await rows<{ n: number }>('SELECT count(*)::int AS n FROM organisation.person'))[0]?.n ?? -1;
  const openOrder = async (): Promise<string> =>
    (
      await rows<{ id: string }>(
        `SELECT id FROM organisation.person_order WHERE state = 'PROPOSED' ORDER BY proposed_at DESC LIMIT 1`,
      )
    )[0]?.id ?? '';

  test('are found by a part of their name, and not all at once', async () => {
    expect(text((await xenia.page('/administration/people?q=linde')).html)).toMatch(/1 Person .*Clara Linde/);
    expect(text((await xenia.page('/administration/people')).html)).not.toContain('Clara Linde');
    expect((await xenia.page(`/administration/people?q=${encodeURIComponent("'; DROP--%00")}`)).status).toBe(200);
  });

  test('come when a second administrator agrees; a form with faults keeps what was typed', async () => {
    const before = await people();
    const wrong = await xenia.send('/administration/new-person', {
      _operation: newId(),
      givenName: 'Nele',
      familyName: '',
      sub: '',
      email: 'keine Adresse',
    });
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    for (const name of ['familyName', 'sub', 'email']) expect(html).toContain(`href="#field-${name}"`);
    expect(html).toContain('value="Nele"');
    expect(html).not.toContain('Invalid');
    expect(
      (
        await xenia.send('/administration/new-person', {
          _operation: newId(),
          givenName: 'Nele',
          familyName: 'Neuling',
          sub: 'neu-1',
        })
      ).status,
    ).toBe(303);
    const order = await openOrder();
    expect(text((await nina.page('/administration')).html)).toMatch(/Nele Neuling: neu aufnehmen.*Vorgang bestätigen/);
    const own = await xenia.send(`/administration/orders/${order}/confirm`, { _operation: newId() });
    expect([own.status, text(await own.text())]).toEqual([403, expect.stringContaining('Zwei andere Personen nötig')]);
    expect(await people()).toBe(before);
    expect((await nina.send(`/administration/orders/${order}/confirm`, { _operation: newId() })).status).toBe(303);
    expect(await people()).toBe(before + 1);
    const taken = await xenia.send(`/administration/people/${await person('clara.linde')}/accounts`, {
      _operation: newId(),
      sub: 'neu-1',
    });
    expect([taken.status, text(await taken.text())]).toEqual([
      409,
      expect.stringContaining('Dieses Konto gehört schon zu einer Person'),
    ]);
  });

  test('leave with a look at what ends before, and change units the same way', async () => {
    const id = await person('hanna.regen');
    const look = text((await xenia.page(`/administration/people/${id}/departure`)).html);
    expect(look).toMatch(/Das endet mit dem Weggang aus der Stadt Rollen .*Fachliche Datenbetreuung, Umweltamt/);
    const noTarget = await xenia.send(`/administration/people/${id}/departure`, {
      _operation: newId(),
      from: await unit('umweltamt'),
    });
    expect([noTarget.status, (await noTarget.text()).includes('href="#field-toUnitId"')]).toEqual([422, true]);
    expect((await anna.send(`/administration/people/${id}/departure`, { _operation: newId() })).status).toBe(403);
    const moved = await xenia.send(`/administration/people/${id}/departure`, {
      _operation: newId(),
      from: await unit('umweltamt'),
      toUnitId: await unit('schulamt'),
    });
    expect(moved.status).toBe(303);
    expect(text((await xenia.page(`/administration/people/${id}`)).html)).toContain('Diese Person hat keine Rolle');
    expect((await xenia.send(`/administration/people/${id}/departure`, { _operation: newId() })).status).toBe(303);
    expect(text((await xenia.page(`/administration/people/${id}`)).html)).toMatch(
      /gesperrt seit .*Sperre aufheben .*Angaben zur Person löschen/,
    );
  });

  test('come back and are erased by two only', async () => {
    const id = await person('hanna.regen');
    expect((await xenia.send(`/administration/people/${id}/erasure`, { _operation: newId() })).status).toBe(303);
    expect(
      (await nina.send(`/administration/orders/${await openOrder()}/decline`, { _operation: newId() })).status,
    ).toBe(303);
    expect((await xenia.send(`/administration/people/${id}/return`, { _operation: newId() })).status).toBe(303);
    expect(
      (await nina.send(`/administration/orders/${await openOrder()}/confirm`, { _operation: newId() })).status,
    ).toBe(303);
    const again = await xenia.send(`/administration/people/${id}/return`, { _operation: newId() });
    expect([again.status, text(await again.text())]).toEqual([
      409,
      expect.stringContaining('Die Person ist nicht gesperrt'),
    ]);
  });
});

describe('standing in', () => {
  test('an absence counts at once, its reason is for nobody else', async () => {
    const wrong = await anna.send('/my-roles/absences', { _operation: newId(), from: day(2), to: '', reason: 'KRANK' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('href="#field-to"');
    expect(
      (await anna.send('/my-roles/absences', { _operation: newId(), from: day(0), to: day(3), reason: 'KRANK' }))
        .status,
    ).toBe(303);
    expect(text((await anna.page('/my-roles')).html)).toContain('Sie sind abwesend');
    const others = text((await xenia.page(`/organisation/units/${await unit('gruenflaechenamt')}`)).html);
    expect(others).toContain('Anna Ahorn, seit 01.01.2026, zurzeit abwesend');
    expect(others).not.toContain('Krankheit');
    const [absence] = await rows<{ id: string }>('SELECT id FROM organisation.absence WHERE person_id = $1', [
      await person('anna.ahorn'),
    ]);
    const benno = await portal.signedIn('benno.buche');
    expect((await benno.send(`/my-roles/absences/${absence?.id}/end`, { _operation: newId() })).status).toBe(403);
    expect((await anna.send(`/my-roles/absences/${absence?.id}/end`, { _operation: newId() })).status).toBe(303);
    expect(text((await anna.page('/my-roles')).html)).not.toContain('Sie sind abwesend');
  });

  test('two of the administration mark somebody absent who can not do it, and nobody else does', async () => {
    const path = `/administration/people/${await person('gero.wolke')}/absences`;
    const wrong = await xenia.send(path, { _operation: newId(), from: day(0), to: '', reason: 'KRANK' });
    const html = await wrong.text();
    expect([wrong.status, html.includes('href="#field-to"'), html.includes(`value="${day(0)}"`)]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await anna.send(path, { _operation: newId(), from: day(0), to: day(2), reason: 'KRANK' })).status).toBe(
      403,
    );
    // a form that can not be read is no way to see the page of a person
    const curious = await anna.send(path, { _operation: newId(), from: day(0), to: '', reason: 'KRANK' });
    expect([curious.status, (await curious.text()).includes('Gero Wolke')]).toEqual([403, false]);
    expect((await xenia.send(path, { _operation: newId(), from: day(0), to: day(2), reason: 'KRANK' })).status).toBe(
      303,
    );
    expect(text((await anna.page(`/organisation/units/${await unit('umweltamt')}`)).html)).not.toMatch(
      /Gero Wolke, seit [\d.]+, zurzeit abwesend/,
    );
    const nina = await portal.signedIn('nina.notiz');
    expect(text((await nina.page('/administration')).html)).toContain('Gero Wolke: abwesend');
    const [order] = await rows<{ id: string }>(
      `SELECT id FROM organisation.person_order WHERE kind = 'ABSENCE' AND state = 'PROPOSED'`,
    );
    expect((await nina.send(`/administration/orders/${order?.id}/confirm`, { _operation: newId() })).status).toBe(303);
    expect(text((await anna.page(`/organisation/units/${await unit('umweltamt')}`)).html)).toMatch(
      /Gero Wolke, seit [\d.]+, zurzeit abwesend/,
    );
  });

  test('the accountable person passes the decision on in writing, for a year at most, and takes it back', async () => {
    const base = {
      appointmentId: await appointment('anna.ahorn', 'OWNER'),
      delegatePersonId: await person('clara.linde'),
      reference: 'Az. 4711/26',
    };
    const tooLong = await anna.send('/my-roles/delegations', { _operation: newId(), ...base, validTo: day(500) });
    const html = await tooLong.text();
    expect(tooLong.status).toBe(422);
    expect(text(html)).toContain('höchstens zwölf Monate');
    expect(html).toContain('value="Az. 4711/26"');
    expect((await anna.send('/my-roles/delegations', { _operation: newId(), ...base, validTo: day(100) })).status).toBe(
      303,
    );
    const clara = await portal.signedIn('clara.linde');
    expect(text((await clara.page('/my-roles')).html)).toMatch(
      /Datenverantwortliche\/r, Grünflächenamt gilt Übertragen von Anna Ahorn .* Az. 4711\/26/,
    );
    const [given] = await rows<{ id: string }>('SELECT id FROM organisation.delegation');
    expect((await clara.send(`/my-roles/delegations/${given?.id}/revoke`, { _operation: newId() })).status).toBe(403);
    expect((await anna.send(`/my-roles/delegations/${given?.id}/revoke`, { _operation: newId() })).status).toBe(303);
    expect(text((await clara.page('/my-roles')).html)).toContain('widerrufen');
  });

  test('who answers for no data is offered no delegation, and may give none', async () => {
    const { html } = await xenia.page('/my-roles');
    expect(html).not.toContain('Aufgaben schriftlich übertragen');
    expect((await xenia.send('/my-roles/delegations', { _operation: newId() })).status).toBe(403);
  });
});
