import { z } from 'zod';
import { ENFORCEMENT, MARK, SEAT, STEP_KIND } from '../engine/decision';
import { BASIS_KIND } from '../facts/carrying-bases';
import { COLUMN, CONSUMER, FIELD_CLASS, FORM, OPENNESS, PROVIDER, SECRECY } from '../facts/lists';

/** The shapes of the files in `config/governance`. Meaning is checked in read-ruleset.ts; here only that nothing is misspelt. */
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'Hier dürfen nur Großbuchstaben, Ziffern und `_` stehen.');
const sentence = z.string().min(10);
const condition = z.record(z.string(), z.unknown());
const obligationId = z.string().regex(/^O-[A-Z]+$/, 'Hier muss der Name einer Auflage stehen, zum Beispiel `O-LOG`.');
const parameter = z.union([z.number().int(), z.string(), z.array(z.string()).min(1)]);
/** `O-NOREID`, `{ O-SDC: WAERME }` or `{ O-LOG: { years: 5 } }`; `$name` is worked out from the facts */
const binding = z.union(
  [
    obligationId,
    z
      .record(obligationId, z.union([parameter, z.record(z.string(), parameter)]))
      .refine(
        (map) => Object.keys(map).length === 1,
        'Hier darf nur eine Auflage stehen; jede weitere braucht einen eigenen Eintrag.',
      ),
  ],
  'Hier muss eine Auflage stehen: `O-NOREID`, `{ O-SDC: WAERME }` oder `{ O-LOG: { years: 5 } }`.',
);
const effects = {
  effect: z.enum(['permit', 'approve', 'oblige', 'forbid', 'note']).optional(),
  when: condition.optional(),
  chain: code.optional(),
  requires: z.array(code).min(1).optional(),
  obligations: z.array(binding).min(1).optional(),
  because: sentence.optional(),
  code: z
    .string()
    .regex(/^[a-z][a-z_]*$/, 'Hier dürfen nur Kleinbuchstaben und `_` stehen.')
    .optional(),
};

export const ruleSchema = z.strictObject({
  id: z.string().regex(/^R-[A-Z]{3}-\d{2}$/, 'Hier muss der Name einer Regel stehen, zum Beispiel `R-GEN-01`.'),
  ...effects,
  because: sentence,
  source: z.string().min(1),
  mark: z.enum(MARK),
  /** what is contested; a rule marked U must say it */
  note: sentence.optional(),
  /** rules whose refusals an emergency access sets aside while it runs; `MATRIX` for all cells. What is not named stands */
  setsAside: z
    .array(z.string().regex(/^(?:MATRIX|R-[A-Z]{3}-\d{2})$/, 'Hier muss der Name einer Regel stehen oder `MATRIX`.'))
    .min(1)
    .optional(),
  /** one rule with several effects: each variant adds its own condition to `when` */
  variants: z.array(z.strictObject(effects)).min(1).optional(),
});
export const rulesFileSchema = z.strictObject({ chapter: z.string().min(1), rules: z.array(z.unknown()).min(1) });

const cellText = z
  .string()
  .regex(/^(?:PERMIT|FORBID|A\d)(?:\+[A-Z]+)*$/, 'Hier muss eine Wirkung stehen, zum Beispiel `A3+O`.');
const cell = z.union(
  [cellText, z.strictObject({ if: code, then: cellText, else: cellText })],
  'Hier muss eine Wirkung stehen, zum Beispiel `A3+O`, oder eine Bedingung mit `if`, `then` und `else`.',
);
export const matrixSchema = z.strictObject({
  source: z.string().min(1),
  /** named sets of obligations that a cell adds with `+NAME` */
  sets: z.record(code, z.array(binding).min(1)),
  conditions: z.record(code, z.strictObject({ when: condition, name: sentence })),
  because: z.strictObject({ permit: sentence, approve: sentence, forbid: sentence, raised: sentence }),
  /** what becomes of an effect when confidentiality is `sehr_hoch`, and the steps that always join then */
  raise: z.strictObject({ when: condition, to: z.record(code, code), requires: z.array(code).min(1) }),
  columns: z.record(z.enum(COLUMN), z.strictObject({ name: z.string().min(1), when: condition })),
  rows: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Z]+(?:-[A-Z]+)*$/, 'Hier dürfen nur Großbuchstaben und `-` stehen.'),
        name: z.string().min(1),
        when: condition,
        cells: z.record(z.enum(COLUMN), cell),
      }),
    )
    .min(1),
});

