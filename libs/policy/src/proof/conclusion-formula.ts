import type { Outcome } from '../engine/decision';
import type { Binding } from '../law/obligations';
import type { Variant } from '../law/variants';
import { FALSE, type Formula } from './formula';
import type { World } from './world';

/** What a law book decides of all facts, as formulas (engine.ts and conclusion.ts say the same of one). */
export interface ConclusionFormula {
  outcome: Readonly<Record<Outcome, Formula>>;
  /** by step: it stands in the chain */
  steps: ReadonlyMap<string, Formula>;
  /** by obligation: it is bound */
  obligations: ReadonlyMap<string, Formula>;
  /** by obligation with the parameters that one rule gives it */
  bindings: ReadonlyMap<string, Formula>;
  /** by rule or cell: the decision cites it */
  rules: ReadonlyMap<string, Formula>;
  /** refused although it is open: nobody for whom a processor works takes part, or no field would be left */
  uninstructed: Formula;
  emptied: Formula;
  /** by variant: its condition holds */
  matches: ReadonlyMap<Variant, Formula>;
}

/** An obligation with what one rule says of its parameters, as one word. */
export const bindingKey = ({ id, params }: Binding): string => `${id} ${JSON.stringify(params)}`;

/**
 * What the law says, apart from what is built: a ruleset of a program that carries out less says `not_enforceable_yet`
 * where this says yes. `without`: variants that are left out.
 */
export function conclusionOf(world: World, without: ReadonlySet<Variant> = new Set()): ConclusionFormula {
  const { formulas } = world.space;
  const { variants, law } = world.ruleset.engine;
  const matches = new Map(
    variants.filter((one) => !without.has(one)).map((variant) => [variant, world.condition(variant.when)]),
  );
  const when = (test: (variant: Variant) => boolean): Formula =>
    formulas.or(...[...matches].flatMap(([variant, match]) => (test(variant) ? [match] : [])));
  const forbidden = formulas.or(
    when(({ kind }) => kind === 'FORBID'),
    world.unusable,
  );
  const open = formulas.and(
    -forbidden,
    when(({ kind }) => kind === 'PERMIT'),
  );
  const binds = ({ kind }: Variant): boolean => kind === 'PERMIT' || kind === 'REQUIRE';

  const running = world.values('calc.emergency').get('RUNNING') ?? FALSE;
  const wanted = new Map(
    law.steps.map(({ id }) => [
      id,
      formulas.and(
        -running,
        when((one) => binds(one) && one.steps.includes(id)),
      ),
    ]),
  );
  const staying = new Map(
    law.steps.map(({ id }) => {
      const instead = law.steps.filter(({ replaces }) => replaces === id).map((step) => wanted.get(step.id)!);
      return [id, formulas.and(wanted.get(id)!, -formulas.or(...instead))] as const;
    }),
  );
  const bound = (id: string): Formula => when((one) => binds(one) && one.obligations.some((item) => item.id === id));
  const instructing = law.steps.filter(({ seat }) => seat === 'CONTROLLER').map(({ id }) => staying.get(id)!);
  const uninstructed = formulas.and(
    world.space.one('consumer.kind').get('PROCESSOR')!,
    world.space.one('recipient').get(true)!,
    -formulas.or(...instructing),
  );
  const nothing = world.nothingLeft(bound('O-MINFIELDS'), bound('O-MASK'));
  const given = formulas.and(open, -uninstructed, -nothing);
  const chained = formulas.or(...wanted.values());
  const asking = formulas.or(
    ...[...law.obligations.values()].map(({ id, asksNothingOn = [] }) =>
      formulas.and(
        bound(id),
        -formulas.or(...asksNothingOn.map((openness) => world.space.one('product.openness').get(openness)!)),
      ),
    ),
  );
  const cited = (id: string): Formula =>
    formulas.or(
      formulas.and(
        -world.unusable,
        when((one) => one.kind === 'FORBID' && one.id === id),
      ),
      formulas.and(
        open,
        -uninstructed,
        when((one) => binds(one) && one.id === id),
      ),
    );
  const ids = new Set([...matches.keys()].filter(({ kind }) => kind !== 'NOTE').map(({ id }) => id));
  const keys = new Set([...matches.keys()].flatMap(({ obligations }) => obligations.map(bindingKey)));
  return {
    uninstructed: formulas.and(open, uninstructed),
    emptied: formulas.and(open, -uninstructed, nothing),
    outcome: {
      FORBID: -given,
      APPROVAL: formulas.and(given, chained),
      PERMIT_OBL: formulas.and(given, -chained, asking),
      PERMIT: formulas.and(given, -chained, -asking),
    },
    steps: new Map([...staying].map(([id, step]) => [id, formulas.and(given, step)])),
    obligations: new Map([...law.obligations.keys()].map((id) => [id, formulas.and(given, bound(id))])),
    bindings: new Map(
      [...keys].map((key) => [
        key,
        formulas.and(
          given,
          when((one) => binds(one) && one.obligations.some((item) => bindingKey(item) === key)),
        ),
      ]),
    ),
    // asked for seldom
    get rules() {
      return new Map([...ids].map((id) => [id, cited(id)]));
    },
    matches,
  };
}
