import { z } from 'zod';
import { Fact, Group, type Members, Rows } from './fact';
import type { Facts } from './facts';

/** The facts cannot be read: something is unknown, missing or outside its list. */
export class FactsFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`die Angaben haben ${faults.length} Fehler:\n${faults.map((text) => `- ${text}`).join('\n')}`);
    this.name = 'FactsFault';
  }
}

/**
 * Facts as people or other programs write them: nothing unknown is taken, what may be left out has its default
 * (`byHand`). The defaults suit a question put by hand; the program itself always gives every fact.
 */
export function shapeOf(members: Members): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(members).map(([name, member]): [string, z.ZodType] => {
        if (member instanceof Rows) return [name, z.array(shapeOf(member.members)).default([])];
        const { options } = member;
        let shape: z.ZodType = member instanceof Group ? shapeOf(member.members) : valueOf(member);
        if ('nullable' in options) shape = shape.nullable();
        if ('absent' in options || 'follows' in options) shape = shape.optional();
        return [name, 'byHand' in options ? shape.default(options.byHand) : shape];
      }),
    ),
  );
}

function valueOf({ kind }: Fact): z.ZodType {
  switch (kind.kind) {
    case 'enum':
      return kind.list ? z.array(z.enum(kind.values)) : z.enum(kind.values);
    case 'boolean':
      return kind.only ? z.literal(true) : z.boolean();
    case 'number':
      return z.int().min(kind.least);
    case 'code':
    case 'text': {
      if (kind.list) return z.array(z.string().min(1));
      return 'filled' in kind ? z.string().min(1) : z.string();
    }
  }
}

export function readerOf(members: Members): (written: unknown) => Facts {
  const shape = shapeOf(members);
  const following = Object.entries(members).flatMap(([name, member]) =>
    member instanceof Fact && member.options.follows ? [{ name, follows: member.options.follows }] : [],
  );
  return (written) => {
    const result = shape.safeParse(written);
    if (!result.success) {
      throw new FactsFault(
        result.error.issues.map(
          ({ path, message }) => `\`${path.map(String).join('.')}\`: ${isThere(written, path) ? message : 'fehlt'}`,
        ),
      );
    }
    const facts = { ...result.data };
    for (const { name, follows } of following) facts[name] ??= follows(facts as never);
    return facts as unknown as Facts;
  };
}

function isThere(written: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = written;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at !== undefined;
}

type Json = Record<string, unknown>;

export function jsonSchemaOf(members: Members): (meaning: (path: string) => string | undefined) => Json {
  const shape = shapeOf(members);
  return (meaning) => {
    const schema = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Json;
    describeMembers(schema, '', meaning);
    return schema;
  };
}

/** Says of every member what it means, of the members of list entries as well. */
function describeMembers(schema: Json, above: string, meaning: (path: string) => string | undefined): void {
  for (const [name, inner] of Object.entries((schema.properties ?? {}) as Record<string, Json>)) {
    const text = meaning(`${above}${name}`);
    if (text) inner.description = text;
    describeMembers(inner, `${above}${name}.`, meaning);
    if (inner.items) describeMembers(inner.items as Json, `${above}${name}.`, meaning);
  }
}