export const approvalsSchema = z.strictObject({
  source: z.string().min(1),
  steps: z
    .array(
      z.strictObject({
        id: code,
        name: z.string().min(1),
        role: code,
        /** role at a provider of another legal form */
        roleAt: z.partialRecord(z.enum(PROVIDER), code).optional(),
        kind: z.enum(STEP_KIND),
        seat: z.enum(SEAT),
        rank: z.number().int().positive(),
        workingDays: z.number().int().positive(),
        deputy: z.boolean(),
        inPerson: z.literal(true).optional(),
        needs: z.enum(['CONTRACT', 'EVIDENCE', 'ADMISSION']).optional(),
        quorum: z.strictObject({ votes: z.number().int().positive(), of: z.number().int().positive() }).optional(),
        /** of two steps for the same role the one that replaces stays */
        replaces: code.optional(),
        source: z.string().min(1),
      }),
    )
    .min(1),
  chains: z
    .array(
      z.strictObject({
        id: z.string().regex(/^A\d$/, 'Hier muss der Name einer Kette stehen, zum Beispiel `A3`.'),
        name: z.string().min(1),
        steps: z.array(z.union([code, z.strictObject({ step: code, when: condition })])),
        source: z.string().min(1),
      }),
    )
    .min(1),
});

/** So many complete deliveries of one agreement in so many days. */
export const deliveryLimit = z.strictObject({
  times: z.number().int().positive(),
  days: z.number().int().positive().max(366),
});
export type DeliveryLimit = z.output<typeof deliveryLimit>;

export const obligationsSchema = z.strictObject({
  source: z.string().min(1),
  limits: z.strictObject({
    retentionDays: z.number().int().positive(),
    personalRetentionDays: z.number().int().positive(),
    /** how often the data of one agreement may be fetched in a form; a form that is not named has no limit */
    deliveries: z.partialRecord(z.enum(FORM), deliveryLimit).optional(),
  }),
  obligations: z
    .array(
      z.strictObject({
        id: obligationId,
        name: z.string().min(1),
        meaning: sentence,
        enforcement: z.enum(ENFORCEMENT),
        /** the part of the program that keeps it; an obligation without one cannot be in force */
        enforcer: z
          .string()
          .regex(/^[a-z]+\.[a-z]+$/, 'Hier muss ein Teil des Programms stehen, zum Beispiel `exchange.mask`.'),
        /** on products of this openness it says how things are and asks nothing of the recipient: a permit stays a permit */
        asksNothingOn: z.array(z.enum(OPENNESS)).min(1).optional(),
        params: z
          .array(
            z.strictObject({
              name: z.string().regex(/^[a-z]+$/, 'Hier dürfen nur Kleinbuchstaben stehen.'),
              type: z.enum(['number', 'word', 'words']),
              /** which of two values is the stricter one */
              merge: z.enum(['min', 'max', 'union', 'intersect', 'order']),
              /** for `order`: from loose to strict */
              order: z.array(z.string()).min(1).optional(),
              /** words that compare with nothing: they hold beside the strictest of the order */
              beside: z.array(z.string()).min(1).optional(),
              /** German names of the words of `order` and `beside` */
              words: z.record(z.string(), z.string().min(1)).optional(),
              unit: z.string().optional(),
            }),
          )
          .optional(),
        source: z.string().min(1),
      }),
    )
    .min(1),
});

