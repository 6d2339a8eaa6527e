import type { UnitChangePreview } from '#lib/reorganisation';
import { assignables, planOf } from './plan';

const part = (...items: [id: string, note: string][]) => ({
  count: items.length,
  items: items.map(([id, note]) => ({ id, name: id, note, toUnitId: null, toUnitName: null })),
});
const source: UnitChangePreview['sources'][number] = {
  unitId: 'u',
  name: 'Amt',
  products: part(['p', 'OFFERED']),
  requests: part(['r1', 'als anfragende Stelle'], ['r2', 'als gebende Stelle']),
  tasks: part(['t', 'OPEN']),
  agreements: part(['r1', 'als anfragende Stelle'], ['r3', 'eigene Stelle']),
  appointments: part(['a', 'OWNER']),
  contracts: part(['c', 'bis']),
  duties: part(['x', 'GRUENPFLEGE']),
  machineClients: part(['iss client', 'x']),
  departments: part(['d', 'ABTEILUNG']),
};
const named = (kind: Parameters<typeof assignables>[0]) =>
  assignables(kind, [source]).map((one) => `${one.kind} ${one.id}`);

test('a split names products, what the unit asked for once each, departments and programmes; what it gives goes with its product', () => {
  expect(named('SPLIT')).toEqual(['PRODUCT p', 'REQUEST r1', 'REQUEST r3', 'UNIT d', 'CLIENT iss client']);
});

test('nobody takes over what a dissolved unit asked for, and other changes name nothing', () => {
  expect(named('DISSOLVE')).toEqual(['PRODUCT p', 'UNIT d', 'CLIENT iss client']);
  for (const kind of ['MERGE', 'RENAME', 'MOVE'] as const) expect(named(kind)).toEqual([]);
});

test('what was left open on the form is left out of the plan', () => {
  expect(
    planOf({
      items: '3',
      'kind-0': 'PRODUCT',
      'item-0': 'p',
      'to-0': 'a',
      'kind-1': 'UNIT',
      'item-1': 'd',
      'to-1': '',
      'kind-2': 'NONSENSE',
      'item-2': 'x',
      'to-2': 'a',
    }),
  ).toEqual([{ kind: 'PRODUCT', item: 'p', toUnit: 'a' }]);
  expect(planOf({ items: 'x' })).toEqual([]);
});
