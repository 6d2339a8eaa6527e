import type { Matrix } from '../law/law.schema';
import type { Ruleset, Source } from '../law/ruleset';
import { type Direction, type Edit, loosenedCondition } from './loosen-condition';

/** One smallest change by which a law book asks less or gives more. */
export interface Loosening {
  file: string;
  /** rule, cell, chain or basis */
  id: string;
  kind: LooseningKind;
  edit: Edit;
}
export const LOOSENING_KIND = [
  'RULE',
  'CONDITION',
  'STEP',
  'OBLIGATION',
  'CELL',
  'EMERGENCY',
  'BASIS',
  'PURPOSE',
] as const;
export type LooseningKind = (typeof LOOSENING_KIND)[number];

type Written = Record<string, unknown>;
type Path = Edit['path'];
interface WrittenRule extends Written {
  id: string;
  effect?: string;
  variants?: Written[];
}

/**
 * Every smallest change that loosens the law: a rule or a variant that refuses, asks or binds taken out, its condition made
 * narrower by one word, alternative or threshold, that of a permit made wider; one step, one obligation left out; one
 * refusal more set aside in an emergency; a cell that permits instead; a legal basis that carries more. Values of parameters
 * and words that no decision reads are no part of it.
 */
export function looseningsOf(sources: readonly Source[], ruleset: Ruleset): Loosening[] {
  return sources.flatMap(({ file, content }): Loosening[] => {
    const found = (id: string, kind: LooseningKind, edits: readonly Edit[]): Loosening[] =>
      edits.map((edit) => ({ file, id, kind, edit }));
    const conditions = (when: unknown, direction: Direction, path: Path): Edit[] =>
      loosenedCondition(ruleset, when, direction, path);
    if (file.startsWith('rules/'))
      return (content as { rules: WrittenRule[] }).rules.flatMap((rule, at) => inRule(rule, ['rules', at]));
    switch (file) {
      case 'matrix.yaml':
        return inMatrix(content as Matrix);
      case 'approvals.yaml':
        return (
          content as { chains: { id: string; steps: (string | { step: string; when: unknown })[] }[] }
        ).chains.flatMap(({ id, steps }, chain) =>
          steps.flatMap((step, at) => [
            ...found(id, 'STEP', [gone(['chains', chain, 'steps', at], typeof step === 'string' ? step : step.step)]),
            ...(typeof step === 'string'
              ? []
              : found(id, 'CONDITION', conditions(step.when, 'LESS', ['chains', chain, 'steps', at, 'when']))),
          ]),
        );
      case 'legal-bases.yaml':
        return inBases(content as Written);
      case 'purposes.yaml':
        return (content as { purposes: Written[] }).purposes.flatMap((purpose, at) =>
          found(
            String(purpose.code),
            'PURPOSE',
            ['duty', 'publication', 'usesAi']
              .filter((key) => key in purpose)
              .map((key) => gone(['purposes', at, key], key)),
          ),
        );
      default:
        return [];
    }

    function inRule(rule: WrittenRule, path: Path): Loosening[] {
      const { id, variants, setsAside } = rule;
      const named = (setsAside ?? []) as string[];
      const refusals = new Set(ruleset.engine.variants.flatMap((one) => (one.kind === 'FORBID' ? [one.id] : [])));
      const aside = [...refusals].map((one) => (one.startsWith('M:') ? 'MATRIX' : one));
      const effects = variants ? variants.map((own) => own.effect ?? rule.effect) : [rule.effect];
      // where all effects read the shared condition the same way it is loosened once for all
      const directions = [...new Set(effects.map((effect) => directionOf(effect)))];
      return [
        ...(effects.every((effect) => effect === 'permit' || effect === 'note')
          ? []
          : found(id, 'RULE', [gone(path, `Regel ${id}`)])),
        ...directions.flatMap((direction) =>
          found(id, 'CONDITION', conditions(rule.when, direction, [...path, 'when'])),
        ),
        ...bound(id, rule, path),
        ...(variants ?? []).flatMap((own, at): Loosening[] => {
          const here = [...path, 'variants', at];
          const effect = own.effect ?? rule.effect;
          return [
            ...(variants!.length > 1 && effect !== 'permit' && effect !== 'note'
              ? found(id, 'RULE', [gone(here, `Variante ${at + 1}`)])
              : []),
            ...found(id, 'CONDITION', conditions(own.when, directionOf(effect), [...here, 'when'])),
            ...bound(id, own, here),
          ];
        }),
        ...(setsAside
          ? found(
              id,
              'EMERGENCY',
              [...new Set(aside)]
                .filter((one) => !named.includes(one))
                .map((one) => ({
                  path: [...path, 'setsAside'],
                  value: [...named, one],
                  words: `setzt auch ${one} aus`,
                })),
            )
          : []),
      ];
    }

    /** Steps, chain and obligations of a rule or a variant. */
    function bound(id: string, { chain, requires = [], obligations = [] }: Written, path: Path): Loosening[] {
      const [steps, binding] = [requires as string[], obligations as unknown[]];
      return [
        ...(steps.length > 1 || chain ? found(id, 'STEP', eachGone(steps, [...path, 'requires'])) : []),
        ...(chain
          ? found(id, 'STEP', [{ path: [...path, 'chain'], value: 'A0', words: `ohne die Kette ${String(chain)}` }])
          : []),
        ...found(id, 'OBLIGATION', eachGone(binding, [...path, 'obligations'])),
      ];
    }

    function inMatrix({ sets, conditions: named, raise, rows }: Matrix): Loosening[] {
      return [
        ...Object.entries(sets).flatMap(([name, list]) =>
          found(`sets ${name}`, 'OBLIGATION', eachGone(list, ['sets', name])),
        ),
        ...Object.entries(named).flatMap(([name, { when }]) =>
          found(`conditions ${name}`, 'CONDITION', conditions(when, 'MORE', ['conditions', name, 'when'])),
        ),
        ...found('raise', 'CONDITION', conditions(raise.when, 'LESS', ['raise', 'when'])),
        ...Object.entries(raise.to).flatMap(([from, to]) =>
          found('raise', 'STEP', [
            { path: ['raise', 'to', from], value: from, words: `${from} bleibt und wird nicht ${to}` },
          ]),
        ),
        ...rows.flatMap(({ id, when, cells }, row) => [
          ...found(`M:${id}`, 'CONDITION', conditions(when, 'MORE', ['rows', row, 'when'])),
          ...Object.entries(cells).flatMap(([column, cell]) => {
            const path = ['rows', row, 'cells', column];
            const edits =
              typeof cell === 'string'
                ? inCell(cell, path)
                : [
                    { path, value: cell.then, words: `immer ${cell.then}` },
                    ...inCell(cell.then, [...path, 'then']),
                    ...inCell(cell.else, [...path, 'else']),
                  ];
            return found(`M:${id}:${column}`, 'CELL', edits);
          }),
        ]),
      ];
    }

    function inBases({ ownNormOnly = [], legalBases }: Written): Loosening[] {
      const lists = [
        'recipients',
        'providers',
        'personalRef',
        'secrecy',
        'purposes',
        'themes',
        'evidence',
        'emergency',
      ];
      return [
        ...found('ownNormOnly', 'BASIS', eachGone(ownNormOnly as string[], ['ownNormOnly'])),
        ...(legalBases as Written[]).flatMap(({ code, carries = [] }, basis) =>
          (carries as Written[]).flatMap((carry, at) => {
            const path = ['legalBases', basis, 'carries', at];
            const restricting = lists.filter((key) => key in carry && key !== 'recipients');
            return found(String(code), 'BASIS', [
              ...restricting.map((key) => gone([...path, key], `${key} ${JSON.stringify(carry[key])}`)),
              ...lists
                .filter((key) => Array.isArray(carry[key]) && key !== 'evidence')
                .flatMap((key) => {
                  const given = carry[key] as string[];
                  return words(key)
                    .filter((word) => !given.includes(word))
                    .map((word) => ({ path: [...path, key], value: [...given, word], words: `${key}: auch ${word}` }));
                }),
            ]);
          }),
        ),
      ];
    }

    /** Of lists that are not those of a fact: every word the bases use. */
    function words(key: string): string[] {
      const bases = (content as { legalBases: { carries?: Record<string, string[]>[] }[] }).legalBases;
      return [...new Set(bases.flatMap(({ carries = [] }) => carries.flatMap((carry) => carry[key] ?? [])))];
    }
  });
}

