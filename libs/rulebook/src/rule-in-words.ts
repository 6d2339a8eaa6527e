import { type Outcome, readCases, type Rule, type Ruleset, type Source } from '#lib/policy';
import { chainName, stepName } from './chain-in-words';
import { conditionsOf, firstSentence, inWords } from './clauses';
import { bindingInWords } from './obligation-in-words';
import type { ReadableEffect, ReadableRule } from './readable.view';

const EFFECT: Record<string, string> = { permit: 'zulässig', oblige: 'nur mit Auflagen', note: 'Hinweis' };
/** Effects that decide alone are named as what comes of them. */
const OUTCOME_OF: Record<string, Outcome> = { approve: 'APPROVAL', forbid: 'FORBID' };

/** One rule with its conditions, what follows, and the cases that speak of it. */
export function ruleInWords(ruleset: Ruleset, rule: Rule, cases: CasesByRule): ReadableRule {
  const { id, chapter, effect, because, source, mark, note, variants = [], setsAside = [] } = rule;
  const sentences = [...new Set([because, ...variants.flatMap((one) => (one.because ? [one.because] : []))])];
  const effects = (variants.length > 0 ? variants : [{}]).map((one): ReadableEffect => {
    const own = one;
    const { chain = rule.chain, requires = rule.requires, obligations = rule.obligations } = own;
    return {
      effect: effectName(ruleset, own.effect ?? effect),
      sentence: own.because ?? because,
      ...conditionsOf(ruleset, own.when),
      then: consequences(ruleset, { chain, requires, obligations }, own.effect ?? effect),
    };
  });
  return {
    id,
    chapter,
    sentences,
    source,
    mark,
    effects: united(effects),
    common: conditionsOf(ruleset, rule.when),
    cases: cases.named.get(id) ?? [],
    matrixCases: cases.cells.get(id) ?? 0,
    effect: [...new Set(effects.map((one) => one.effect))].join(' oder '),
    when: rule.when ? inWords(ruleset, rule.when) : 'immer, wenn eine der folgenden Bedingungen gilt',
    then: consequences(ruleset, rule, effect),
    variants: variants.map((one) => ({
      effect: effectName(ruleset, one.effect ?? effect),
      when: one.when ? inWords(ruleset, one.when) : 'immer',
      sentence: one.because ?? because,
      then: consequences(ruleset, one, one.effect ?? effect),
    })),
    setsAside: setsAside.map((one) => {
      if (one === 'MATRIX') return 'jedes „nicht zulässig“ der Grundregeln';
      const other = ruleset.rules.find((rule) => rule.id === one);
      return other ? `${firstSentence(other.because)} (${one})` : one;
    }),
    markName: ruleset.label('mark', mark),
    note: note ?? null,
  };
}

/** Effects that say the same under different conditions are one: one of the conditions is enough. */
function united(effects: readonly ReadableEffect[]): ReadableEffect[] {
  const [first] = effects;
  const same = effects.every(
    (one) =>
      one.unless.length === 0 &&
      one.effect === first!.effect &&
      one.sentence === first!.sentence &&
      one.then.join() === first!.then.join(),
  );
  if (!first || effects.length === 1 || !same) return [...effects];
  return [
    {
      ...first,
      applies: [{ either: effects.map(({ applies }) => (applies.length === 1 ? applies[0]! : { every: applies })) }],
    },
  ];
}

type Consequence = { chain?: string | undefined; requires?: string[] | undefined; obligations?: Rule['obligations'] };

function consequences(
  ruleset: Ruleset,
  { chain, requires = [], obligations = [] }: Consequence,
  effect?: string,
): string[] {
  if (effect === 'forbid' || effect === 'note') return [];
  return [
    ...(chain && effect === 'approve' ? [`Genehmigung auf dem Weg ${chainName(ruleset, chain)}`] : []),
    ...(effect === 'approve' ? requires.map((step) => `Zusätzlicher Schritt: ${stepName(ruleset, step)}`) : []),
    ...obligations.map((binding) => `Auflage: ${bindingInWords(ruleset, binding)}`),
  ];
}

const effectName = (ruleset: Ruleset, effect = ''): string => {
  const outcome = OUTCOME_OF[effect];
  return outcome ? ruleset.label('outcome', outcome) : (EFFECT[effect] ?? '');
};

export interface CasesByRule {
  named: Map<string, string[]>;
  cells: Map<string, number>;
}

/** Cases by the rules they expect. Rows of the matrix are counted, not told: their names are addresses of cells. */
export function casesByRule(ruleset: Ruleset, sources: readonly Source[]): CasesByRule {
  const found: CasesByRule = { named: new Map(), cells: new Map() };
  for (const { name, expect, table } of readCases(sources, ruleset)) {
    for (const id of new Set([...expect.by, ...(expect.notes ?? [])])) {
      if (table) found.cells.set(id, (found.cells.get(id) ?? 0) + 1);
      else
        found.named.set(id, [
          ...(found.named.get(id) ?? []),
          `${name.replace(/^K?\d+ /, '')}: ${ruleset.label('outcome', expect.outcome)}`,
        ]);
    }
  }
  return found;
}
