import { init, killThreads } from 'z3-solver';
import type { Asks, Clauses } from './clauses';

/** Clauses as DIMACS CNF, the form of the SAT competitions. */
export function dimacs(clauses: Clauses): string {
  const most = clauses.reduce((max, clause) => clause.reduce((a, literal) => Math.max(a, Math.abs(literal)), max), 0);
  return [`p cnf ${most} ${clauses.length}`, ...clauses.map((clause) => `${clause.join(' ')} 0`)].join('\n');
}

/** Z3 of Microsoft Research, compiled to WebAssembly. It keeps threads until `end`; without it the process does not. */
export async function z3(): Promise<{ asks: Asks; end: () => Promise<void> }> {
  const { Context, em } = await init();
  const { Solver } = Context('principles');
  return {
    asks: async (clauses) => {
      const solver = new Solver();
      solver.fromString(dimacs(clauses));
      const answer = await solver.check();
      if (answer === 'unknown') throw new Error('z3 does not know');
      return answer === 'sat';
    },
    end: () => killThreads(em),
  };
}
