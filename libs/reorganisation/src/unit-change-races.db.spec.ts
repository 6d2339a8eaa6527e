// Two people at once: each race ends as if one had come after the other, and what follows finds the one that came first.
import { UnitChanges } from '#lib/organisation';
import { codeOf, Office } from '../../../test/support/office';
import { Reorganisation } from '../../../test/support/reorganisation';

let office: Office;
let change: Reorganisation;
beforeAll(async () => {
  office = await Office.open();
  change = new Reorganisation(office);
}, 120_000);
afterAll(() => office.close());

const rename = async (unit: string, name: string) =>
  (await change.prepare({ kind: 'RENAME', basis: 'OV 2026/20', unitId: await office.unit(unit), name })).changeId;
const stateOf = async (id: string) =>
  (await office.rows<{ state: string }>('SELECT state FROM organisation.unit_change WHERE id = $1', [id]))[0]!.state;
/** A transaction of this person that has done its work and waits before its commit until it is told to go on. */
async function held<T>(key: string, work: (tx: Parameters<Parameters<typeof office.uow.run>[1]>[0]) => Promise<T>) {
  const actor = await office.as(key);
  let goOn: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  let reached: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (reached = resolve));
  const done = office.uow.run(actor.acting, async (tx) => {
    const result = await work(tx);
    reached();
    await gate;
    return result;
  });
  await Promise.race([ready, done.catch(() => undefined)]);
  return { done, goOn };
}
/** Until somebody in this database waits for a row (who waits holds the place in the queue of that row), or for this lock. */
async function waiting(lock = `locktype = 'tuple'`): Promise<void> {
  for (;;) {
    const [row] = await office.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_locks WHERE ${lock} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    if (row!.n > 0) return;
  }
}

test('of confirm and cancel at once one wins and the other hears it', async () => {
  const changeId = await rename('schulamt', 'Schul- und Sportamt');
  const answers = await Promise.all([codeOf(change.confirm(changeId)), codeOf(change.cancel(changeId, 'xenia.konto'))]);
  expect([...answers].sort()).toEqual(['none', 'unit_change_state']);
  expect(await stateOf(changeId)).toBe(answers[0] === 'none' ? 'CONFIRMED' : 'CANCELLED');
  expect(
    (await office.events({ changeId })).map(({ type }) => type).filter((type) => /confirmed|cancelled/.test(type)),
  ).toHaveLength(1);
});

test('of two changes of one unit at once one is confirmed; the other is refused while its date is ahead, and after it', async () => {
  const orderedFor = new Date(Date.now() + 86_400_000).toISOString();
  const merge = async (key: string) =>
    (
      await change.prepare({
        kind: 'MERGE',
        basis: 'OV 2026/21',
        orderedFor,
        unitIds: [await office.unit('rechtsamt')],
        into: { key, name: key, kind: 'AMT', parentId: await office.unit('stadt') },
      })
    ).changeId;
  const [one, other] = [await merge('rechtsamt-neu'), await merge('rechtsamt-anders')];
  const answers = await Promise.all([codeOf(change.confirmPastTheDesk(one)), codeOf(change.confirmPastTheDesk(other))]);
  expect([...answers].sort()).toEqual(['none', 'unit_change_overlap']);
  const [won, lost] = answers[0] === 'none' ? [one, other] : [other, one];
  expect((await change.preview(lost)).obstacles[0]).toMatchObject({ code: 'unit_ended' });
  await change.dateComes(won);
  await change.due();
  expect(await codeOf(change.confirm(lost))).toBe('unit_change_obstacles');
  expect(await codeOf(merge('rechtsamt-spaet'))).toBe('unit_ended');
});

test('a confirmed change that is still ahead keeps every other change from its units, and no longer', async () => {
  const orderedFor = new Date(Date.now() + 86_400_000).toISOString();
  const unitId = await office.unit('informationssicherheit');
  const { changeId } = await change.prepare({
    kind: 'RENAME',
    basis: 'OV 2026/26',
    unitId,
    name: 'Stab Informationssicherheit',
    orderedFor,
  });
  await change.confirm(changeId);
  const other = await rename('informationssicherheit', 'Stab Sicherheit');
  expect((await change.preview(other)).obstacles.map(({ code }) => code)).toEqual(['overlap']);
  expect(await codeOf(change.confirmPastTheDesk(other))).toBe('unit_change_overlap');
  await change.dateComes(changeId);
  await change.due();
  expect(await codeOf(change.confirm(other))).toBe('none');
  const [found] = await change.find('stab sicherheit');
  expect(found?.formerNames.map(({ name }) => name)).toEqual([
    'Informationssicherheitsbeauftragte der Stadt',
    'Stab Informationssicherheit',
  ]);
});

