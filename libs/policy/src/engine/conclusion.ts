import type { EvaluatedFacts, KnownCodes } from '../facts/derived-facts';
import type { FactModel } from '../facts/fact-model';
import { mergeChains } from '../law/chains';
import type { Chain, Decision, Obligation, Reason } from './decision';
import type { ObligationText, StepText } from '../law/law.schema';
import { type Binding, type Computed, computedKey, fill, type Limits } from '../law/obligations';
import type { Variant } from '../law/variants';

/** What the law book says beside its variants. */
export interface CompiledRules {
  hash: string;
  steps: readonly StepText[];
  /** ids of steps that the program can carry out */
  built: ReadonlySet<string>;
  obligations: ReadonlyMap<string, ObligationText>;
  limits: Limits;
  codes: KnownCodes;
  model: FactModel;
}

const MOST_FILLED = 1_000;

/** What follows from one set of matching variants and one kind of provider, whatever the other facts: worked out once. */
export interface Conclusion {
  outcome: Decision['outcome'];
  rules: string[];
  because: Reason[];
  chain: Chain | null;
  /** obligations without computed parameters, ready; the others as bindings */
  obligations: readonly { text: ObligationText; bindings: readonly Binding[] }[];
  /** computed parameters in use; the obligations of each combination of their values are kept */
  computed: readonly Computed['from'][];
  filled: Map<string, Obligation[]> | null;
  /** the obligations when nothing is computed */
  fixed: Obligation[];
}

/** What follows from the matching variants. Of the evaluated only what all such facts share is looked at. */
export function conclude(all: readonly Variant[], law: CompiledRules, evaluated: EvaluatedFacts): Conclusion {
  const variants = all.filter(({ kind }) => kind !== 'NOTE');
  const notes = all.filter(({ kind }) => kind === 'NOTE').map(({ reason }) => reason);
  const forbids = variants.filter(({ kind }) => kind === 'FORBID');
  if (variants.length === 0) return refusal([UNCLASSIFIED], notes);
  if (forbids.length > 0)
    return refusal(
      forbids.map(({ reason }) => reason),
      notes,
    );
  // while an emergency access runs nobody is waited for: the chain is set aside, the obligations are not (R-EMG-01)
  const wanted = new Set(evaluated.calc.emergency === 'RUNNING' ? [] : variants.flatMap(({ steps }) => steps));
  const missing = law.steps.filter(({ id }) => wanted.has(id) && !law.built.has(id));
  if (missing.length > 0) {
    const causes = variants.filter(({ steps }) => steps.some((step) => missing.some(({ id }) => id === step)));
    return refusal(
      [...causes.map(({ reason }) => reason), ...missing.map((step) => notAvailable(step, causes[0]!.id))],
      notes,
    );
  }
  const chain =
    wanted.size === 0
      ? null
      : mergeChains(
          variants.flatMap(({ chains }) => chains),
          wanted,
          law.steps,
          evaluated.product.provider,
        );
  const obligations = bound(variants, law);
  // a licence on open data is no obligation that would need an answer (governance §2.7.10)
  const free =
    evaluated.product.openness === 'OPEN' ? obligations.filter(({ text }) => text.id !== 'O-LICENCE') : obligations;
  const outcome = chain ? 'APPROVAL' : free.length > 0 ? 'PERMIT_OBL' : 'PERMIT';
  const computed = obligations.flatMap(({ bindings }) =>
    bindings.flatMap(({ params }) =>
      params.flatMap(({ value }) => (typeof value === 'object' && 'from' in value ? [value.from] : [])),
    ),
  );
  return {
    outcome,
    rules: idsOf(variants.map(({ reason }) => reason)),
    because: reasonsOf([...variants.map(({ reason }) => reason), ...notes]),
    chain: chain && deepFreeze(chain),
    obligations,
    computed: [...new Set(computed)].sort(),
    filled: computed.length > 0 ? new Map() : null,
    fixed: computed.length > 0 ? [] : fillAll(obligations, law, evaluated),
  };
}

function bound(variants: readonly Variant[], law: CompiledRules): { text: ObligationText; bindings: Binding[] }[] {
  const byId = new Map<string, Binding[]>();
  for (const { obligations } of variants) {
    for (const binding of obligations) byId.set(binding.id, [...(byId.get(binding.id) ?? []), binding]);
  }
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, bindings]) => ({ text: law.obligations.get(id)!, bindings }));
}

/** The obligations of a conclusion for these facts. */
export function obligationsOf(conclusion: Conclusion, law: CompiledRules, evaluated: EvaluatedFacts): Obligation[] {
  const { filled } = conclusion;
  if (filled === null) return conclusion.fixed;
  const key = computedKey(conclusion.computed, evaluated, law.limits);
  let list = filled.get(key);
  if (!list) {
    list = fillAll(conclusion.obligations, law, evaluated);
    if (filled.size >= MOST_FILLED) filled.clear();
    filled.set(key, list);
  }
  return list;
}

function fillAll(obligations: Conclusion['obligations'], law: CompiledRules, evaluated: EvaluatedFacts): Obligation[] {
  return deepFreeze(obligations.map(({ text, bindings }) => fill(bindings, text, evaluated, law.limits)));
}

/** Nothing speaks for it, so it is not allowed (default deny). */
export const UNCLASSIFIED: Reason = {
  rule: 'UNCLASSIFIED',
  text: 'Keine Regel erlaubt diesen Austausch. Was nicht erlaubt ist, ist nicht zulässig.',
  source: 'Rollenkonzept §2.1',
  mark: 'D',
  code: 'unclassified',
};

function notAvailable(step: StepText, rule: string): Reason {
  return {
    rule,
    text: `Für die Freigabe fehlt der Schritt „${step.name}“. Er ist noch nicht eingerichtet. Ohne ihn wird nicht freigegeben.`,
    source: step.source,
    mark: 'D',
    code: 'chain_not_available',
  };
}

const NONE = Object.freeze([]) as unknown as Obligation[];

function refusal(reasons: readonly Reason[], notes: readonly Reason[]): Conclusion {
  return {
    outcome: 'FORBID',
    rules: idsOf(reasons),
    because: reasonsOf([...reasons, ...notes]),
    chain: null,
    obligations: [],
    computed: [],
    filled: null,
    fixed: NONE,
  };
}

function idsOf(reasons: readonly Reason[]): string[] {
  return Object.freeze([...new Set(reasons.map(({ rule }) => rule))].sort()) as string[];
}

/** Each reason once, in the order of ids. */
function reasonsOf(reasons: readonly Reason[]): Reason[] {
  const seen = new Map(reasons.map((reason) => [`${reason.rule} ${reason.code ?? ''} ${reason.text}`, reason]));
  return deepFreeze([...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reason]) => ({ ...reason })));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
