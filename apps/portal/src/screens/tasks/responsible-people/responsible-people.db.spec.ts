import { RequestService } from '#lib/requests';
import { Departures } from '#lib/organisation';
import { Office } from '../../../../../../test/support/office';
import { aPortal, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
let office: Office;
let requestId: string;
beforeAll(async () => {
  portal = await aPortal();
  office = await Office.behind(portal.db, portal.app, portal.provider.issuer);
  const { id: productId } = await office.aProduct({
    unit: 'gruenflaechenamt',
    openness: 'RESTRICTED',
    title: 'Baumkataster',
  });
  ({ id: requestId } = await portal.app
    .get(RequestService, { strict: false })
    .submit(await office.as('eva.bach'), await office.aForm(productId, 'umweltamt')));
}, 120_000);
afterAll(() => portal?.close());

const REST = 'Hier fehlt eine verantwortliche Person';

it('nothing is shown while everybody is there', async () => {
  const head = await portal.signedIn('falk.quelle');
  expect((await head.page('/')).html).not.toContain('/keepers');
  expect((await head.page('/inbox')).html).not.toContain(REST);
  expect((await head.page('/keepers')).html).toContain('Zurzeit hat alles eine verantwortliche Person.');
});

it('both sides see what rests, and only the head of the asking unit names somebody', async () => {
  const [xenia, eva, gero] = [
    await office.as('xenia.konto'),
    await office.person('eva.bach'),
    await office.person('gero.wolke'),
  ];
  await office.rows(
    `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
     VALUES (gen_random_uuid(), $1, 'REQUESTER', $2, 'UNIT', now(), 'IN_FORCE', 'SETUP')`,
    [gero, await office.unit('umweltamt')],
  );
  await office.rows('UPDATE organisation.machine_client SET responsible_person_id = $1 WHERE client_id = $2', [
    eva,
    'umweltamt-fachverfahren',
  ]);
  await office.uow.run(xenia.acting, (tx) => portal.app.get(Departures, { strict: false }).leave(tx, xenia, eva));

  const [owner, head, stranger] = [
    await portal.signedIn('anna.ahorn'),
    await portal.signedIn('falk.quelle'),
    await portal.signedIn('ida.stein'),
  ];
  for (const one of [owner, head]) {
    expect((await one.page('/')).html).toContain('/keepers');
    expect((await one.page('/inbox')).html).toContain(REST);
  }
  expect((await stranger.page('/inbox')).html).not.toContain(REST);
  const seen = (await owner.page('/keepers')).html;
  expect(seen).toContain('Eine neue Person benennt die Leitung dieser Stelle: Umweltamt.');
  expect(seen).not.toContain('Benennen</');
  expect(seen).not.toContain('umweltamt-fachverfahren');
  expect((await owner.send(`/keepers/requests/${requestId}`, { [`person-${requestId}`]: gero })).status).toBe(403);

  const empty = await head.send(`/keepers/requests/${requestId}`, {});
  expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Bitte wählen Sie eine Person.')]);
  expect((await head.send(`/keepers/requests/${requestId}`, { [`person-${requestId}`]: gero })).status).toBe(303);
  const client = { clientId: 'umweltamt-fachverfahren', 'person-umweltamt-fachverfahren': gero };
  expect((await stranger.send('/keepers/machine-clients', client)).status).toBe(404);
  expect((await head.send('/keepers/machine-clients', client)).status).toBe(303);
  expect((await head.page('/keepers')).html).toContain('Zurzeit hat alles eine verantwortliche Person.');
  expect((await owner.page('/inbox')).html).not.toContain(REST);
});
