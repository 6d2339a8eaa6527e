import type { Obligation } from '#lib/policy';
import type { Mask } from '#lib/sources';
import { planDelivery, type DeliveryInput } from './plan-delivery';

const obligation = (
  id: string,
  params: Obligation['params'] = {},
  enforcement: Obligation['enforcement'] = 'ENFORCED',
): Obligation => ({ id, params, enforcement });

const fields: { name: string; class: string; mask?: Mask }[] = [
  { name: 'id', class: 'NONE' },
  { name: 'inspector', class: 'DIRECT_ID', mask: { kind: 'redact', with: '***' } },
  { name: 'planted', class: 'NONE', mask: { kind: 'year' } },
  { name: 'x', class: 'NONE', mask: { kind: 'grid', metres: 50 } },
  { name: 'note', class: 'QUASI_ID' },
];

const wanted = (obligations: Obligation[], more: Partial<DeliveryInput> = {}): DeliveryInput => ({
  objectKey: 'sha256-x',
  fields,
  terms: { fields: ['id', 'inspector', 'planted'], masks: {}, rows: null, form: 'ROWLEVEL', obligations },
  obligationsNow: [],
  contract: { status: 'VALID', kinds: ['DUV'] },
  format: 'csv',
  spreadsheetSafe: false,
  ...more,
});

const masks = (given: DeliveryInput) => {
  const planned = planDelivery(given);
  if ('because' in planned) throw new Error(planned.because.join());
  return Object.fromEntries(planned.plan.columns.map(({ name, mask }) => [name, mask?.kind ?? null]));
};
const because = (given: DeliveryInput) => {
  const planned = planDelivery(given);
  return 'because' in planned ? planned.because : [];
};

