import { conditionsOf } from './conditions';

const asked = { fields: ['a', 'b'], until: '2026-12-31', retentionDays: 90 };

test('only what differs from what was asked becomes a condition', () => {
  expect(
    conditionsOf({ fields: ['a', 'b'], until: '2026-12-31', retentionDays: '90', note: ' ' }, asked),
  ).toBeUndefined();
  expect(conditionsOf({ fields: 'a', until: '2026-11-30', retentionDays: '30', note: 'Nur intern.' }, asked)).toEqual({
    fields: ['a'],
    until: '2026-11-30',
    retentionDays: 30,
    note: 'Nur intern.',
  });
});

test('taking every field away is not the same as leaving all', () => {
  expect(conditionsOf({ until: '2026-12-31', retentionDays: '90' }, asked)).toEqual({ fields: [] });
});

test('a coarser form counts for fields that stay, and what is no form is passed on to be refused', () => {
  const year = { field: 'b', mask: { kind: 'year' } };
  const said = { until: '2026-12-31', retentionDays: '90', 'coarser-0': '', 'coarser-1': '{"kind":"year"}' };
  expect(conditionsOf({ ...said, fields: ['a', 'b'] }, asked)).toEqual({ coarser: [year] });
  expect(conditionsOf({ ...said, fields: ['a'] }, asked)).toEqual({ fields: ['a'] });
  expect(conditionsOf({ ...said, fields: ['a', 'b'], 'coarser-1': 'x' }, asked)?.coarser).toHaveLength(1);
});