/** The law book with one loosening. */
export const loosened = (sources: readonly Source[], { file, edit }: Loosening): Source[] =>
  sources.map((source) => (source.file === file ? { file, content: edited(source.content, edit) } : source));

function edited(content: unknown, { path, value }: Edit): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(content)) {
    if (rest.length === 0 && value === undefined) return content.toSpliced(key as number, 1);
    return content.with(key as number, edited(content[key as number], { path: rest, value, words: '' }));
  }
  const map = content as Written;
  if (rest.length === 0 && value === undefined)
    return Object.fromEntries(Object.entries(map).filter(([one]) => one !== key));
  return { ...map, [key]: edited(map[key], { path: rest, value, words: '' }) };
}

const directionOf = (effect: unknown): Direction => (effect === 'permit' ? 'MORE' : 'LESS');
const gone = (path: Path, what: string): Edit => ({ path, value: undefined, words: `ohne ${what}` });
const name = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item).replaceAll('"', ''));
/** Each one left out; of a list with one, the whole list. */
const eachGone = (list: readonly unknown[], path: Path): Edit[] =>
  list.length === 1 ? [gone(path, name(list[0]))] : list.map((item, at) => gone([...path, at], name(item)));

/** A cell that permits instead, and a cell without one of what it adds. */
function inCell(cell: string, path: Path): Edit[] {
  const [base, ...more] = cell.split('+') as [string, ...string[]];
  return [
    ...(base === 'PERMIT' ? [] : [{ path, value: ['PERMIT', ...more].join('+'), words: `PERMIT statt ${base}` }]),
    ...more.map((one) => ({
      path,
      value: [base, ...more.filter((other) => other !== one)].join('+'),
      words: `${base} ohne ${one}`,
    })),
  ];
}
