import { z } from 'zod';

/** A condition as people read it: a sentence, or a list of which every or one point holds. */
export type Clause = { text: string } | { every: Clause[] } | { either: Clause[] };
const clause: z.ZodType<Clause> = z
  .lazy(() =>
    z.union([
      z.strictObject({ text: z.string() }),
      z.strictObject({ every: z.array(clause) }),
      z.strictObject({ either: z.array(clause) }),
    ]),
  )
  .meta({ id: 'Clause' });

/** When something applies, and the exceptions under which it does not. */
const conditions = z.strictObject({ applies: z.array(clause), unless: z.array(clause) });
export type Conditions = z.output<typeof conditions>;

/** One effect of a rule: its sentence, when it applies, and what follows. */
export const readableEffect = z.strictObject({
  ...conditions.shape,
  effect: z.string(),
  sentence: z.string(),
  /** chain, steps and obligations by name */
  then: z.array(z.string()),
});
export type ReadableEffect = z.output<typeof readableEffect>;

/** A rule as people read it: sentences, not code. */
export const readableRule = z.strictObject({
  id: z.string(),
  chapter: z.string(),
  effect: z.string(),
  /** what the applicant is told */
  sentences: z.array(z.string()),
  /** when it applies, in one line */
  when: z.string(),
  /** what all its effects share */
  common: conditions,
  effects: z.array(readableEffect),
  /** the same in one line each */
  variants: z.array(
    z.strictObject({
      effect: z.string(),
      when: z.string(),
      sentence: z.string(),
      then: z.array(z.string()),
    }),
  ),
  then: z.array(z.string()),
  /** refusals it sets aside while an emergency access runs, with their sentence */
  setsAside: z.array(z.string()),
  source: z.string(),
  mark: z.string(),
  markName: z.string(),
  note: z.string().nullable(),
  cases: z.array(z.string()),
  /** fields of the matrix that were tried with this rule beside them */
  matrixCases: z.int(),
});
export type ReadableRule = z.output<typeof readableRule>;

export const readableStep = z.strictObject({
  name: z.string(),
  role: z.string(),
  /** Entscheidung or Stellungnahme */
  kind: z.string(),
  workingDays: z.int(),
  /** only under this condition */
  when: z.string().nullable(),
  /** what else is special: deputies, quorum, in person */
  more: z.array(z.string()),
});
export type ReadableStep = z.output<typeof readableStep>;

export const readableMatrix = z.strictObject({
  source: z.string(),
  columns: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      name: z.string(),
      cells: z.array(z.string()),
      short: z.array(z.string()),
    }),
  ),
  /** what a set of obligations in a cell means */
  sets: z.array(
    z.strictObject({
      name: z.string(),
      obligations: z.array(z.string()),
    }),
  ),
  /** conditions that cells name */
  conditions: z.array(z.strictObject({ ...conditions.shape, name: z.string() })),
  /** what becomes of each effect when confidentiality is very high */
  raise: z.strictObject({
    when: z.string(),
    to: z.array(z.string()),
    joins: z.array(z.string()),
  }),
});
export type ReadableMatrix = z.output<typeof readableMatrix>;

/** A word of the closed vocabulary with its German name. */
export const term = z.strictObject({
  code: z.string(),
  name: z.string(),
});
export type Term = z.output<typeof term>;

/** A kind of evidence as people read it. */
export const readableEvidence = z.strictObject({
  ...term.shape,
  /** who looks at it */
  looked: z.string(),
  /** what it can be shown for; empty: it carries nothing */
  carries: z.array(z.string()),
  more: z.array(z.string()),
});
export type ReadableEvidence = z.output<typeof readableEvidence>;

/** A role as people read it. */
export const readableRole = z.strictObject({
  ...term.shape,
  task: z.string(),
  duties: z.array(z.string()),
  /** what it lets somebody do */
  permissions: z.array(z.string()),
  /** kinds of units, by name */
  answersForProductsOf: z.array(z.string()),
  mustBeFilledIn: z.array(z.string()),
  delegable: z.boolean(),
  /** roles that must not meet it in one person */
  incompatible: z.array(z.string()),
  /** what must not meet in a single case */
  apart: z.array(z.string()),
  level: z.string(),
  place: z.string(),
  sees: z.string(),
  appointedBy: z.string(),
  deputy: z.string(),
  /** who takes a step when nobody of the role may */
  nobody: z.string(),
  source: z.string(),
});
export type ReadableRole = z.output<typeof readableRole>;

const told = z.strictObject({ sentence: z.string(), source: z.string(), markName: z.string() });
/** Which contract an exchange needs, what it settles, and what is asked of the receiving side. */
export const readableInstruments = z.strictObject({
  source: z.string(),
  /** asked from top to bottom; the first row that fits counts */
  choice: z.array(z.strictObject({ ...conditions.shape, ...told.shape, instrument: z.string() })),
  /** of a processor of the receiving side */
  processor: z.strictObject({ ...told.shape, contract: z.string() }),
  instruments: z.array(
    z.strictObject({
      ...term.shape,
      /** what must be valid in the register, and with whom; null: nothing */
      contract: z.string().nullable(),
      settles: z.array(z.string()),
      questions: z.array(z.strictObject({ question: z.string(), hint: z.string() })),
    }),
  ),
});
export type ReadableInstruments = z.output<typeof readableInstruments>;

export const readableVocabulary = z.strictObject({
  purposes: z.array(z.strictObject({ ...term.shape, needs: z.array(z.string()), legalBases: z.array(z.string()) })),
  legalBases: z.array(
    z.strictObject({ ...term.shape, norm: z.string(), markName: z.string(), carries: z.array(z.string()) }),
  ),
  evidence: z.array(readableEvidence),
  changeGrounds: z.array(term).readonly(),
  themes: z.array(term).readonly(),
  obligations: z.array(
    z.strictObject({
      ...term.shape,
      meaning: z.string(),
      enforcement: z.string(),
      enforcementName: z.string(),
      source: z.string(),
    }),
  ),
  /** lists of values: openness, personal reference, secrecies, forms, … */
  classes: z.array(
    z.strictObject({
      list: z.string(),
      name: z.string(),
      terms: z.array(term),
    }),
  ),
});
export type ReadableVocabulary = z.output<typeof readableVocabulary>;

export const readableLaw = z.strictObject({
  hash: z.string(),
  chapters: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(readableRule),
    }),
  ),
  matrix: readableMatrix,
  chains: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      steps: z.array(z.string()),
      stages: z.array(z.array(readableStep)),
      source: z.string(),
    }),
  ),
  obligations: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      meaning: z.string(),
      enforcement: z.string(),
      source: z.string(),
    }),
  ),
  purposes: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
    }),
  ),
  marks: z.array(term),
  roles: z.array(readableRole),
  /** what a programme may do */
  programmes: z.array(z.string()),
  instruments: readableInstruments,
  vocabulary: readableVocabulary,
});
export type ReadableLaw = z.output<typeof readableLaw>;
