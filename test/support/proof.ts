import { random } from '../bench/policy/inputs';
import { decide, type Decision, type Facts, readCases, type Ruleset, type Source } from '../../libs/policy/src';
import { evaluate } from '../../libs/policy/src/engine/match';
import type { Condition } from '../../libs/policy/src/law/conditions';
import type { PrinciplesText } from '../../libs/policy/src/law/principles';
import { assignmentOf } from '../../libs/policy/src/proof/assignment';
import { type ConclusionFormula, conclusionOf } from '../../libs/policy/src/proof/conclusion-formula';
import { factsOf } from '../../libs/policy/src/proof/facts-of';
import { type Formula, Formulas } from '../../libs/policy/src/proof/formula';
import { Question } from '../../libs/policy/src/proof/question';
import { FactSpace } from '../../libs/policy/src/proof/space';
import { wordsOf } from '../../libs/policy/src/proof/words';
import { World } from '../../libs/policy/src/proof/world';

export { assignmentOf, factsOf };

/** What a law book makes of all facts. */
export interface Translated {
  formulas: Formulas;
  space: FactSpace;
  conclusion: ConclusionFormula;
}

export function translated(ruleset: Ruleset): Translated {
  const formulas = new Formulas();
  const space = new FactSpace(formulas, ruleset.engine.law.model.table, wordsOf([ruleset]));
  return { formulas, space, conclusion: conclusionOf(new World(space, ruleset)) };
}

/** What the formulas say of a decision and `decide` says too. */
const told = ({ outcome, chain, obligations, rules }: Decision): string =>
  [
    outcome,
    (chain?.stages.flat() ?? [])
      .map(({ id }) => id)
      .sort()
      .join(),
    obligations.map(({ id }) => id).join(),
    rules.filter((id) => id !== 'UNCLASSIFIED').join(),
  ].join(' | ');

/** Facts that are decided otherwise than the formulas say, with both; nothing where they agree. */
export function disagreements(
  { formulas, space, conclusion }: Translated,
  ruleset: Ruleset,
  all: readonly Facts[],
  most = 3,
): { facts: Facts; decided: string; proved: string }[] {
  const { model, codes } = ruleset.engine.law;
  const named: [string, ReadonlyMap<string, Formula>][] = [
    ['steps', conclusion.steps],
    ['obligations', conclusion.obligations],
    ['rules', conclusion.rules],
  ];
  const found: ReturnType<typeof disagreements> = [];
  for (let from = 0; from < all.length && found.length < most; from += 32) {
    const some = all.slice(from, from + 32);
    const masks = new Map<string, number>();
    some.forEach((facts, bit) => {
      for (const variable of assignmentOf(space, facts, model.evaluate(facts, codes).calc))
        masks.set(variable, (masks.get(variable) ?? 0) | (1 << bit));
    });
    const read = formulas.reader((variable) => masks.get(variable) ?? 0);
    const outcomes = Object.entries(conclusion.outcome).map(([name, when]) => [name, read(when)] as const);
    const lists = named.map(([, held]) =>
      [...held].map(([id, when]) => [id, read(when)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    some.forEach((facts, bit) => {
      const holding = (list: readonly (readonly [string, number])[]) =>
        list.flatMap(([name, mask]) => ((mask >>> bit) & 1 ? [name] : [])).join();
      const proved = [holding(outcomes), ...lists.map(holding)].join(' | ');
      const decided = told(decide(ruleset, facts));
      if (decided !== proved) found.push({ facts, decided, proved });
    });
  }
  return found;
}

/**
 * Facts that the solver made: for every part of the law book some under which it matches, otherwise as chance has it. They
 * reach what random facts hardly do.
 */
export function solverMade({ formulas, space, conclusion }: Translated, plain: Facts, seed: number): Facts[] {
  const next = random(seed);
  const question = new Question(formulas);
  const paths = [...space.domains].filter(([, domain]) => domain.kind === 'one').map(([path]) => path);
  const chance = (): Formula[] =>
    Array.from({ length: 12 }, () => {
      const values = [...space.one(paths[Math.floor(next() * paths.length)]!).values()];
      return values[Math.floor(next() * values.length)]!;
    });
  const open = -conclusion.outcome.FORBID;
  const plainest = conclusion.outcome.PERMIT;
  const aims = [
    ...conclusion.matches.values(),
    ...Object.values(conclusion.outcome),
    ...[...conclusion.obligations.values()].map((bound) => formulas.and(bound, plainest)),
    ...[conclusion.uninstructed, conclusion.emptied],
  ];
  return aims.flatMap((aim): Facts[] => {
    const tries = [[aim, open, ...chance()], [aim, ...chance().slice(0, 5)], [aim, open], [aim]];
    if (!tries.some((all) => question.can(...all))) return [];
    const by = question.snapshot();
    const read = formulas.reader((variable) =>
      by(variable) || (question.answer(variable) === undefined && next() < 0.5) ? -1 : 0,
    );
    return [factsOf(space, (formula) => read(formula) !== 0, plain)];
  });
}

/** Something that proofs take for granted of all facts that the program puts together. */
export interface Assumption {
  name: string;
  holds(facts: Facts): boolean;
}

/** What the law book says it assumes, one by one, and what every set of facts must be to be one of those a proof speaks of. */
export function assumptionsOf(ruleset: Ruleset, sources: readonly Source[]): Assumption[] {
  const { model, codes } = ruleset.engine.law;
  const { space } = translated(ruleset);
  const { assume = [] } = sources.find(({ file }) => file === 'principles.yaml')!.content as PrinciplesText;
  const { all } = ruleset.principles.assume as { all: Condition[] };
  return [
    ...assume.map(({ because }, at) => ({
      name: because,
      holds: (facts: Facts) => evaluate(all[at]!, model.evaluate(facts, codes)),
    })),
    {
      name: 'Every theme is one that a list knows.',
      holds: ({ product }) => product.themes.every((theme) => codes.themes.has(theme)),
    },
    {
      name: 'All fields say whether they can be masked, or none does.',
      holds: ({ fields }) => new Set(fields.map(({ maskable }) => maskable === undefined)).size <= 1,
    },
    {
      name: 'The classes of fields are those of the fields.',
      holds: ({ fields, fieldClasses }) =>
        [...new Set(fields.map((field) => field.class))].sort().join() === [...fieldClasses].sort().join(),
    },
    {
      name: 'Every value is one of those a proof goes through.',
      holds: (facts) => {
        const holding = assignmentOf(space, facts, model.evaluate(facts, codes).calc);
        const known = new Set([...space.domains.keys()].flatMap((path) => space.variables(path)));
        return [...holding].every((variable) => known.has(variable));
      },
    },
  ];
}

/** The facts of all cases of a law book. */
export const factsOfCases = (sources: readonly Source[], ruleset: Ruleset): Facts[] =>
  readCases(sources, ruleset).map(({ facts }) => ruleset.engine.law.model.read(facts));
