import { namedFields, type ObligationEnforcer } from './obligation-enforcer';

/** Leaves out what the purpose does not need. */
export const minfields: ObligationEnforcer = {
  obligation: 'O-MINFIELDS',
  enforcer: 'exchange.fields',
  apply(plan, obligation) {
    const named = namedFields(obligation);
    for (const column of plan.columns) if (named && !named.includes(column.name)) column.mask = { kind: 'drop' };
    return null;
  },
};
