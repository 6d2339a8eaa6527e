import { z } from 'zod';
import * as f from './facts';
import type { Facts } from './facts';

/**
 * Facts as people or other programs write them: nothing unknown is taken, what may be left out has its default here.
 * The defaults suit a question put by hand; the program itself always gives every fact. What makes up the
 * classification of a product has none: a secrecy nobody mentioned must not open anything.
 */
const strings = z.array(z.string().min(1)).default([]);
const no = z.boolean().default(false);
const yes = z.boolean().default(true);
const level = z.enum(f.LEVEL).default('normal');

const factsShape = z.strictObject({
  phase: z.enum(f.PHASE).default('REQUEST'),
  product: z.strictObject({
    id: z.string().min(1).default('unbekannt'),
    openness: z.enum(f.OPENNESS).nullable(),
    personalRef: z.enum(f.PERSONAL_REF).nullable(),
    secrecy: z.array(z.enum(f.SECRECY)),
    protection: z.strictObject({ c: level, i: level, a: level }).default({ c: 'normal', i: 'normal', a: 'normal' }),
    themes: strings,
    hasOwner: z.boolean(),
    hasDeputy: yes,
    review: z.enum(f.REVIEW),
    licence: z.string().nullable().default(null),
    rawSensor: no,
    releasedByStatistics: no,
    coveredBySatzung: no,
    protectedSpecies: no,
    aggregateAlternative: no,
    task: z.enum(f.TASK).default('OWN'),
    nonPublicationReason: z.string().nullable().default(null),
    maxRetentionDays: z.int().positive().nullable().default(null),
    allowedPurposes: strings,
    provider: z.enum(f.PROVIDER).default('OFFICE'),
    providerUnit: z.string().default('unbekannt'),
    rows: z.int().nonnegative().default(0),
    strictestPart: z.enum(f.PERSONAL_REF).nullish(),
    singleCaseCells: z.boolean().optional(),
    entrusted: z.boolean().optional(),
  }),
  consumer: z.strictObject({
    kind: z.enum(f.CONSUMER),
    unit: z.string().default('unbekannt'),
    competition: no,
    nis2: no,
    holdsKey: no,
    worksFor: z.enum(f.CONSUMER).nullish(),
    personnelDecisions: z.boolean().optional(),
    salesArm: z.boolean().optional(),
  }),
  purpose: z.strictObject({
    code: z.string().nullable(),
    relation: z.enum(f.PURPOSE_REL),
    textGiven: yes,
    changeGround: z.string().nullable().default(null),
    singleCase: z.boolean().optional(),
    reidentification: z.boolean().optional(),
  }),
  form: z.enum(f.FORM),
  fields: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        class: z.enum(f.FIELD_CLASS),
        needed: yes,
        coarse: z.literal(true).optional(),
      }),
    )
    .default([]),
  fieldClasses: z.array(z.enum(f.FIELD_CLASS)).optional(),
  insistsOnFields: no,
  necessityGiven: no,
  legalBasis: strings,
  evidence: strings,
  periodGiven: yes,
  periodMonths: z.int().positive().optional(),
  retentionDays: z.int().positive().nullable().default(null),
  onwardRecipients: strings,
  thirdCountry: no,
  automatedDecision: no,
  linksPersonalProducts: no,
  nonProduction: no,
  beyondBmg34: z.boolean().optional(),
  groupOfPersons: z.boolean().optional(),
  ownerAddressOnly: z.boolean().optional(),
  exclusive: z.boolean().optional(),
  jointControl: z.boolean().optional(),
  subjectCase: z.boolean().optional(),
  emergency: z.strictObject({ danger: z.enum(f.DANGER), confirmed: z.boolean(), inTime: z.boolean() }).optional(),
  contract: z
    .strictObject({
      status: z.enum(f.CONTRACT),
      kinds: z.array(z.enum(f.CONTRACT_KIND)).default([]),
      endsInDays: z.int().nullish(),
    })
    .default({ status: 'MISSING', kinds: [] }),
});

/** Facts as a decision was taken on: `fieldClasses` is worked out when it is not given, all else stands in the shape. */
export const factsSchema = factsShape as unknown as z.ZodType<Facts>;

/** The facts cannot be read: something is unknown, missing or outside its list. */
export class FactsFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`the facts have ${faults.length} fault(s):\n${faults.map((text) => `- ${text}`).join('\n')}`);
    this.name = 'FactsFault';
  }
}

/** Reads facts from outside. Throws FactsFault naming every fault. */
export function readFacts(written: unknown): Facts {
  const result = factsShape.safeParse(written);
  if (!result.success) {
    throw new FactsFault(
      result.error.issues.map(
        ({ path, message }) => `\`${path.map(String).join('.')}\`: ${isThere(written, path) ? message : 'is missing'}`,
      ),
    );
  }
  const facts = result.data;
  const classes =
    facts.fieldClasses ?? f.FIELD_CLASS.filter((item) => facts.fields.some((field) => field.class === item));
  return { ...facts, fieldClasses: classes };
}

function isThere(written: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = written;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at !== undefined;
}

/** JSON Schema of the facts; `meaning` gives the German words for a path. */
export function factsJsonSchema(meaning: (path: string) => string | undefined): Record<string, unknown> {
  const schema = z.toJSONSchema(factsShape, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
  describe(schema, '', meaning);
  return schema;
}

function describe(schema: Record<string, unknown>, path: string, meaning: (path: string) => string | undefined): void {
  const text = path && meaning(path);
  if (text) schema.description = text;
  const properties = schema.properties as Record<string, Record<string, unknown>> | undefined;
  for (const [key, inner] of Object.entries(properties ?? {})) describe(inner, path ? `${path}.${key}` : key, meaning);
}
