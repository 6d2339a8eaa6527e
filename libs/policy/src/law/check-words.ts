import { ENFORCEMENT, MARK, OUTCOME } from '../engine/decision';
import type { FactModel } from '../facts/fact-model';
import { type CodeList, LISTS } from '../facts/lists';
import { type Condition, leavesOf, notAmong, type ReportFault } from './conditions';
import { SITUATION } from './instruments';
import type { Obligations, Vocabulary } from './law.schema';

/** Enumerations whose values have German names in `vocabulary.yaml`. */
const LABELLED = { ...LISTS, outcome: OUTCOME, enforcement: ENFORCEMENT, mark: MARK };
export type LabelList = keyof typeof LABELLED | CodeList;

/**
 * People read every word of a law book in German. What no rule asks about may be without one: a law book that is older
 * than a fact goes on as it is, and its words come with the next version.
 */
export function checkLabels(
  { labels, facts, withdrawn = {} }: Vocabulary,
  model: FactModel,
  conditions: readonly Condition[],
  report: ReportFault,
) {
  const asked = new Set(conditions.flatMap(leavesOf).map(({ path }) => path));
  const askedLists = new Set(
    [...asked]
      .map((path) => model.paths[path] ?? SITUATION[path])
      .flatMap((kind) => (kind && 'of' in kind ? [kind.of] : [])),
  );
  for (const [list, values] of Object.entries<readonly string[]>(LABELLED)) {
    const names = labels[list];
    if (!names && Object.hasOwn(LISTS, list) && !askedLists.has(list as CodeList)) continue;
    for (const value of values)
      if (!Object.hasOwn(names ?? {}, value))
        report('vocabulary.yaml', list, `\`${value}\` hat keinen deutschen Namen`);
    for (const value of Object.keys(names ?? {}))
      if (!values.includes(value)) report('vocabulary.yaml', list, notAmong(value, values));
  }
  for (const list of Object.keys(labels))
    if (!Object.hasOwn(LABELLED, list)) report('vocabulary.yaml', list, 'diese Liste gibt es nicht');
  for (const path of asked)
    if (!Object.hasOwn(facts, path)) report('vocabulary.yaml', path, 'hat keine Bedeutung auf Deutsch (`facts`)');
  for (const path of Object.keys(facts))
    if (!model.known.has(path) && !Object.hasOwn(SITUATION, path))
      report('vocabulary.yaml', path, 'diese Angabe gibt es nicht');
  for (const path of Object.keys(withdrawn))
    if (!model.withdrawable.some((one) => one.path === path))
      report('vocabulary.yaml', path, 'lässt sich nicht zurücknehmen (`withdrawn`)');
}

/** A parameter that is one of a list of words shows people its German name. */
export function checkWords({ obligations }: Obligations, report: ReportFault) {
  for (const { id, params = [] } of obligations) {
    for (const { order = [], beside = [], words = {} } of params) {
      for (const word of [...order, ...beside])
        if (!Object.hasOwn(words, word)) report('obligations.yaml', id, `\`${word}\` hat keinen deutschen Namen`);
      for (const word of Object.keys(words))
        if (![...order, ...beside].includes(word))
          report('obligations.yaml', id, notAmong(word, [...order, ...beside]));
    }
  }
}
