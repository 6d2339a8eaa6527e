import { isoTime } from '#lib/kernel';
import { unitChangeView } from '#lib/organisation';
import { z } from 'zod';

/** One thing a change touches. */
export const touched = z.strictObject({
  /** id; of a programme `issuer client-id`: what a plan names */
  id: z.string(),
  /** title, number or name, for people */
  name: z.string(),
  /** what it is in a word: state, side, kind, day */
  note: z.string(),
  /** who takes it over by the plan or as a whole; null: nobody, or it ends */
  toUnitId: z.uuid().nullable(),
  toUnitName: z.string().nullable(),
  /** the other side is, or becomes, the same office: own office, other rules, other people */
  becomesOwn: z.boolean().optional(),
});
export type Touched = z.output<typeof touched>;

/** At most 500 are named, all are counted. */
export const part = z.strictObject({
  count: z.int(),
  items: z.array(touched),
});
export type Part = z.output<typeof part>;

export const PARTS = [
  'products',
  'requests',
  'tasks',
  'agreements',
  'appointments',
  'contracts',
  'duties',
  'machineClients',
  'departments',
] as const;
export type PartName = (typeof PARTS)[number];
const parts = Object.fromEntries(PARTS.map((name) => [name, part])) as Record<PartName, typeof part>;

/** Something that keeps the change from being confirmed, and what would clear it. */
export const obstacle = z.strictObject({
  code: z.enum([
    'unit_ended',
    'overlap',
    'no_holder',
    'no_deputy',
    'product_unassigned',
    'request_unassigned',
    'department_unassigned',
  ]),
  text: z.string(),
  clearedBy: z.string(),
  unitId: z.uuid().nullable(),
  /** product, request or department */
  itemId: z.uuid().nullable(),
});
export type Obstacle = z.output<typeof obstacle>;

export const unitChangePreview = z.strictObject({
  change: unitChangeView,
  /** what leaves, ends or is touched, per ending or changing unit */
  sources: z.array(z.strictObject({ unitId: z.uuid(), name: z.string(), ...parts })),
  /** what arrives, counted per unit that takes over, and who answers there from the date on */
  targets: z.array(
    z.strictObject({
      unitId: z.uuid(),
      name: z.string(),
      isNew: z.boolean(),
      arrives: z.strictObject({
        products: z.int(),
        requests: z.int(),
        agreements: z.int(),
      }),
      roles: z.array(
        z.strictObject({
          roleCode: z.string(),
          personName: z.string(),
          deputy: z.boolean(),
          from: isoTime,
        }),
      ),
    }),
  ),
  obstacles: z.array(obstacle),
  /** what follows and is no obstacle, in sentences */
  hints: z.array(z.string()),
});
export type UnitChangePreview = z.output<typeof unitChangePreview>;