test('the schedule of two workers carries a change out once', async () => {
  const orderedFor = new Date(Date.now() + 86_400_000).toISOString();
  const { changeId } = await change.prepare({
    kind: 'RENAME',
    basis: 'OV 2026/22',
    unitId: await office.unit('revisionsamt'),
    name: 'Amt für Revision',
    orderedFor,
  });
  await change.confirm(changeId);
  expect(
    (await office.rows<{ name: string }>('SELECT name FROM organisation.unit WHERE key = $1', ['revisionsamt']))[0]!
      .name,
  ).toBe('Revisionsamt');
  await change.dateComes(changeId);
  await Promise.all([change.due(), change.due()]);
  expect(
    (await office.events({ changeId })).map(({ type }) => type).filter((type) => type === 'unit.renamed.v1'),
  ).toHaveLength(1);
});

test('a request that is just being submitted goes first: the change waits for it and finds it', async () => {
  const { id: productId } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
  const form = await office.aForm(productId, 'stadtplanungsamt');
  const zoe = await office.as('zoe.plan');
  // the row stands and holds its units, the commit is to come
  const { done, goOn } = await held('zoe.plan', (tx) =>
    tx.sql('SELECT FROM organisation.unit WHERE id = $1 FOR SHARE', [form.consumerUnitId]),
  );
  const { changeId } = await change.prepare({ kind: 'DISSOLVE', basis: 'OV 2026/23', unitId: form.consumerUnitId });
  const confirmed = change.confirmPastTheDesk(changeId);
  await waiting();
  const { id } = await office.requests.submit(zoe, form);
  goOn();
  await done;
  await confirmed;
  await change.due();
  await office.settle();
  const [request] = await office.rows<{ state: string }>('SELECT state FROM requests.access_request WHERE id = $1', [
    id,
  ]);
  expect(request).toEqual({ state: 'REFUSED' });
  expect(await codeOf(office.requests.submit(zoe, form))).toBe('unit_ended');
});

test('a request whose unit ends before its commit is refused there', async () => {
  const { id: productId } = await office.aProduct({ unit: 'tiefbau-vermessungsamt' });
  const carl = await office.as('carl.tonne');
  const form = await office.aForm(productId, 'entsorgungsbetrieb');
  const unitId = form.consumerUnitId;
  const { changeId } = await change.prepare({ kind: 'DISSOLVE', basis: 'OV 2026/24', unitId });
  // the submit has begun, and waits to write; by its own time its unit still exists
  await office.rows('BEGIN');
  await office.rows('LOCK TABLE requests.access_request IN EXCLUSIVE MODE');
  const submitted = codeOf(office.requests.submit(carl, form));
  await waiting(`locktype = 'relation' AND NOT granted`);
  await change.confirmPastTheDesk(changeId);
  await office.rows('COMMIT');
  expect(await submitted).toBe('unit_ended');
  expect(await office.rows('SELECT FROM requests.access_request WHERE consumer_unit_id = $1', [unitId])).toEqual([]);
});

test('an approval whose unit ends before its commit decides nothing', async () => {
  const { id: productId } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
  const { id } = await office.requests.submit(await office.as('eva.bach'), await office.aForm(productId, 'umweltamt'));
  await office.settle();
  const unitIds = [await office.unit('umweltamt')];
  const { changeId } = await change.prepare({
    kind: 'MERGE',
    basis: 'OV 2026/25',
    unitIds,
    into: { unitId: await office.unit('gruenflaechenamt') },
  });
  const nina = await office.as('nina.notiz');
  const { done, goOn } = await held('nina.notiz', (tx) => office.app.get(UnitChanges).confirm(tx, nina, changeId));
  const approved = codeOf(office.approve('falk.quelle', id, 'REQ_HEAD'));
  await waiting();
  goOn();
  await done;
  expect(await approved).toBe('right_ended');
  expect((await office.task(id, 'REQ_HEAD')).state).toBe('OPEN');
  await change.due();
  await office.settle();
  // nobody heads requests in the merged office yet; the task waits there
  const { unit_id: seat } = (await office.task(id, 'REQ_HEAD')) as unknown as { unit_id: string };
  expect(seat).toBe(await office.unit('gruenflaechenamt'));
});
