import { stricterMask } from '#lib/sources';
import { namedFields, type ObligationEnforcer } from './obligation-enforcer';

/** Masks as the product declares; what the agreement coarsens stays so. */
export const mask: ObligationEnforcer = {
  obligation: 'O-MASK',
  enforcer: 'exchange.mask',
  // a grid then coarsens what is there
  first: true,
  apply(plan, obligation, { fields }) {
    const named = namedFields(obligation);
    for (const column of plan.columns) {
      const declared = fields.get(column.name)?.mask ?? null;
      if (named ? !named.includes(column.name) : !declared) continue;
      // a field that must be masked and for which nobody declared how is left out
      const demanded = declared ?? { kind: 'drop' as const };
      column.mask = column.mask ? stricterMask(column.mask, demanded) : demanded;
    }
    return null;
  },
};
