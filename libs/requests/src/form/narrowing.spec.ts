import fc from 'fast-check';
import { joined, mustNarrow, narrowed, narrowsNothing } from './narrowing';
import { requestForm, type Conditions, type RequestForm } from './request-form';

const FIELDS = ['art', 'hoehe', 'lage', 'pflanzjahr'];
const form = (more: Partial<RequestForm> = {}): RequestForm => ({
  ...requestForm.parse({
    productId: '01900000-0000-7000-8000-000000000001',
    consumerUnitId: '01900000-0000-7000-8000-000000000002',
    project: 'Stadtklima',
    purposeCode: 'KLIMA_UMWELT',
    purposeText: 'Bäume für die Klimakarte auswerten',
    from: '2026-01-01',
    until: '2026-12-31',
    fields: FIELDS,
    form: 'ROWLEVEL',
  }),
  ...more,
});

const day = fc.integer({ min: 1, max: 365 }).map((n) => new Date(Date.UTC(2026, 0, n)).toISOString().slice(0, 10));
const some: fc.Arbitrary<Conditions> = fc
  .record(
    {
      fields: fc.subarray(FIELDS, { minLength: 1 }),
      rows: fc.record({ column: fc.constantFrom('art', 'hoehe'), op: fc.constant('eq' as const), value: fc.string() }),
      until: day,
      recipients: fc.subarray(['Klima', 'Karte']),
      retentionDays: fc.integer({ min: 1, max: 400 }),
    },
    { requiredKeys: [] },
  )
  .map((conditions) => conditions as Conditions);

test('whatever the conditions, the agreed scope lies within the approved one, and that within the requested one', () => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      const asked = form({ recipients: ['Klima', 'Karte'], retentionDays: 200 });
      const once = narrowed(asked, a);
      const twice = narrowed(asked, joined(a, b));
      for (const [narrow, wide] of [
        [once, asked],
        [twice, once],
      ] as const) {
        expect(wide.fields).toEqual(expect.arrayContaining(narrow.fields));
        expect(wide.recipients).toEqual(expect.arrayContaining(narrow.recipients));
        expect(narrow.until <= wide.until).toBe(true);
        expect(narrow.retentionDays!).toBeLessThanOrEqual(wide.retentionDays!);
      }
      // every row condition ever set is still there
      for (const { rows } of [a, b]) if (rows) expect(JSON.stringify(twice.rows)).toContain(JSON.stringify(rows));
    }),
  );
});

test.each([
  ['a field nobody asked for', { fields: ['art', 'gutachter'] }],
  ['a later end', { until: '2027-01-31' }],
  ['an end before the beginning', { until: '2025-12-31' }],
  ['another recipient', { recipients: ['Presse'] }],
])('a condition with %s is no condition', (_, conditions) => {
  expect(() => mustNarrow(form(), conditions)).toThrow(expect.objectContaining({ code: 'widening_not_allowed' }));
});

test('a note alone narrows nothing', () => {
  expect(narrowsNothing({ note: 'Bitte sparsam verwenden' })).toBe(true);
  expect(narrowsNothing({ fields: ['art'] })).toBe(false);
});

describe('coarser forms', () => {
  const grid = (metres: number) => ({ field: 'art', mask: { kind: 'grid' as const, metres } });
  const year = { field: 'art', mask: { kind: 'year' as const } };

  test('of what was asked for and what an approver sets the stricter holds; what does not fit takes the field away', () => {
    const asked = form({ fields: ['art', 'hoehe'], coarser: [grid(100)] });
    expect(narrowed(asked, { coarser: [grid(1000)] })).toMatchObject({
      fields: ['art', 'hoehe'],
      coarser: [grid(1000)],
    });
    expect(narrowed(asked, { coarser: [grid(50)] })).toMatchObject({ coarser: [grid(100)] });
    expect(narrowed(asked, { coarser: [year] }).fields).toEqual(['hoehe']);
    expect(narrowed(asked, joined({ coarser: [grid(200)] }, { coarser: [grid(1000)] })).coarser).toEqual([grid(1000)]);
    expect(narrowed(asked, joined({ coarser: [grid(1000)] }, { coarser: [year] })).fields).toEqual(['hoehe']);
  });

  test('a field nobody asked for can not be coarsened, and something must be left', () => {
    expect(() => mustNarrow(form({ fields: ['hoehe'] }), { coarser: [year] })).toThrow();
    expect(() => mustNarrow(form({ fields: ['art'], coarser: [grid(100)] }), { coarser: [year] })).toThrow();
  });
});
