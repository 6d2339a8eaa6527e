import type { Problem } from '#lib/kernel';
import type { FaultCode, FaultEntry } from './source-fault';
import { sourcesProblems } from './sources.problems';

/** A fault found in a child process, as the Problem of the same code. */
export function asProblem(fault: { code: FaultCode; detail: string; errors: readonly FaultEntry[] }): Problem {
  const errors = fault.errors.length > 0 ? [...fault.errors] : undefined;
  return sourcesProblems[fault.code]({ detail: fault.detail, errors });
}
