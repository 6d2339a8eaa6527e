import type { Asks } from './clauses';

const PACKAGE: string = 'logic-solver';

interface MiniSat {
  addClause(literals: readonly number[]): boolean;
  solve(): boolean;
}

/** MiniSat, compiled from C++ (`logic-solver` of Meteor), without what that package puts around it. A new one each time. */
export async function minisat(): Promise<Asks> {
  // the package has no types, and exposes MiniSat itself under this name
  const loaded = (await import(PACKAGE)) as { default: { _MiniSat: new () => MiniSat } };
  const { _MiniSat: Solver } = loaded.default;
  return (clauses) => {
    const solver = new Solver();
    for (const clause of clauses) solver.addClause(clause);
    return solver.solve();
  };
}
