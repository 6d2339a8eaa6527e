import { decide } from '../engine/decide';
import type { Decision, Outcome } from '../engine/decision';
import type { Facts } from '../facts/facts';
import type { Ruleset } from '../law/ruleset';
import { type Burden, burdenOf, lighter } from './burden';
import type { Change, Freedom } from './changes';
import { longestUseOf, productReduction, type Reduction, reductionsOf } from './reductions';
import { blockingPaths } from './rule-index';
import { sentence } from './sentences';

export interface Suggestion {
  /** all of them together; leaving one out gives less */
  changes: Change[];
  /** what would be decided then */
  outcome: Exclude<Outcome, 'FORBID'>;
  /** working days of the chain then, at most; 0 when nobody has to decide */
  workingDays: number;
  /** one German sentence; names nothing but what the applicant wrote or may choose */
  text: string;
}

export interface Alternatives {
  /** best first: at once before by approval, few changes before many. Empty: no smaller request is treated better */
  suggestions: Suggestion[];
  /** decisions tried */
  tried: number;
  /** false when the search stopped at its bound; what was found still holds */
  complete: boolean;
}

const MOST_CHANGES = 5;
const MOST_TRIED = 1_500;
const MOST_SUGGESTIONS = 5;

interface Found {
  reductions: Reduction[];
  burden: Burden;
  decision: Decision;
}

/**
 * The smallest changes that turn a refusal or an approval into a permit, or else into a shorter chain. Searches sets
 * of lawful reductions with the same `decide`, small sets first; a set stands only when it is treated better than each
 * part of it, so that no change is in it for nothing. The purpose is never touched. Pure and bounded.
 *
 * What stands in the way says where to look: a rule that matched goes on matching until a fact it asks about changes,
 * so only reductions that touch such a fact are tried. Nothing smaller is lost by that, and a hopeless refusal ends at once.
 */
export function suggestAlternatives(ruleset: Ruleset, facts: Facts, freedom: Freedom = {}): Alternatives {
  const base = burdenOf(decide(ruleset, facts));
  if (base[0] === 0) return { suggestions: [], tried: 1, complete: true };
  const found: Found[] = [];
  let tried = 1;
  let complete = search([], reductionsOf(ruleset, facts, freedom));
  const other = productReduction(ruleset, freedom);
  if (other)
    complete =
      search(
        [other],
        reductionsOf(ruleset, other.apply(facts), { forms: freedom.forms }).filter(
          ({ slot }) => !slot.startsWith('fields '),
        ),
      ) && complete;
  const best = Math.min(...found.map(({ burden }) => burden[0]));
  const cost = ({ reductions }: Found): number => reductions.reduce((sum, reduction) => sum + reduction.cost, 0);
  const suggestions = found
    .filter((one) => one.burden[0] === best && !found.some((other) => longerIsAsGood(other, one)))
    .sort((a, b) => a.burden[1] - b.burden[1] || a.reductions.length - b.reductions.length || cost(a) - cost(b))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ reductions, burden, decision }): Suggestion => {
      const changes = reductions.map(({ change }) => change);
      const outcome = decision.outcome as Suggestion['outcome'];
      return { changes, outcome, workingDays: burden[1], text: sentence(ruleset, changes, base, burden) };
    });
  return { suggestions, tried, complete };

  /** False when it stopped at the bound. */
  function search(first: Reduction[], reductions: readonly Reduction[]): boolean {
    const seen = new Set<string>();
    const place = new Map(
      [...first, ...[...reductions].sort((a, b) => (a.key < b.key ? -1 : 1))].map((reduction, at) => [reduction, at]),
    );
    let level: Reduction[][] = [first];
    for (let size = first.length; size <= MOST_CHANGES && level.length > 0; size++) {
      const next: Reduction[][] = [];
      for (const set of level) {
        const changed = set.reduce((now, reduction) => reduction.apply(now), facts);
        if (changed.fields.length === 0) continue;
        const parts = found.filter((one) =>
          one.reductions.every((part) => set.some((reduction) => reduction === part || reduction.key === part.key)),
        );
        if (parts.some(({ burden }) => burden[0] === 0)) continue;
        if (set.length > 0 && tried >= MOST_TRIED) return false;
        if (set.length > 0) tried++;
        const decision = decide(ruleset, changed);
        const burden = burdenOf(decision);
        if ([{ burden: base }, ...parts].every((part) => lighter(burden, part.burden)))
          found.push({ reductions: set, burden, decision });
        if (burden[0] === 0) continue;
        const open = blockingPaths(ruleset, decision);
        for (const reduction of reductions) {
          if (set.some(({ slot }) => slot === reduction.slot) || !reduction.touches.some((path) => open.has(path)))
            continue;
          // in the order of their keys; the other product comes first whatever its name: it brings its own fields
          const larger = [...set, reduction].sort((a, b) => place.get(a)! - place.get(b)!);
          const key = larger.map((one) => place.get(one)).join(' ');
          if (!seen.has(key)) next.push(larger);
          seen.add(key);
        }
      }
      level = next;
    }
    return true;
  }
}

/** Whether the same changes with a longer use are treated as well: then the shorter use is no smaller change, only less. */
function longerIsAsGood(longer: Found, shorter: Found): boolean {
  const days = ({ reductions }: Found): number => Math.max(0, ...reductions.map(({ change }) => longestUseOf(change)));
  const rest = ({ reductions }: Found): string =>
    reductions
      .map(({ key, slot }) => (slot === 'period' ? slot : key))
      .sort()
      .join();
  return days(longer) > days(shorter) && rest(longer) === rest(shorter) && !lighter(shorter.burden, longer.burden);
}
