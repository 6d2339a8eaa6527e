import { decide } from '../engine/decide';
import { type Decision, OUTCOME, type Outcome } from '../engine/decision';
import type { Facts } from '../facts/facts';
import type { Consumer } from '../facts/lists';
import type { Ruleset } from '../law/ruleset';
import { assignmentOf } from './assignment';
import { type ConclusionFormula, conclusionOf } from './conclusion-formula';
import { factsOf } from './facts-of';
import { FALSE, type Formula, Formulas } from './formula';
import { isProven, Question, type Refutation } from './question';
import { smallest } from './smallest';
import { FactSpace } from './space';
import { wordsOf } from './words';
import { World } from './world';

/** What becomes otherwise: the outcome, or with the same outcome a step, an obligation, or what one rule says of its parameters. */
export type What = 'OUTCOME' | 'STEP' | 'OBLIGATION' | 'PARAMETER';

/** One way in which two law books decide differently. */
export interface KindOfDifference {
  what: What;
  was: Outcome;
  is: Outcome;
  /** of a step or an obligation: which one, and whether it comes or goes */
  name: string | null;
  comes: boolean;
  /** for whom */
  columns: readonly Consumer[];
  /** the plainest exchange that is decided otherwise */
  facts: Facts;
  /** whether `decide` says so of both law books */
  confirmed: boolean;
}
export interface Comparison {
  kinds: readonly KindOfDifference[];
  /** of two law books that decide everything alike: the proof, and whether the checker accepts it */
  equal: { proof: Refutation; checked: boolean } | null;
}

/** A way in which two conclusions can differ, and when they do. */
export interface Part {
  what: What;
  was: Outcome;
  is: Outcome;
  name: string | null;
  comes: boolean;
  when: Formula;
}

/**
 * Compares two law books over all facts. Of obligations it sees which are bound and what each rule says of their
 * parameters; limits, deadlines, roles and sentences are no part of a decision and are compared as text. `usual`: the
 * plainest exchange.
 */
export function compareOverAll(before: Ruleset, after: Ruleset, plain: Facts): Comparison {
  const formulas = new Formulas();
  const { model, codes } = before.engine.law;
  const space = new FactSpace(formulas, model.table, wordsOf([before, after]));
  const [old, now] = [new World(space, before), new World(space, after)];
  const usual = assignmentOf(space, plain, model.evaluate(plain, codes).calc);
  const question = new Question(formulas);
  const parts = partsOf(formulas, conclusionOf(old), conclusionOf(now));
  const kinds = parts.flatMap((part): KindOfDifference[] => {
    const { when, ...told } = part;
    if (question.never(when)) return [];
    const columns = [...now.values('calc.column')].flatMap(([column, is]) =>
      question.can(formulas.and(when, is)) ? [column as Consumer] : [],
    );
    question.can(when);
    const facts = factsOf(space, smallest(question, formulas, [space], usual, [when]), plain);
    return [{ ...told, columns, facts, confirmed: differsIn(part, decide(before, facts), decide(after, facts)) }];
  });
  if (kinds.length > 0) return { kinds, equal: null };
  question.can(formulas.or(...parts.map(({ when }) => when)));
  const proof = question.refutation();
  return { kinds, equal: { proof, checked: isProven(proof) } };
}

/** All ways in which two conclusions over the same facts differ; those that can be seen to be none are left out. */
export function partsOf(formulas: Formulas, old: ConclusionFormula, now: ConclusionFormula): Part[] {
  const outcomes = OUTCOME.flatMap((was) =>
    OUTCOME.filter((is) => is !== was).map((is): Part => ({
      what: 'OUTCOME',
      was,
      is,
      name: null,
      comes: false,
      when: formulas.and(old.outcome[was], now.outcome[is]),
    })),
  );
  const inside = (what: What, a: ReadonlyMap<string, Formula>, b: ReadonlyMap<string, Formula>): Part[] =>
    [...new Set([...a.keys(), ...b.keys()])].flatMap((name) =>
      OUTCOME.filter((outcome) => outcome !== 'FORBID').flatMap((outcome) => {
        const alike = formulas.and(old.outcome[outcome], now.outcome[outcome]);
        const [had, has] = [a.get(name) ?? FALSE, b.get(name) ?? FALSE];
        if (had === has) return [];
        return [true, false].map((comes): Part => ({
          what,
          was: outcome,
          is: outcome,
          name,
          comes,
          when: formulas.and(alike, comes ? -had : had, comes ? has : -has),
        }));
      }),
    );
  return [
    ...outcomes,
    ...inside('STEP', old.steps, now.steps),
    ...inside('OBLIGATION', old.obligations, now.obligations),
    ...inside('PARAMETER', old.bindings, now.bindings),
  ].filter(({ when }) => when !== FALSE);
}

/** What a rule says of parameters need not show in the decision, where another one is stricter anyway. */
function differsIn({ what, was, is, name, comes }: Part, before: Decision, after: Decision): boolean {
  if (before.outcome !== was || after.outcome !== is) return false;
  if (what === 'OUTCOME' || what === 'PARAMETER') return true;
  const names = ({ chain, obligations }: Decision): string[] =>
    (what === 'STEP' ? (chain?.stages.flat() ?? []) : obligations).map(({ id }) => id);
  return names(comes ? after : before).includes(name!) && !names(comes ? before : after).includes(name!);
}
