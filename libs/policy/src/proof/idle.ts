import type { Ruleset } from '../law/ruleset';
import type { Variant } from '../law/variants';
import { partsOf } from './compare';
import { type ConclusionFormula, conclusionOf } from './conclusion-formula';
import { FALSE, type Formula, Formulas } from './formula';
import { isProven, Question } from './question';
import { FactSpace } from './space';
import { wordsOf } from './words';
import { World } from './world';

/** What of a law book does nothing, whatever is asked. */
export interface Idle {
  /** rules and cells without which every decision is the same but for the reasons it cites */
  rules: readonly string[];
  /** the separate checker accepts the proof for all of them */
  proven: boolean;
  /**
   * a part of a rule or cell that never matches: its steps, obligations and refusals stand for nothing. A step that a chain
   * asks under a condition is written once for all who name the chain: it is told where it matches for none of them
   */
  never: readonly { id: string; steps: readonly string[] }[];
}

/** Looks for rules without effect, and for parts that never match, over all facts. */
export function idleIn(ruleset: Ruleset): Idle {
  const formulas = new Formulas();
  const space = new FactSpace(formulas, ruleset.engine.law.model.table, wordsOf([ruleset]));
  const world = new World(space, ruleset);
  const whole = conclusionOf(world);
  const { never, answers } = tried(formulas, whole);
  const suspects = [...byId(ruleset.engine.variants)].flatMap(([id, variants]) => {
    if (variants.every(({ kind }) => kind === 'NOTE')) return [];
    return [{ id, parts: partsOf(formulas, whole, conclusionOf(world, new Set(variants))).map(({ when }) => when) }];
  });
  // most do something to an exchange that was found already; only what seems to do nothing is asked about
  const shown = showing(formulas, answers);
  const question = new Question(formulas);
  const idle = suspects
    .filter(({ parts }) => !parts.some(shown))
    .filter(({ parts }) => parts.every((part) => question.never(part)));
  question.can(formulas.or(...idle.flatMap(({ parts }) => parts)));
  return { rules: idle.map(({ id }) => id), proven: isProven(question.refutation()), never };
}

type Answer = (variable: string) => boolean;

/** For each part of the law book facts under which it alone does something, if there are any; and the parts that never match. */
function tried(
  formulas: Formulas,
  { matches, outcome }: ConclusionFormula,
): Pick<Idle, 'never'> & { answers: Answer[] } {
  const question = new Question(formulas);
  const matching = (test: (one: Variant) => boolean): Formula =>
    formulas.or(...[...matches].flatMap(([one, match]) => (test(one) ? [match] : [])));
  const permitted = matching(({ kind }) => kind === 'PERMIT');
  const answers: Answer[] = [];
  const never: Variant[] = [];
  const used = new Set<string>();
  for (const [variant, match] of matches) {
    const { kind, steps } = variant;
    const alone = matching(
      (one) =>
        one !== variant && (kind === 'FORBID' ? one.kind === 'FORBID' : one.steps.some((step) => steps.includes(step))),
    );
    const wishes = [
      kind === 'FORBID' ? formulas.and(permitted, -alone) : formulas.and(-outcome.FORBID, -alone),
      -FALSE,
    ];
    const found = match !== FALSE && wishes.some((wish) => question.can(formulas.and(match, wish)));
    if (found) answers.push(question.snapshot());
    else never.push(variant);
    if (found) used.add(written(variant));
  }
  return {
    never: never
      .filter((one) => one.ofChain === undefined || !used.has(written(one)))
      .map(({ id, steps }) => ({ id, steps })),
    answers,
  };
}

/** Where the text of a part stands: in its chain, or in the rule or cell. */
const written = ({ id, ofChain, steps }: Variant): string => `${ofChain ?? id} ${steps.join(' ')}`;

/** Whether a formula holds under one of the answers. */
function showing(formulas: Formulas, answers: readonly Answer[]): (formula: Formula) => boolean {
  const readers = Array.from({ length: Math.ceil(answers.length / 32) }, (_, at) => {
    const some = answers.slice(32 * at, 32 * at + 32);
    return formulas.reader((variable) =>
      some.reduce((mask, holds, bit) => (holds(variable) ? mask | (1 << bit) : mask), 0),
    );
  });
  // the last reader has fewer answers than bits
  const used = answers.length % 32 === 0 ? -1 : (1 << (answers.length % 32)) - 1;
  return (formula) => readers.some((read, at) => (read(formula) & (at === readers.length - 1 ? used : -1)) !== 0);
}

function byId(variants: readonly Variant[]): Map<string, Variant[]> {
  const found = new Map<string, Variant[]>();
  for (const variant of variants) found.set(variant.id, [...(found.get(variant.id) ?? []), variant]);
  return found;
}
