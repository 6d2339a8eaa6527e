import { z } from 'zod';
import { emptyOf, type FieldTable, isOptional, shapeOf } from './form-field';

const FIELDS = {
  name: { label: 'Name', kind: 'line', schema: z.string().min(1, 'Bitte nennen.'), section: 'a', binds: ['term'] },
  days: {
    label: 'Tage',
    hint: 'ganze Tage',
    kind: 'number',
    schema: z.number().nullable().default(null),
    section: 'a',
    binds: ['fact', 'term'],
  },
  alone: { label: 'Allein?', kind: 'yesNo', schema: z.boolean().optional(), section: 'b', binds: ['fact'] },
} as const satisfies FieldTable;
const form = z.strictObject(shapeOf(FIELDS));

test('a table of fields is a schema with the precise type of the form', () => {
  const filled: z.output<typeof form> = { name: 'x', days: 3, alone: true };
  expect(form.parse({ name: 'x' })).toEqual({ name: 'x', days: null });
  expect(form.parse(filled)).toEqual(filled);
  // @ts-expect-error -- a number is no text
  expect(form.safeParse({ ...filled, name: 7 } satisfies z.input<typeof form>).success).toBe(false);
});

test('the words of a field and how it binds stand in the schema machines read, also where a form is incomplete', () => {
  for (const schema of [form, form.partial()]) {
    const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    expect(properties).toMatchObject({
      name: { title: 'Name', 'x-binds': ['term'] },
      days: { title: 'Tage', description: 'ganze Tage', 'x-binds': ['fact', 'term'] },
      alone: { title: 'Allein?', type: 'boolean' },
    });
  }
});

test('what is not filled in is what the schema takes for nothing, else an empty text it refuses', () => {
  expect([emptyOf(FIELDS.name), emptyOf(FIELDS.days), emptyOf(FIELDS.alone)]).toEqual(['', null, undefined]);
  expect([isOptional(FIELDS.name), isOptional(FIELDS.days)]).toEqual([false, true]);
});
