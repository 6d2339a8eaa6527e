// Whose duty is whose when units change: the date of a change comes at once, because only the register is the matter here.
import { Office } from '../../../../test/support/office';
import { Reorganisation } from '../../../../test/support/reorganisation';
import { DutyReads } from './duties.reads';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office?.close());

const codesOf = async (unit: string) => {
  const id = await office.unit(unit);
  return office.system(async (tx) => [...(await office.app.get(DutyReads).codesOf(tx, id))].sort());
};

test('a department and the statistics unit have the duties of their office', async () => {
  expect(await codesOf('jugendhilfeplanung')).toEqual(['KINDERTAGESBETREUUNG']);
  expect(await codesOf('statistikstelle')).toEqual(['KOMMUNALSTATISTIK']);
  expect(await codesOf('rechtsamt')).toEqual([]);
});

test('a duty that has not begun or is over is nobody’s, and its words stay', async () => {
  await office.rows(
    `INSERT INTO organisation.duty (id, code, name, unit_id, valid_from, valid_to) SELECT gen_random_uuid(), x.code, 'Erfundene Aufgabe', u.id, x.f, x.t
       FROM organisation.unit u, (VALUES ('KOMMT', now() + interval '1 day', NULL), ('WAR', now() - interval '2 days', now() - interval '1 day')) AS x (code, f, t)
      WHERE u.key = 'feuerwehr'`,
  );
  expect(await codesOf('feuerwehr')).toEqual(['BRANDSCHUTZ']);
  expect(await office.system((tx) => office.app.get(DutyReads).inWords(tx, 'WAR'))).toEqual([
    ['WAR', 'Erfundene Aufgabe'],
  ]);
});

test('a merged unit hands its duties on to the one in its place', async () => {
  const changes = new Reorganisation(office);
  const { changeId, targetIds } = await changes.prepare({
    kind: 'MERGE',
    basis: 'OV 1',
    orderedFor: new Date(Date.now() + 86_400_000).toISOString(),
    unitIds: [await office.unit('schulamt'), await office.unit('gesundheitsamt')],
    into: {
      key: 'schule-gesundheit',
      name: 'Amt für Schule und Gesundheit',
      kind: 'AMT',
      parentId: await office.unit('stadt'),
    },
  });
  await changes.confirmPastTheDesk(changeId);
  expect(await codesOf('schulamt')).toEqual(['SCHULTRAEGER']);
  await changes.dateComes(changeId);
  const names = await office.system((tx) => office.app.get(DutyReads).ofUnits(tx, targetIds));
  expect(names.map(({ code, unitName }) => [code, unitName]).sort()).toEqual([
    ['GESUNDHEITSSCHUTZ', 'Amt für Schule und Gesundheit'],
    ['SCHULTRAEGER', 'Amt für Schule und Gesundheit'],
  ]);
});
