import type { Facts, Obligation } from '#lib/policy';
import {
  type DeliveryPlan,
  type FormatName,
  type Mask,
  type PlannedColumn,
  type RowFilter,
  stricterMask,
} from '#lib/sources';

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

/** How the gate enforces an obligation: it changes the plan or looks at the facts, and says in German why it can not. */
interface ObligationEnforcer {
  /** name in `obligations.yaml` */
  enforcer: string;
  apply(
    plan: DeliveryPlan,
    obligation: Obligation,
    known: { fields: ReadonlyMap<string, DeliveredField>; contract: Facts['contract'] },
  ): string | null;
}

const namesIn = ({ params: { fields } }: Obligation): readonly string[] | null =>
  Array.isArray(fields) ? fields : null;

/** Everything the gate can enforce. What the law book wants enforced or checked and is not here is not delivered. */
export const ENFORCERS: Readonly<Record<string, ObligationEnforcer>> = {
  'O-MASK': {
    enforcer: 'exchange.mask',
    apply(plan, obligation, { fields }) {
      const named = namesIn(obligation);
      for (const column of plan.columns) {
        const declared = fields.get(column.name)?.mask ?? null;
        if (named ? !named.includes(column.name) : !declared) continue;
        // a field that must be masked and for which nobody declared how is left out; what the agreement coarsens stays so
        const demanded = declared ?? { kind: 'drop' as const };
        column.mask = column.mask ? stricterMask(column.mask, demanded) : demanded;
      }
      return null;
    },
  },
  'O-MINFIELDS': {
    enforcer: 'exchange.fields',
    apply(plan, obligation) {
      const named = namesIn(obligation);
      for (const column of plan.columns) if (named && !named.includes(column.name)) column.mask = { kind: 'drop' };
      return null;
    },
  },
  'O-GRID': {
    enforcer: 'exchange.grid',
    apply(plan, obligation, { fields }) {
      const { metres } = obligation.params;
      if (typeof metres !== 'number' || !(metres > 0)) return 'Die Rasterweite ist nicht bestimmt.';
      const grid = plan.columns.filter(({ name, mask }) => (mask ?? fields.get(name)?.mask)?.kind === 'grid');
      if (grid.length === 0) return 'Es ist nicht bestimmt, welche Koordinaten gerastert werden.';
      for (const column of grid) {
        const before = column.mask ?? fields.get(column.name)?.mask;
        // of two grids the coarser holds
        if (before?.kind === 'grid') column.mask = { ...before, metres: Math.max(before.metres, metres) };
      }
      return null;
    },
  },
  // no byte without its record: see DeliveryService
  'O-LOG': { enforcer: 'exchange.log', apply: () => null },
  'O-CONTRACT': {
    enforcer: 'exchange.contract',
    apply: (_plan, _obligation, { contract }) =>
      contract.status === 'VALID'
        ? null
        : contract.status === 'EXPIRED'
          ? 'Der Vertrag zwischen den Parteien ist abgelaufen.'
          : 'Zwischen den Parteien steht kein Vertrag im Register.',
  },
};

export interface DeliveryInput {
  objectKey: string;
  fields: readonly DeliveredField[];
  terms: DeliveredTerms;
  /** of the decision taken now: an obligation that came since the agreement holds as well */
  obligationsNow: readonly Obligation[];
  /** contract between the parties as the decision taken now found it */
  contract: Facts['contract'];
  format: FormatName;
  spreadsheetSafe: boolean;
}

/** The plan for the query engine, or why nothing may be delivered. Pure. */
export function planDelivery({
  objectKey,
  fields,
  terms,
  obligationsNow,
  contract,
  format,
  spreadsheetSafe,
}: DeliveryInput): { plan: DeliveryPlan } | { because: string[] } {
  const known = new Map(fields.map((field) => [field.name, field]));
  const because = terms.fields
    .filter((name) => !known.has(name))
    .map((name) => `Das vereinbarte Feld „${name}“ gibt es in dieser Fassung der Daten nicht.`);
  const columns: PlannedColumn[] = terms.fields.map((name) =>
    Object.hasOwn(terms.masks, name) ? { name, mask: terms.masks[name] } : { name },
  );
  const plan: DeliveryPlan = {
    objectKey,
    columns,
    ...(terms.rows && { rows: terms.rows }),
    format,
    spreadsheetSafe,
  };
  // masks first: a grid then coarsens what is there, whatever the order in which the obligations were agreed
  const all = [...terms.obligations, ...obligationsNow].sort(
    (a, b) => Number(b.id === 'O-MASK') - Number(a.id === 'O-MASK'),
  );
  for (const obligation of all) {
    const enforcer = Object.hasOwn(ENFORCERS, obligation.id) ? ENFORCERS[obligation.id] : undefined;
    if (enforcer) {
      const fault = enforcer.apply(plan, obligation, { fields: known, contract });
      if (fault) because.push(`Auflage ${obligation.id}: ${fault}`);
    } else if (obligation.enforcement !== 'PROMISED') {
      because.push(`Die Auflage ${obligation.id} kann hier noch nicht umgesetzt werden.`);
    }
  }
  if (plan.columns.length === 0) because.push('Es ist kein Feld vereinbart.');
  else if (plan.columns.every(({ mask }) => mask?.kind === 'drop'))
    because.push('Nach den Auflagen bleibt kein Feld übrig.');
  // an obligation agreed and asked for again now is one reason, not two
  return because.length > 0 ? { because: [...new Set(because)] } : { plan };
}
