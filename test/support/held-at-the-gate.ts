// What the gate holds whoever asks, of a request and of the data, each tried on the gate itself: and on a gate that forgot it.
import type { Obligation } from '#lib/policy';
import { SUPPORTED } from '#lib/exchange';
import { obstacleOf } from '../../libs/exchange/src/agreement-obstacle';
import { type DeliveryInput, planDelivery } from '../../libs/exchange/src/plan-delivery';
import { FORM } from '../../libs/policy/src';

export interface Gate {
  plan: typeof planDelivery;
  obstacle: typeof obstacleOf;
}
export const GATE: Gate = { plan: planDelivery, obstacle: obstacleOf };

const ROWS = { column: 'bezirk', op: 'eq', value: 'Nord' } as const;
const order = (terms: Partial<DeliveryInput['terms']> = {}): DeliveryInput => ({
  objectKey: 'sha256-x',
  fields: ['art', 'bezirk', 'schnitt_am'].map((name) => ({ name, class: 'NONE' })),
  terms: { fields: ['art', 'bezirk'], masks: {}, rows: null, form: 'ROWLEVEL', obligations: [], ...terms },
  obligationsNow: [],
  contract: { status: 'MISSING', kinds: [] },
  format: 'csv',
  spreadsheetSafe: false,
});
const planOf = ({ plan }: Gate, terms: Partial<DeliveryInput['terms']> = {}) => {
  const planned = plan(order(terms));
  return 'plan' in planned ? planned.plan : null;
};
const [FIRST, END] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')];
const at = ({ obstacle }: Gate, now: string) =>
  obstacle({ state: 'ACTIVE', revision: 1, validFrom: FIRST, validUntil: END }, 1, new Date(now));
const LEAST: Obligation = { id: 'O-MINFIELDS', params: { fields: ['art'] }, enforcement: 'ENFORCED' };
const MASKED: Obligation = { id: 'O-MASK', params: { fields: ['name'] }, enforcement: 'ENFORCED' };
/** A gate that takes other terms than the agreed ones. */
const taking = (change: (terms: DeliveryInput['terms']) => Partial<DeliveryInput['terms']>): Gate => ({
  ...GATE,
  plan: (input) => planDelivery({ ...input, terms: { ...input.terms, ...change(input.terms) } }),
});

/** By statement: whether a gate holds it, and one that does not. */
export const HELD_AT_THE_GATE: Readonly<Record<string, { held: (gate: Gate) => boolean; forgotten: Gate }>> = {
  fields: {
    held: (gate) =>
      planOf(gate)
        ?.columns.map(({ name }) => name)
        .join() === 'art,bezirk' && planOf(gate, { fields: ['erfunden'] }) === null,
    forgotten: taking(() => ({ fields: ['art', 'bezirk', 'schnitt_am'] })),
  },
  coarser: {
    held: (gate) =>
      planOf(gate, { fields: ['schnitt_am'], masks: { schnitt_am: { kind: 'year' } } })?.columns[0]?.mask?.kind ===
      'year',
    forgotten: taking(() => ({ masks: {} })),
  },
  mask: {
    held: (gate) => {
      const planned = gate.plan({
        ...order({ fields: ['name'], obligations: [MASKED] }),
        fields: [{ name: 'name', class: 'DIRECT_ID', mask: { kind: 'year' } }],
      });
      return 'plan' in planned && planned.plan.columns[0]?.mask?.kind === 'year';
    },
    forgotten: taking(() => ({ obligations: [] })),
  },
  rows: {
    held: (gate) => JSON.stringify(planOf(gate, { rows: ROWS })?.rows) === JSON.stringify(ROWS),
    forgotten: taking(() => ({ rows: null })),
  },
  form: {
    held: (gate) => FORM.every((form) => (planOf(gate, { form }) !== null) === SUPPORTED.forms!.includes(form)),
    forgotten: taking(() => ({ form: 'ROWLEVEL' })),
  },
  from: {
    held: (gate) => at(gate, '2026-02-28T23:59:59Z') !== null && at(gate, '2026-03-01T00:00:00Z') === null,
    forgotten: {
      ...GATE,
      obstacle: (agreement, ...rest) => obstacleOf(agreement && { ...agreement, validFrom: new Date(0) }, ...rest),
    },
  },
  until: {
    held: (gate) => at(gate, '2026-04-01T00:00:00Z') !== null && at(gate, '2026-03-31T23:59:59Z') === null,
    forgotten: {
      ...GATE,
      obstacle: (agreement, ...rest) => obstacleOf(agreement && { ...agreement, validUntil: new Date(9e14) }, ...rest),
    },
  },
  insistsOnFields: {
    held: (gate) =>
      planOf(gate, { obligations: [LEAST] })
        ?.columns.filter(({ mask }) => mask?.kind !== 'drop')
        .map(({ name }) => name)
        .join() === 'art',
    forgotten: taking(({ obligations }) => ({ obligations: obligations.filter(({ id }) => id !== 'O-MINFIELDS') })),
  },
};
