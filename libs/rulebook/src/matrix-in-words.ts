import type { Rule, Ruleset, Source } from '#lib/policy';
import { chainName, chainText, stepName } from './chain-in-words';
import { conditionsOf, inWords } from './clauses';
import { bindingInWords } from './obligation-in-words';
import type { ReadableMatrix } from './readable.view';

interface WrittenMatrix {
  source: string;
  columns: Record<string, { name: string }>;
  rows: { id: string; name: string; cells: Record<string, unknown> }[];
  conditions: Record<string, { name: string; when: unknown }>;
  sets: Record<string, NonNullable<Rule['obligations']>>;
  raise: { when: unknown; to: Record<string, string>; requires: string[] };
}

/** The matrix of the law book, each cell as a sentence and in short. */
export function matrixInWords(ruleset: Ruleset, sources: readonly Source[]): ReadableMatrix {
  const { source, columns, rows, conditions, sets, raise } = sources.find(({ file }) => file === 'matrix.yaml')!
    .content as WrittenMatrix;
  const base = (effect: string): string =>
    effect === 'PERMIT'
      ? 'zulässig'
      : effect === 'FORBID'
        ? ruleset.label('outcome', 'FORBID')
        : `Genehmigung ${chainName(ruleset, effect)}`;
  const setName = (name: string): string =>
    sets[name]!.length > 1 ? 'Standardauflagen' : `Auflage: ${bindingInWords(ruleset, sets[name]![0]!)}`;
  const effect = (text: string): string => {
    const [first, ...more] = text.split('+') as [string, ...string[]];
    // A0: nobody is asked; what it means is that it is permitted and the office is told
    const said = first === 'A0' ? 'zulässig, die datenverantwortliche Stelle wird informiert' : base(first);
    return [
      said,
      ...more.map((one) => (sets[one] ? setName(one) : `zusätzlicher Schritt: ${stepName(ruleset, one)}`)),
    ].join('; ');
  };
  // what asks nothing of the recipient makes no permit one with obligations
  const asksNothing = (name: string): boolean =>
    (sets[name] ?? []).every((one) => ruleset.obligation(idOf(one))?.asksNothingOn);
  const brief = (text: string): string => {
    const [first, ...more] = text.split('+') as [string, ...string[]];
    if (first === 'FORBID') return ruleset.label('outcome', 'FORBID');
    if (first === 'PERMIT' || first === 'A0')
      return more.some((one) => !asksNothing(one)) ? 'mit Auflagen' : 'zulässig';
    return 'Genehmigung';
  };
  const cell = (value: unknown): string => {
    if (typeof value === 'string') return effect(value);
    const { if: condition, then, else: other } = value as { if: string; then: string; else: string };
    return `${effect(then)}, aber nur unter dieser Bedingung: ${conditions[condition]?.name ?? condition} Sonst ${effect(other)}.`;
  };
  const short = (value: unknown): string =>
    typeof value === 'string' ? brief(value) : `${brief((value as { then: string }).then)}, nur unter Bedingung`;
  const names = Object.keys(columns);
  return {
    source,
    columns: names.map((id) => columns[id]!.name),
    rows: rows.map(({ name, cells }) => ({
      name,
      cells: names.map((id) => cell(cells[id])),
      short: names.map((id) => short(cells[id])),
    })),
    sets: Object.entries(sets)
      .filter(([, list]) => list.length > 1)
      .map(([name, list]) => ({ name: setName(name), obligations: list.map((one) => bindingInWords(ruleset, one)) })),
    conditions: Object.values(conditions).map(({ name, when }) => ({ name, ...conditionsOf(ruleset, when) })),
    raise: {
      when: inWords(ruleset, raise.when),
      to: Object.entries(raise.to).map(
        ([from, to]) =>
          `Aus „${from === 'A0' ? 'ohne Genehmigung' : from === 'PERMIT' ? 'zulässig' : chainText(ruleset, from)}“ wird: Genehmigung ${chainName(ruleset, to)}.`,
      ),
      joins: raise.requires.map((step) => stepName(ruleset, step)),
    },
  };
}

const idOf = (binding: string | object): string => (typeof binding === 'string' ? binding : Object.keys(binding)[0]!);
