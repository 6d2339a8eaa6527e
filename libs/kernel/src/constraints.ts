import type { ProblemFactory } from './problem';

/** The constraint (or the name a trigger gives with `USING CONSTRAINT`) that refused a statement; undefined otherwise. */
export const constraintOf = (error: unknown): string | undefined =>
  (error as { driverError?: { constraint?: string } } | null)?.driverError?.constraint;

const named = new Set<string>();

/** All constraints some stage has words for: for the test that the database knows each of them. */
export const namedConstraints = (): ReadonlySet<string> => named;

/**
 * Turns what constraints and triggers refuse into problems in the words of the office: the second line behind a service,
 * and the last one at the commit. Constraints that are not in the table stay the errors they are.
 */
export function constraintsAsProblems(
  problems: Readonly<Record<string, ProblemFactory>>,
): <T>(work: () => Promise<T>) => Promise<T> {
  for (const name of Object.keys(problems)) named.add(name);
  return async (work) => {
    try {
      return await work();
    } catch (cause) {
      const name = constraintOf(cause);
      if (name === undefined || !Object.hasOwn(problems, name)) throw cause;
      throw problems[name]!({ cause });
    }
  };
}
