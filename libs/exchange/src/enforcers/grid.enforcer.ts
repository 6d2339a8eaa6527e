import type { ObligationEnforcer } from './obligation-enforcer';

/** Coarsens coordinates to a grid; of two grids the coarser holds. */
export const grid: ObligationEnforcer = {
  obligation: 'O-GRID',
  enforcer: 'exchange.grid',
  apply(plan, obligation, { fields }) {
    const { metres } = obligation.params;
    if (typeof metres !== 'number' || !(metres > 0)) return 'Die Rasterweite ist nicht bestimmt.';
    const columns = plan.columns.filter(({ name, mask }) => (mask ?? fields.get(name)?.mask)?.kind === 'grid');
    if (columns.length === 0) return 'Es ist nicht bestimmt, welche Koordinaten gerastert werden.';
    for (const column of columns) {
      const before = column.mask ?? fields.get(column.name)?.mask;
      if (before?.kind === 'grid') column.mask = { ...before, metres: Math.max(before.metres, metres) };
    }
    return null;
  },
};
