import type { InputFault } from '#lib/kernel';
import { z } from 'zod';
import { all, type FormBody, given, one, ticked, wholeNumber } from './form-body';

/**
 * Where members of the input stand in a form, when the field has another name than the member: `{ text: 'opinionText' }`.
 * A `*` stands for one step, `$1` for the first of them: `{ 'answers/*': 'answers-$1' }` reads every `answers-TOM` into
 * `answers.TOM`, and a fault of `/answers/TOM` is shown at `answers-TOM`. Longer pointers belong to the same field. `''` is the input as a whole.
 */
export type FieldNames = Readonly<Record<string, string>>;

/**
 * What a form says in the shape of a schema, still to be parsed by it: whole numbers, ticks, lists and texts, read by the
 * kind of each member. What the schema does not know is not read, whatever the browser sent. Members that no single
 * field can hold (objects, lists of objects) are left to the caller.
 */
export function readFields(schema: z.ZodType, body: FormBody, names: FieldNames = {}): Record<string, unknown> {
  if (!(schema instanceof z.ZodObject)) throw new Error('a form is read by the schema of an object');
  return Object.fromEntries(
    Object.entries(schema.shape as Record<string, z.ZodType>)
      .map(([member, kind]) => [member, read(kind, body, member, names)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function read(kind: z.ZodType, body: FormBody, member: string, names: FieldNames): unknown {
  const field = names[member] ?? member;
  const { base, optional } = bare(kind);
  if (base instanceof z.ZodRecord) return entries(body, names[`${member}/*`] ?? `${member}-$1`);
  if (base instanceof z.ZodObject) return undefined;
  if (base instanceof z.ZodBoolean) return ticked(body, field);
  if (base instanceof z.ZodArray) return all(body, field);
  // a form without the number it was read with is older than anything: 0 is refused as outdated
  if (base instanceof z.ZodNumber) return wholeNumber(body, field) ?? (optional ? undefined : 0);
  return optional ? given(body, field) : one(body, field);
}

function bare(kind: z.ZodType, optional = false): { base: z.ZodType; optional: boolean } {
  if (kind instanceof z.ZodOptional || kind instanceof z.ZodNullable || kind instanceof z.ZodDefault)
    return bare(kind.unwrap() as z.ZodType, true);
  if (kind instanceof z.ZodPipe) return bare(kind.in as z.ZodType, optional);
  return { base: kind, optional };
}

/** All fields whose name fits, by what stands for `$1`. */
function entries(body: FormBody, pattern: string): Record<string, string> {
  const [before = '', after = ''] = pattern.split('$1');
  return Object.fromEntries(
    Object.keys(body)
      .filter((name) => name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after))
      .map((name) => [name.slice(before.length, name.length - after.length), one(body, name)]),
  );
}

/** The fault, pointing at the field of the form that its member was read from. */
export function atField(fault: InputFault, names: FieldNames): InputFault {
  const steps = fault.pointer.split('/').filter(Boolean);
  for (const [member, field] of Object.entries(names)) {
    const wanted = member.split('/').filter(Boolean);
    const fits = wanted.length === 0 ? steps.length === 0 : wanted.every((step, at) => fitsStep(step, steps[at]));
    if (!fits) continue;
    const stars = steps.filter((_, at) => wanted[at] === '*');
    return {
      ...fault,
      pointer: `/${field.replace(/\$(\d)/g, (_, number: string) => stars[Number(number) - 1] ?? '')}`,
    };
  }
  return fault;
}

const fitsStep = (wanted: string, step: string | undefined): boolean =>
  step !== undefined && (wanted === '*' || wanted === step);
