import type { z } from 'zod';
import './german-faults';
import { kernelProblems } from './kernel.problems';
import type { InputFault } from './problem';

const pointer = (path: PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The value in the shape of the schema, or the problem `validation_failed` naming every fault by JSON pointer. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors: InputFault[] = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointer([...issue.path, key]),
          code: 'unknown_field',
          detail: 'Dieses Feld ist nicht bekannt.',
        }))
      : [{ pointer: pointer(issue.path), code: issue.code, detail: issue.message }],
  );
  throw kernelProblems.validation_failed({ errors });
}