export const purposesSchema = z.strictObject({
  source: z.string().min(1),
  purposes: z
    .array(
      z.strictObject({
        code,
        name: z.string().min(1),
        /** field classes the purpose needs; a field of another class is beyond it (R-GEN-04) */
        needs: z.array(z.enum(FIELD_CLASS)).min(1),
        legalBases: z.array(code),
        /**
         * statistics and research, compatible with whatever the data was collected for (Art. 5(1)(b), 89 GDPR), once this
         * evidence is there. Absent: the word alone makes nothing compatible
         */
        privileged: z.strictObject({ evidence: z.array(code) }).optional(),
        /** a duty of the office that collected the data: the same purpose only for that office, another one for every other */
        duty: z.literal(true).optional(),
        /** publishing is an act of its own, no purpose of a delivery */
        publication: z.literal(true).optional(),
        /** a use by artificial intelligence, whatever a request says of it */
        usesAi: z.literal(true).optional(),
      }),
    )
    .min(1),
});
const carry = z.strictObject({
  recipients: z.array(z.enum(CONSUMER)).min(1),
  providers: z.array(z.enum(PROVIDER)).min(1).optional(),
  personalRef: z
    .array(z.enum(['PSEUDONYMISED', 'PERSONAL', 'SPECIAL']))
    .min(1)
    .optional(),
  secrecy: z.array(z.enum(SECRECY)).min(1).optional(),
  purposes: z.array(code).min(1).optional(),
  themes: z.array(code).min(1).optional(),
  evidence: z.array(code).min(1).optional(),
  emergency: z.literal(true).optional(),
});
export const legalBasesSchema = z.strictObject({
  source: z.string().min(1),
  /** data under these secrecies leaves its office only by a norm that names the secrecy */
  ownNormOnly: z.array(z.enum(SECRECY)).optional(),
  legalBases: z
    .array(
      z.strictObject({
        code,
        name: z.string().min(1),
        norm: z.string().min(1),
        mark: z.enum(MARK),
        /** what it is and which transfers it can carry. A book of before does not say it: nothing personal is carried then */
        kind: z.enum(BASIS_KIND).optional(),
        carries: z.array(carry).optional(),
        /** how far `kind` and `carries` are checked */
        assigned: z.enum(MARK).optional(),
      }),
    )
    .min(1),
});
/** `binds`: what no rule reads says so, and is then shown as information; absent: rules read it */
const labelled = z
  .array(z.strictObject({ code, name: z.string().min(1), binds: z.tuple([z.literal('information')]).optional() }))
  .min(1);
const evidenceKind = z.strictObject({
  code,
  name: z.string().min(1),
  binds: z.tuple([z.literal('information')]).optional(),
  /** step of approvals that looks at it; without one a document of this kind carries nothing */
  desk: code.optional(),
  /** what it can be shown for: by fact, the values it carries; a rule may ask it only beside one of them */
  carries: z.record(z.string(), z.array(z.union([z.string(), z.boolean()])).min(1)).optional(),
  /** kept as a record of the data space itself, not as a document; who keeps the register has looked */
  register: z.enum(['AUDIT_MANDATE']).optional(),
  /** the provider may show it for a product, once for all requests */
  shownByProvider: z.literal(true).optional(),
  /** a permit whose end is the end of the use: it must say when */
  namesItsEnd: z.literal(true).optional(),
});
export const vocabularySchema = z.strictObject({
  source: z.string().min(1),
  labels: z.record(z.string(), z.record(z.string(), z.string().min(1))),
  facts: z.record(z.string(), z.string().min(1)),
  /** how an applicant would say that such a yes is taken back: `mit Verarbeitung nur in der EU` */
  withdrawn: z.record(z.string(), z.string().min(1)).optional(),
  evidence: z.array(evidenceKind).min(1),
  changeGrounds: labelled,
  themes: labelled,
});
export type RuleText = z.infer<typeof ruleSchema>;
export type Effects = Pick<RuleText, 'effect' | 'when' | 'chain' | 'requires' | 'obligations' | 'code'> & {
  because?: string | undefined;
};
export type Matrix = z.infer<typeof matrixSchema>;
export type Approvals = z.infer<typeof approvalsSchema>;
export type Obligations = z.infer<typeof obligationsSchema>;
export type StepText = Approvals['steps'][number];
export type ObligationText = Obligations['obligations'][number];
export type Purpose = z.infer<typeof purposesSchema>['purposes'][number];
export type LegalBases = z.infer<typeof legalBasesSchema>;
export type LegalBasis = z.infer<typeof legalBasesSchema>['legalBases'][number];
export type EvidenceKind = z.infer<typeof evidenceKind>;
export type Vocabulary = z.infer<typeof vocabularySchema>;
export type BindingText = z.infer<typeof binding>;
