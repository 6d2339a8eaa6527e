import { z } from 'zod';
import { CONSUMER, LEVEL, OPENNESS, PERSONAL_REF, SECRECY } from '#lib/policy';
import { cardSchema } from './card';
import { ACCESS_RIGHTS, DISCOVER_SCOPES } from './product.entity';
import { line, text } from './text';

const code = z.string().regex(/^[A-Z][A-Z0-9_]{1,60}$/, 'Bitte einen Code aus der Liste wählen.');
const unique = <T extends z.ZodType>(item: T, max: number) =>
  z
    .array(item)
    .max(max)
    .transform((items) => [...new Set(items)]);

/** Texts and contacts: may change while a product is released. */
const free = {
  title: line(200),
  summary: line(500),
  description: text(20_000),
  keywords: unique(line(60), 50),
  aboutThings: z.boolean(),
  aggregateProductId: z.uuid().nullable(),
  accessRights: z.enum(ACCESS_RIGHTS).nullable(),
  sealedStatistics: z.boolean().nullable(),
  securityRelevant: z.boolean().nullable(),
  nonPublicReason: text(2000).nullable(),
  /** merged key by key; null takes a key back */
  card: z.strictObject(
    Object.fromEntries(Object.entries(cardSchema.shape).map(([key, schema]) => [key, schema.nullable()])) as {
      [K in keyof typeof cardSchema.shape]: z.ZodNullable<(typeof cardSchema.shape)[K]>;
    },
  ),
};

/** What is decided on: changes by a new release only. */
const decisive = {
  themes: unique(code, 20),
  openness: z.enum(OPENNESS).nullable(),
  personalRef: z.enum(PERSONAL_REF).nullable(),
  secrecy: unique(z.enum(SECRECY), SECRECY.length).nullable(),
  protectionC: z.enum(LEVEL).nullable(),
  protectionI: z.enum(LEVEL).nullable(),
  protectionA: z.enum(LEVEL).nullable(),
  reviewBy: z.iso.date().nullable(),
  discoverScope: z.enum(DISCOVER_SCOPES).nullable(),
  licence: line(100).nullable(),
  allowedPurposes: unique(code, 50),
  recipientKinds: unique(z.enum(CONSUMER), CONSUMER.length),
  maxRetentionDays: z.int().min(1).max(36_525).nullable(),
  task: z.enum(['OWN', 'DELEGATED']),
  rawSensor: z.boolean(),
  releasedByStatistics: z.boolean(),
  coveredBySatzung: z.boolean(),
  protectedSpecies: z.boolean(),
  entrusted: z.boolean().nullable(),
  singleCaseCells: z.boolean().nullable(),
  strictestPart: z.enum(PERSONAL_REF).nullable(),
};
export const DECISIVE: readonly string[] = Object.keys(decisive);

export const patchSchema = z.strictObject({ ...free, ...decisive }).partial();
export type ProductPatch = z.input<typeof patchSchema>;

export const draftSchema = z.strictObject({
  providerUnitId: z.uuid(),
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,60}$/, 'Kleinbuchstaben, Ziffern und Bindestriche.')
    .optional(),
  title: free.title,
  summary: free.summary,
  description: free.description.default(''),
});
export type DraftInput = z.input<typeof draftSchema>;
