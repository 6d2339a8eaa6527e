import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTORS } from '#lib/sources';
import { z } from 'zod';

// Whatever people write comes through `text`, `line`, `name`, `cell`, `document` or `search` of kernel. Not their names
// are looked for here, but what they promise: a string of any input refuses what nobody sees, or leaves it out.
const HOSTILE = [
  'a\u200Bb',
  'rechnung\u202Efdp',
  'rot\u001B[31m',
  'a\u00ADb',
  '\u2066a\u2069',
  'a\u3164b',
  'a\u2800b',
  'a\u{E0041}',
];
const HIDDEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

interface Leaf {
  at: string;
  schema: z.ZodType;
}
type Def = Record<string, unknown> & { type: string };
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;
const isSchema = (value: unknown): value is z.ZodType => typeof value === 'object' && value !== null && '_zod' in value;

/** Every place of a schema that takes a string, whatever stands around it. */
function leaves(schema: z.ZodType, at: string, seen = new Set<z.ZodType>()): Leaf[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = defOf(schema);
  if (def.type === 'string') return [{ at, schema }];
  // read as one: what comes out at its end counts
  let first = schema;
  while (defOf(first).type === 'pipe') first = defOf(first).in as z.ZodType;
  if (defOf(first).type === 'string') return [{ at, schema }];
  if (def.type === 'lazy') return leaves((def.getter as () => z.ZodType)(), at, seen);
  return Object.entries(def).flatMap(([key, value]): Leaf[] => {
    const inner = key === 'shape' ? (value as Record<string, unknown>) : { '': value };
    return Object.entries(inner).flatMap(([name, one]) =>
      [one].flat().flatMap((part) => (isSchema(part) ? leaves(part, name ? `${at}.${name}` : at, new Set(seen)) : [])),
    );
  });
}

const takesHidden = ({ schema }: Leaf): boolean =>
  HOSTILE.some((hostile) => {
    const result = schema.safeParse(hostile);
    return result.success && HIDDEN.test(String(result.data));
  });

/** The inputs of all use cases, found by the file they stand in. */
async function inputs(): Promise<[name: string, input: z.ZodType][]> {
  const files = ['libs', 'apps'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.use-cases.ts'))
      .map((file) => join(folder, file)),
  );
  const modules = await Promise.all(files.map((file) => import(join(process.cwd(), file)) as Promise<object>));
  return modules.flatMap((module) =>
    Object.entries(module as Record<string, Record<string, { input?: z.ZodType }>>).flatMap(([table, cases]) =>
      Object.entries(cases).flatMap(([name, { input }]): [string, z.ZodType][] =>
        input ? [[`${table}.${name}`, input]] : [],
      ),
    ),
  );
}

describe('a string that people send', () => {
  it('takes no sign that nobody sees, in any input of any use case', async () => {
    // hints for a file are read by the connector that is meant, behind a transformation nobody can look through
    const hints = CONNECTORS.map(({ kind, settings }): [string, z.ZodType] => [`hints of ${kind}`, settings]);
    const found = [...(await inputs()), ...hints].flatMap(([name, input]) => leaves(input, name));
    expect(found.length).toBeGreaterThan(100);
    expect(found.filter(takesHidden).map(({ at }) => at)).toEqual([]);
  });

  it('is found wherever it hides, and a free one is told', () => {
    const free = z.string();
    const input = z.strictObject({
      a: z.array(z.record(z.string().regex(/^\w+$/), free).nullable()).optional(),
      b: z.union([z.number(), z.tuple([z.boolean(), free.min(1).max(9)])]),
      c: z.discriminatedUnion('k', [z.strictObject({ k: z.literal('x'), d: z.lazy(() => free.default('')) })]),
      e: free.transform((value) => value.trim()).pipe(z.string().max(20)),
      f: z.uuid(),
    });
    expect(
      leaves(input, '')
        .filter(takesHidden)
        .map(({ at }) => at),
    ).toEqual(['.a', '.b', '.c.d', '.e']);
  });
});
