import { conditionsOf } from './conditions';

const asked = { fields: ['a', 'b'], until: '2026-12-31', retentionDays: 90 };

test('only what differs from what was asked becomes a condition', () => {
  expect(conditionsOf({ fields: ['a', 'b'], until: '2026-12-31', retentionDays: '90', note: ' ' }, asked)).toBeUndefined();
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
