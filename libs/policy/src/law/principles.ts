import { z } from 'zod';
import { MARK } from '../engine/decision';
import { type Condition, type Nameable, readCondition } from './conditions';

/*
 * Principles (Leitsätze): sentences that the law promises of every exchange there can be, whoever changes a rule. They are
 * proved over all facts before a version comes into force; the grammar of their conditions is that of the rules, with what
 * was decided beside the facts (`decision.*`).
 */

/** What must never come of an exchange that is another in a few facts, as against the one before. */
export const NEVER = ['STRICTER', 'OPENED', 'FEWER_STEPS', 'FEWER_OBLIGATIONS'] as const;
export type Never = (typeof NEVER)[number];

const sentence = z.string().min(10);
const condition = z.record(z.string(), z.unknown());
const compare = z.strictObject({
  /** facts in which the second exchange may be another; all others are the same */
  change: z.array(z.string().min(1)).min(1),
  /** what holds of the first and of the second */
  first: condition.optional(),
  second: condition.optional(),
  never: z.array(z.enum(NEVER)).min(1),
});
export const principleSchema = z
  .strictObject({
    id: z.string().regex(/^L-\d{2}$/, 'Hier muss der Name eines Leitsatzes stehen, zum Beispiel `L-01`.'),
    sentence,
    source: z.string().min(1),
    mark: z.enum(MARK),
    /** what is contested or not checked; one marked U must say it */
    note: sentence.optional(),
    /** rules without which a case of the law book breaks it; what default deny or another rule keeps as well is not here */
    keptBy: z.array(z.string()).min(1).optional(),
    /** of which exchanges it speaks; absent: of all */
    given: condition.optional(),
    /** what then always holds, or never */
    always: condition.optional(),
    never: condition.optional(),
    /** two exchanges are compared instead */
    compare: compare.optional(),
    /** known exceptions, each with its reason, so that no new one slips in */
    except: z
      .array(z.strictObject({ when: condition, because: sentence }))
      .min(1)
      .optional(),
  })
  .refine(
    ({ always, never, compare: compared }) => [always, never, compared].filter(Boolean).length === 1,
    'Ein Leitsatz sagt genau eines von `always`, `never` und `compare`.',
  );
export const principlesSchema = z.strictObject({
  source: z.string().min(1),
  /** what holds of all facts that the program puts together; proofs speak of no others */
  assume: z.array(z.strictObject({ when: condition, because: sentence })),
  principles: z.array(principleSchema).min(1),
});
export type PrinciplesText = z.infer<typeof principlesSchema>;
export type PrincipleText = z.infer<typeof principleSchema>;

/** A principle with its conditions read. */
export interface Principle {
  text: PrincipleText;
  given: Condition;
  /** known exceptions: of these it does not speak */
  except: readonly Condition[];
  /** what must hold; null where two exchanges are compared */
  holds: Condition | null;
  compare: { change: readonly string[]; second: Condition; never: readonly Never[] } | null;
}
export interface Principles {
  assume: Condition;
  list: readonly Principle[];
}

/** Of which exchanges a principle speaks. */
export const premiseOf = ({ given, except }: Principle): Condition => ({
  all: [given, ...except.map((one): Condition => ({ not: one }))],
});
/** All that a principle asks. */
export const conditionsOf = (principle: Principle): Condition[] =>
  [premiseOf(principle), principle.holds, principle.compare?.second].flatMap((one) => one ?? []);

/** A law book from before there were principles promises none. */
export const NO_PRINCIPLES: Principles = { assume: { all: [] }, list: [] };

export function readPrinciples(
  { assume, principles }: PrinciplesText,
  known: Nameable,
  decided: Nameable['paths'],
  isFact: (path: string) => boolean,
  report: (id: string, text: string) => void,
): Principles {
  const everything: Nameable = { paths: { ...known.paths, ...decided }, codes: known.codes };
  return {
    assume: { all: assume.map(({ when }) => readCondition(when, known, (text) => report('assume', text))) },
    list: principles.map((text): Principle => {
      const tell = (fault: string) => report(text.id, fault);
      const condition = (written: Record<string, unknown> | undefined, from: Nameable = everything): Condition =>
        written ? readCondition(written, from, tell) : { all: [] };
      const { compare: compared, except = [] } = text;
      for (const path of compared?.change ?? [])
        if (!isFact(path)) tell(`die Angabe \`${path}\` gibt es nicht (\`change\`)`);
      return {
        text,
        given: { all: [condition(text.given), condition(compared?.first)] },
        except: except.map(({ when }) => condition(when)),
        holds: text.always ? condition(text.always) : text.never ? { not: condition(text.never) } : null,
        compare: compared
          ? { change: compared.change, second: condition(compared.second), never: compared.never }
          : null,
      };
    }),
  };
}