describe('the plan of a delivery', () => {
  it('keeps what was asked for coarser, and of that and what the rules demand now the stricter', () => {
    const terms = {
      fields: ['x', 'planted'],
      masks: { x: { kind: 'grid', metres: 200 }, planted: { kind: 'round', to: 10 } } as Record<string, Mask>,
      rows: null,
      form: 'ROWLEVEL' as const,
      obligations: [],
    };
    const columns = (obligationsNow: Obligation[]) => {
      const planned = planDelivery(wanted([], { terms, obligationsNow }));
      return 'plan' in planned ? planned.plan.columns.map(({ mask }) => mask) : planned.because;
    };
    expect(columns([])).toEqual([terms.masks.x, terms.masks.planted]);
    // the declared mask of x is a finer grid: the agreed one stays; that of planted does not cover what was agreed
    expect(columns([obligation('O-MASK', { fields: ['x', 'planted'] })])).toEqual([
      { kind: 'grid', metres: 200 },
      { kind: 'drop' },
    ]);
  });

  it('holds the agreed fields in the agreed order and nothing else', () => {
    expect(planDelivery(wanted([]))).toEqual({
      plan: {
        objectKey: 'sha256-x',
        columns: [{ name: 'id' }, { name: 'inspector' }, { name: 'planted' }],
        format: 'csv',
        spreadsheetSafe: false,
      },
    });
  });

  it('masks every field that declares a mask', () => {
    expect(masks(wanted([obligation('O-MASK')]))).toEqual({ id: null, inspector: 'redact', planted: 'year' });
  });

  it('masks the fields an obligation names, and leaves out one nobody declared a mask for', () => {
    expect(masks(wanted([obligation('O-MASK', { fields: ['inspector', 'id'] })]))).toEqual({
      id: 'drop',
      inspector: 'redact',
      planted: null,
    });
  });

  it('says a reason once, also when the obligation was agreed and is asked for again', () => {
    const blocks = [obligation('O-BLOCKS')];
    expect(because(wanted(blocks, { obligationsNow: blocks }))).toEqual([
      'Die Auflage O-BLOCKS kann hier noch nicht umgesetzt werden.',
    ]);
  });

  it('keeps an obligation that came since the agreement', () => {
    expect(masks(wanted([], { obligationsNow: [obligation('O-MASK', { fields: ['inspector'] })] }))).toMatchObject({
      inspector: 'redact',
    });
  });

  it('leaves out what the purpose does not need', () => {
    expect(masks(wanted([obligation('O-MINFIELDS', { fields: ['id', 'planted'] })]))).toEqual({
      id: null,
      inspector: 'drop',
      planted: null,
    });
  });

  it('keeps the masks of the agreement, also where the version declares others now', () => {
    const terms = {
      fields: ['id', 'inspector'],
      masks: { inspector: { kind: 'null' as const }, id: { kind: 'round' as const, to: 10 } },
      rows: null,
      form: 'ROWLEVEL' as const,
      obligations: [obligation('O-MASK')],
    };
    expect(masks(wanted([], { terms }))).toEqual({ id: 'round', inspector: 'null' });
  });

  it('of two grids the coarser holds', () => {
    const terms = {
      fields: ['x'],
      masks: {},
      rows: null,
      form: 'ROWLEVEL' as const,
      obligations: [obligation('O-GRID', { metres: 100 }), obligation('O-MASK')],
    };
    const planned = planDelivery(wanted([], { terms, obligationsNow: [obligation('O-GRID', { metres: 20 })] }));
    expect(planned).toMatchObject({ plan: { columns: [{ name: 'x', mask: { kind: 'grid', metres: 100 } }] } });
  });

  it.each([
    ['an obligation the gate can not keep', wanted([obligation('O-SDC', { profile: 'WAERME' })])],
    ['one it should check and can not', wanted([obligation('O-SOMETHING', {}, 'CHECKED')])],
    [
      'an expired contract',
      wanted([obligation('O-CONTRACT', {}, 'CHECKED')], { contract: { status: 'EXPIRED', kinds: [] } }),
    ],
    [
      'a missing contract',
      wanted([], {
        obligationsNow: [obligation('O-CONTRACT', {}, 'CHECKED')],
        contract: { status: 'MISSING', kinds: [] },
      }),
    ],
    [
      'a form the gate can not carry out',
      wanted([], { terms: { fields: ['id'], masks: {}, rows: null, form: 'TABLE_AGG', obligations: [] } }),
    ],
    ['a name every object has', wanted([obligation('constructor')])],
    ['a promise where the law book wants enforcement', wanted([obligation('O-NOREID')])],
    ['a grid without a width', wanted([obligation('O-GRID')])],
    ['a grid for nothing', wanted([obligation('O-GRID', { metres: 100 })])],
    [
      'a field the version does not have',
      wanted([], { terms: { fields: ['id', 'gone'], masks: {}, rows: null, form: 'ROWLEVEL', obligations: [] } }),
    ],
    ['no field', wanted([], { terms: { fields: [], masks: {}, rows: null, form: 'ROWLEVEL', obligations: [] } })],
    [
      'nothing left after masking',
      wanted([], {
        terms: {
          fields: ['note'],
          masks: {},
          rows: null,
          form: 'ROWLEVEL',
          obligations: [obligation('O-MASK', { fields: ['note'] })],
        },
      }),
    ],
  ])('%s delivers nothing', (_, given) => expect(because(given)).toHaveLength(1));

  it('a promise of the receiver needs nothing of the gate', () => {
    expect(because(wanted([obligation('O-NOONWARD', {}, 'PROMISED'), obligation('O-LOG', {}, 'CHECKED')]))).toEqual([]);
  });
});

describe('rows chosen by a field', () => {
  const by = (column: string, more: Partial<DeliveryInput['terms']> = {}, obligations: Obligation[] = []) =>
    planDelivery(
      wanted(obligations, {
        terms: {
          fields: ['id', 'planted'],
          masks: {},
          rows: { all: [{ any: [{ column, op: 'eq', value: 'x' }] }] },
          form: 'ROWLEVEL',
          obligations,
          ...more,
        },
      }),
    );
  const tells = { because: [expect.stringMatching(/^Nach „.+“ darf nicht ausgewählt werden/) as string] };
  it('that comes as it is, or has no personal reference, may be chosen by', () => {
    expect(by('id')).toHaveProperty('plan');
    expect(by('id', { fields: ['planted'] })).toHaveProperty('plan');
    expect(by('note', { fields: ['id', 'note'] })).toHaveProperty('plan');
  });
  it.each<[string, ReturnType<typeof by>]>([
    ['that was agreed coarser', by('planted', { masks: { planted: { kind: 'year' } } })],
    ['that is masked by an obligation', by('inspector', { fields: ['id', 'inspector'] }, [obligation('O-MASK')])],
    ['that becomes a pseudonym', by('id', { masks: { id: { kind: 'pseudonym' } } })],
    ['that was not granted and may point at persons', by('note')],
    ['that was not granted and has a mask', by('x')],
    [
      'that an obligation leaves out',
      by('note', { fields: ['id', 'note'] }, [obligation('O-MINFIELDS', { fields: ['id'] })]),
    ],
  ])('%s tells its value: nothing is delivered', (_, planned) => expect(planned).toEqual(tells));
});
