import type { EvaluatedFacts } from '../facts/derived-facts';
import type { Paths } from '../facts/paths';
import { type Condition, leavesOf, type Scalar, type Value } from '../law/conditions';
import { inText, remainder } from './match';

/** A bit for each rule, by its place: set while the rule can still match. */
type Bits = Int32Array;
/** A fact and what its values leave of the rules that ask it. */
type IndexedFact = { path: string; words: ReadonlySet<number> } & (
  { named: readonly Scalar[]; leaves: readonly Bits[] } | { of: (list: readonly string[]) => Bits }
);

/** To look a list up costs as much as to ask twenty rules; this one rules out more than that. */
const LIST = 'product.secrecy';
/** A list is told apart by the words that rules name, a bit each, and one for not being empty. */
const MOST_WORDS = 30;
/** More different lists than this: begin anew rather than grow without bound. */
const MOST_LISTS = 1_000;
/** Stands for every value that no rule names: they are all alike to the rules. */
const UNNAMED = '\0';

/**
 * An index of rules by fact: each value of a fact leaves some rules and rules out the others, whatever the other facts
 * say, and what all facts leave is in play. A rule that is ruled out does not match; one in play is still asked.
 */
export class RulesInPlay<Rule> {
  private readonly bits: Bits;
  private readonly look: (evaluated: EvaluatedFacts, bits: Bits) => void;

  constructor(
    private readonly rules: readonly Rule[],
    conditionOf: (rule: Rule) => Condition,
    paths: Paths,
  ) {
    const all = new Int32Array(Math.ceil(rules.length / 32));
    rules.forEach((_, place) => (all[place >> 5]! |= 1 << (place & 31)));
    this.bits = new Int32Array(all.length);
    const asking = new Map<string, Map<number, Condition>>();
    rules.map(conditionOf).forEach((condition, place) => {
      for (const { path } of leavesOf(condition))
        asking.set(path, (asking.get(path) ?? new Map<number, Condition>()).set(place, condition));
    });
    const facts = [...asking].flatMap(([path, asked]) => indexed(path, asked, paths, all));
    this.look = generate(facts, all);
  }

  /** Rules that these facts do not rule out, in their order. */
  of(evaluated: EvaluatedFacts): Rule[] {
    const { bits, rules } = this;
    this.look(evaluated, bits);
    const left: Rule[] = [];
    for (let word = 0; word < bits.length; word++) {
      // the lowest bit that is set, one after the other
      for (let rest = bits[word]!; rest !== 0; rest &= rest - 1)
        left.push(rules[(word << 5) + 31 - Math.clz32(rest & -rest)]!);
    }
    return left;
  }
}

function indexed(path: string, asked: ReadonlyMap<number, Condition>, paths: Paths, all: Bits): IndexedFact[] {
  const kind = paths[path];
  // how large a number is, is left to the rules
  if (!kind || kind.kind === 'number') return [];
  const leaves = [...asked.values()].flatMap(leavesOf).filter((leaf) => leaf.path === path);
  const named = [...new Set(leaves.flatMap(({ among, value }): Scalar[] => [among ?? value].flat()))];
  const words = new Set([...asked.keys()].map((place) => place >> 5));
  const leftBy = (value: Value): Bits => {
    const bits = all.slice();
    const known = new Map([[path, value]]);
    for (const [place, condition] of asked)
      if (remainder(condition, known) === false) bits[place >> 5]! &= ~(1 << (place & 31));
    return bits;
  };
  if (!('list' in kind && kind.list)) return [{ path, words, named, leaves: [...named, UNNAMED].map(leftBy) }];
  return path === LIST && named.length < MOST_WORDS ? [{ path, words, of: byList(named, leftBy) }] : [];
}

/** What a list leaves, worked out when such a list is met for the first time. */
function byList(named: readonly Scalar[], leftBy: (value: Value) => Bits): (list: readonly string[]) => Bits {
  const bitOf = new Map(named.map((word, at) => [word, 2 << at]));
  const kept = new Map<number, Bits>();
  return (list) => {
    let key = list.length === 0 ? 0 : 1;
    for (let i = 0; i < list.length; i++) key |= bitOf.get(list[i]!) ?? 0;
    let bits = kept.get(key);
    if (!bits) {
      bits = leftBy([...list]);
      if (kept.size >= MOST_LISTS) kept.clear();
      kept.set(key, bits);
    }
    return bits;
  };
}

/**
 * Looks every fact up and keeps what all of them leave, written out: of each word of bits only those facts are looked at
 * that one of its rules asks. The text is made of paths of the closed vocabulary and of values written by JSON.stringify.
 */
function generate(facts: readonly IndexedFact[], all: Bits): (evaluated: EvaluatedFacts, bits: Bits) => void {
  const constants: string[] = [];
  const lookups: string[] = [];
  facts.forEach((fact, at) => {
    const value = `v.${inText(fact.path)}`;
    if ('of' in fact) {
      constants.push(`const of${at} = facts[${at}].of;`);
      lookups.push(`const b${at} = of${at}(${value});`);
    } else {
      constants.push(`const [${fact.leaves.map((_, i) => `b${at}_${i}`).join()}] = facts[${at}].leaves;`);
      const choices = fact.named.map((one, i) => `x${at} === ${JSON.stringify(one)} ? b${at}_${i} : `).join('');
      lookups.push(`const x${at} = ${value}; const b${at} = ${choices}b${at}_${fact.named.length};`);
    }
  });
  const words = [...all].map((every, word) => {
    const asked = facts.flatMap(({ words: own }, at) => (own.has(word) ? [`b${at}[${word}]`] : []));
    return `bits[${word}] = ${[every, ...asked].join(' & ')};`;
  });
  return new Function(
    'facts',
    `'use strict'; ${constants.join(' ')} return (v, bits) => { ${lookups.join(' ')} ${words.join(' ')} };`,
  )(facts) as (evaluated: EvaluatedFacts, bits: Bits) => void;
}
