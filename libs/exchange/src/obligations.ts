import type { Obligation } from '#lib/policy';
import type { DeliveryPlan, Mask, PlannedColumn, RowFilter } from '#lib/sources';
import type { Format } from './exchange.states';

/** A field of the product version, as far as the gate needs it. */
export interface DeliveredField {
  name: string;
  mask?: Mask | null;
}

export interface DeliveredTerms {
  fields: readonly string[];
  /** by field, as frozen in the agreement */
  masks: Readonly<Record<string, Mask>>;
  rows: RowFilter | null;
  obligations: readonly Obligation[];
}

/** How the gate meets an obligation. What is not in this table is not met, and nothing is delivered. */
type Keeping =
  /** changes the plan; gives a reason when it can not */
  | { by: 'plan'; apply(plan: DeliveryPlan, obligation: Obligation, fields: ReadonlyMap<string, DeliveredField>): string | null }
  /** met by the gate or by the decision before it: nothing to add to the plan */
  | { by: 'gate' }
  /** what the receiver promised in the agreement */
  | { by: 'promise' };

const PROMISED = { by: 'promise' } as const;
const KEPT = { by: 'gate' } as const;

const namesIn = (obligation: Obligation): string[] | null => {
  const { fields } = obligation.params as { fields?: unknown };
  return Array.isArray(fields) && fields.every((name) => typeof name === 'string') ? fields : null;
};

export const KEEPING: Readonly<Record<string, Keeping>> = {
  'O-MASK': {
    by: 'plan',
    apply(plan, obligation, fields) {
      const named = namesIn(obligation);
      for (const column of plan.columns) {
        if (column.mask) continue; // masked by the agreement
        const declared = fields.get(column.name)?.mask ?? null;
        if (named ? !named.includes(column.name) : !declared) continue;
        // a field that must be masked and for which nobody declared how is left out
        column.mask = declared ?? { kind: 'drop' };
      }
      return null;
    },
  },
  'O-GRID': {
    by: 'plan',
    apply(plan, obligation, fields) {
      const { m, metres = m } = obligation.params as { m?: unknown; metres?: unknown };
      if (typeof metres !== 'number' || !(metres > 0)) return 'Die Rasterweite ist nicht bestimmt.';
      const named = namesIn(obligation);
      const grid = plan.columns.filter(({ name }) => (named ? named.includes(name) : fields.get(name)?.mask?.kind === 'grid'));
      if (grid.length === 0) return 'Es ist nicht bestimmt, welche Koordinaten gerastert werden.';
      for (const column of grid) {
        const declared = column.mask ?? fields.get(column.name)?.mask ?? undefined;
        // a mask that takes more away stays; of two grids the coarser holds
        if (column.mask && column.mask.kind !== 'grid') continue;
        const before = declared?.kind === 'grid' ? declared : { kind: 'grid' as const, metres };
        column.mask = { ...before, metres: Math.max(before.metres, metres) };
      }
      return null;
    },
  },
  'O-MINFIELDS': KEPT, // the fields of the agreement are the only ones in the plan
  'O-LOG': KEPT, // no byte without its record
  'O-CONTRACT': KEPT, // a fact of the decision that is taken again at each delivery
  'O-PURPOSE': PROMISED,
  'O-NOONWARD': PROMISED,
  'O-RETAIN': PROMISED,
  'O-NOREID': PROMISED,
  'O-NOMERGE': PROMISED,
  'O-INFORM': PROMISED,
  'O-VVT': PROMISED,
  'O-DSFA': PROMISED,
  'O-SOURCE': PROMISED,
  'O-LICENCE': PROMISED,
  'O-EUONLY': PROMISED,
  'O-INCIDENT': PROMISED,
  'O-REVIEW': PROMISED,
};

export interface Wanted {
  objectKey: string;
  fields: readonly DeliveredField[];
  terms: DeliveredTerms;
  /** of the decision taken now: an obligation that came since the agreement holds as well */
  obligationsNow: readonly Obligation[];
  format: Format;
  spreadsheetSafe: boolean;
}

/** The plan for the query engine, or why nothing may be delivered. Pure. */
export function planDelivery({ objectKey, fields, terms, obligationsNow, format, spreadsheetSafe }: Wanted): { plan: DeliveryPlan } | { because: string[] } {
  const known = new Map(fields.map((field) => [field.name, field]));
  const because = terms.fields.filter((name) => !known.has(name)).map((name) => `Das vereinbarte Feld „${name}“ gibt es in dieser Fassung der Daten nicht.`);
  const columns: PlannedColumn[] = terms.fields.map((name) => (Object.hasOwn(terms.masks, name) ? { name, mask: terms.masks[name] } : { name }));
  const plan: DeliveryPlan = {
    objectKey,
    columns,
    ...(terms.rows && { rows: terms.rows }),
    format,
    ...(format === 'csv' && { csv: { spreadsheetSafe } }),
  };
  // masks first: a grid then coarsens what is there, whatever the order in which the obligations were agreed
  const all = [...terms.obligations, ...obligationsNow].sort((a, b) => Number(b.id === 'O-MASK') - Number(a.id === 'O-MASK'));
  for (const obligation of all) {
    const keeping = Object.hasOwn(KEEPING, obligation.id) ? KEEPING[obligation.id] : undefined;
    if (!keeping) because.push(`Die Auflage ${obligation.id} kann hier noch nicht umgesetzt werden.`);
    // the law book says the gate must do it, and the gate only has a promise: that is not the same
    else if (keeping.by === 'promise' && obligation.enforcement === 'ENFORCED') because.push(`Die Auflage ${obligation.id} muss technisch umgesetzt werden; das ist hier noch nicht möglich.`);
    else if (keeping.by === 'plan') {
      const fault = keeping.apply(plan, obligation, known);
      if (fault) because.push(`Auflage ${obligation.id}: ${fault}`);
    }
  }
  if (plan.columns.length === 0) because.push('Es ist kein Feld vereinbart.');
  else if (plan.columns.every(({ mask }) => mask?.kind === 'drop')) because.push('Nach den Auflagen bleibt kein Feld übrig.');
  return because.length > 0 ? { because } : { plan };
}
