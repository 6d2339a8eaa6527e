import { OUTCOME, SEAT } from '../engine/decision';
import type { Condition, Leaf } from '../law/conditions';
import type { ConclusionFormula } from './conclusion-formula';
import { FALSE, type Formula } from './formula';
import type { World } from './world';

/** A condition that may ask what was decided, as a formula. */
export function formulaOf(world: World, decided: ConclusionFormula, condition: Condition): Formula {
  const { formulas } = world.space;
  const inner = (one: Condition) => formulaOf(world, decided, one);
  if ('all' in condition) return formulas.and(...condition.all.map(inner));
  if ('any' in condition) return formulas.or(...condition.any.map(inner));
  if ('not' in condition) return -inner(condition.not);
  return condition.path.startsWith('decision.') ? asked(world, decided, condition) : world.condition(condition);
}

function asked(world: World, decided: ConclusionFormula, leaf: Leaf): Formula {
  const { formulas } = world.space;
  if (leaf.path === 'decision.outcome')
    return world.tested(leaf, new Map(OUTCOME.map((outcome) => [outcome, decided.outcome[outcome]])));
  const held = heldBy(world, decided, leaf.path);
  if (leaf.op === 'eq') return -formulas.or(...held.values());
  const wanted = [leaf.value].flat().map((word) => held.get(String(word)) ?? FALSE);
  return leaf.op === 'in' ? formulas.or(...wanted) : formulas.and(...wanted);
}

function heldBy(world: World, decided: ConclusionFormula, path: string): ReadonlyMap<string, Formula> {
  switch (path) {
    case 'decision.steps':
      return decided.steps;
    case 'decision.obligations':
      return decided.obligations;
    case 'decision.rules':
      return decided.rules;
    case 'decision.deciding':
      return new Map(
        SEAT.map((seat) => [
          seat,
          world.space.formulas.or(
            ...world.ruleset.steps
              .filter((step) => step.kind === 'APPROVE' && step.seat === seat)
              .map(({ id }) => decided.steps.get(id)!),
          ),
        ]),
      );
    default:
      throw new Error(`\`${path}\` is nothing a decision says`);
  }
}
