import {
  type Condition,
  type Leaf,
  leavesOf,
  type Nameable,
  readCondition,
  type ReportFault,
  type Scalar,
} from './conditions';
import type { Approvals, EvidenceKind, LegalBasis, Purpose, Vocabulary } from './law.schema';
import { BASIS_DOCUMENT, NO_EMERGENCY, PRIVILEGED } from './standing-refusals';
import type { Variant } from './variants';

/*
 * A document that lifts a ban must be looked at by somebody, and must be one that can lift it. Neither is left to whoever
 * writes a rule: the step of the desk is added to whatever a rule asks of evidence, and a rule that asks for evidence that
 * can not carry it does not load.
 */

type Truth = Condition | boolean;
type Kinds = ReadonlyMap<string, EvidenceKind>;

const PATH = 'evidence';

/** Kinds by their code. */
export const kindsOf = ({ evidence }: Pick<Vocabulary, 'evidence'>): Kinds =>
  new Map(evidence.map((kind) => [kind.code, kind]));

/** Kinds that somebody looks at: a step of a chain, or whoever keeps the register. */
export const codesLookedAt = (kinds: Kinds): ReadonlySet<string> =>
  new Set([...kinds.values()].flatMap(({ code, desk, register }) => ((desk ?? register) ? [code] : [])));

/** The same variants where a document that nobody looks at counts as not shown; a law book of before names no desk at all. */
export function onlyLookedAt(variants: readonly Variant[], kinds: Kinds): Variant[] {
  const looked = codesLookedAt(kinds);
  const counted = (condition: Condition): Condition => {
    if ('all' in condition) return { all: condition.all.map(counted) };
    if ('any' in condition) return { any: condition.any.map(counted) };
    if ('not' in condition) return { not: counted(condition.not) };
    if (condition.path !== PATH || condition.op === 'eq') return condition;
    const codes = valuesOf(condition);
    const left = codes.filter((code) => looked.has(String(code)));
    if (left.length === codes.length) return condition;
    return left.length === 0 || condition.op === 'all' ? { any: [] } : { ...condition, value: left };
  };
  return looked.size === kinds.size ? [...variants] : variants.map((one) => ({ ...one, when: counted(one.when) }));
}

/**
 * The variants that make a desk look: wherever documents turn a refusal, a further step or an obligation away, or open
 * something, the step of the desk that looks at them is needed. They only tighten.
 */
export function withDesks(variants: readonly Variant[], kinds: Kinds): Variant[] {
  return variants.flatMap((variant) => {
    const named = [...new Set(kindsIn(variant.when))].flatMap((code) => kinds.get(code) ?? []);
    const desks = [...new Set(named.flatMap(({ desk }) => desk ?? []))].sort();
    const when = desks.length > 0 ? loosened(variant, kinds) : false;
    if (when === false) return [variant];
    const names = named.map(({ name }) => `„${name}“`).join(' oder ');
    const desk: Variant = {
      id: variant.id,
      kind: 'REQUIRE',
      when: when === true ? { all: [] } : when,
      chains: [],
      steps: desks,
      obligations: [],
      reason: {
        rule: variant.id,
        text: `Das geht nur mit Nachweis: ${names}. Der Nachweis wird geprüft, bevor jemand zustimmt.`,
        source: variant.reason.source,
        mark: variant.reason.mark,
        ...(variant.reason.note && { note: variant.reason.note }),
      },
    };
    return [variant, desk];
  });
}

/**
 * The variants that make a desk look where documents made a purpose compatible (`Ruleset.purposeRelation`): that is done
 * before any rule is asked, so no rule sees it. Whoever asks: in the own office a relation opens as much as elsewhere.
 */
export function purposeDesks(purposes: readonly Purpose[], kinds: Kinds): Variant[] {
  return purposes.flatMap(({ code, name, privileged }): Variant[] => {
    const named = (privileged?.evidence ?? []).flatMap((kind) => kinds.get(kind) ?? []);
    const desks = [...new Set(named.flatMap(({ desk }) => desk ?? []))].sort();
    if (desks.length === 0) return [];
    const names = named.map((kind) => `„${kind.name}“`).join(' und ');
    return [
      {
        id: PRIVILEGED,
        kind: 'REQUIRE',
        when: {
          all: [
            { path: 'purpose.relation', op: 'eq', value: 'PRIVILEGED' },
            { path: 'purpose.code', op: 'eq', value: code },
            { path: 'calc.personalRef', op: 'in', value: ['PSEUDONYMISED', 'PERSONAL', 'SPECIAL'] },
          ],
        },
        chains: [],
        steps: desks,
        obligations: [],
        reason: {
          rule: PRIVILEGED,
          text: `Der Zweck „${name}“ gilt nur mit Nachweis als vereinbar: ${names}. Der Nachweis wird geprüft, bevor jemand zustimmt.`,
          source: 'DSGVO Art. 5 Abs. 1 Buchst. b und Art. 89, HDSIG § 24',
          mark: 'K',
        },
      },
    ];
  });
}

/** Where the facts name the bases of a kind that fit. */
const FITTING = {
  ART_6: 'calc.carriedBy',
  SPECIAL_NORM: 'calc.carriedBy',
  ART_9: 'calc.specialBy',
  ART_10: 'calc.criminalBy',
};

/**
 * The variant that makes a desk look where a basis carries with a document only (`carries.evidence`): which bases fit is
 * worked out before any rule is asked, so no rule sees the document. In an emergency two people looked at the danger.
 */
export function basisDesks(bases: readonly LegalBasis[], kinds: Kinds): Variant[] {
  const asking = bases.map(({ code, kind, carries = [] }) => {
    const named = carries.flatMap(({ evidence = [] }) => evidence.flatMap((one) => kinds.get(one) ?? []));
    return { code, path: FITTING[kind as keyof typeof FITTING], desks: named.flatMap(({ desk }) => desk ?? []) };
  });
  const proved = asking.filter(({ path, desks }) => path !== undefined && desks.length > 0);
  if (proved.length === 0) return [];
  const any = [...new Set(proved.map(({ path }) => path))].map((path) => ({
    path,
    op: 'in' as const,
    value: proved.filter((one) => one.path === path).map(({ code }) => code),
    list: true as const,
  }));
  return [
    {
      id: BASIS_DOCUMENT,
      kind: 'REQUIRE',
      when: { all: [{ any }, NO_EMERGENCY] },
      chains: [],
      steps: [...new Set(proved.flatMap(({ desks }) => desks))].sort(),
      obligations: [],
      reason: {
        rule: BASIS_DOCUMENT,
        text: 'Diese Rechtsgrundlage gilt nur mit ihrem Nachweis. Der Nachweis wird geprüft, bevor jemand zustimmt.',
        source: 'DSGVO Art. 5 Abs. 2',
        mark: 'D',
      },
    },
  ];
}

/** When documents make of the variant something milder than it is without them; false: never. */
function loosened({ kind, when }: Variant, kinds: Kinds): Truth {
  const parts = 'all' in when ? when.all.flatMap((one) => ('all' in one ? one.all : [one])) : [when];
  const changed = parts.filter((part) => kindsIn(part).length > 0);
  const same = parts.filter((part) => !changed.includes(part));
  const bare = conjunction(changed.map((part) => without(part, kinds)));
  const shown: Condition = { all: changed };
  if (kind === 'NOTE') return false;
  return kind === 'PERMIT'
    ? conjunction([...same, shown, negation(bare)])
    : conjunction([...same, bare, { not: shown }]);
}

/** The condition where no document of a kind that a desk looks at is there. */
function without(condition: Condition, kinds: Kinds): Truth {
  if ('all' in condition) return conjunction(condition.all.map((one) => without(one, kinds)));
  if ('any' in condition) return negation(conjunction(condition.any.map((one) => negation(without(one, kinds)))));
  if ('not' in condition) return negation(without(condition.not, kinds));
  if (condition.path !== PATH) return condition;
  const codes = valuesOf(condition);
  const left = codes.filter((code) => kinds.get(String(code))?.desk === undefined);
  if (condition.op === 'eq') return true;
  if (left.length === codes.length) return condition;
  return condition.op === 'all' || left.length === 0 ? false : { ...condition, value: left };
}

function conjunction(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false;
  const left = parts.filter((part): part is Condition => typeof part !== 'boolean');
  return left.length === 0 ? true : { all: left };
}
const negation = (part: Truth): Truth => (typeof part === 'boolean' ? !part : { not: part });

const kindsIn = (condition: Condition): string[] =>
  leavesOf(condition)
    .filter(({ path }) => path === PATH)
    .flatMap((leaf) => valuesOf(leaf).map(String));

const valuesOf = ({ value, among }: Leaf): readonly Scalar[] => among ?? (Array.isArray(value) ? value : [value]);

/** What evidence is shown for is a fact with values that there are. */
export function checkCarried(
  { evidence }: Pick<Vocabulary, 'evidence'>,
  known: Nameable,
  report: (code: string, text: string) => void,
): void {
  for (const { code, carries = {} } of evidence)
    for (const [path, values] of Object.entries(carries))
      readCondition({ [path]: typeof values[0] === 'boolean' ? { eq: values[0] } : { in: values } }, known, (text) =>
        report(code, text),
      );
}

/**
 * Says what a law book leaves open about its evidence, and where a rule asks for evidence that can not carry it. A law
 * book of before says nothing of any kind: then nothing is carried, and nobody is told.
 */
export function checkEvidence(
  { evidence }: Pick<Vocabulary, 'evidence'>,
  variants: readonly Variant[],
  { steps }: Pick<Approvals, 'steps'>,
  report: ReportFault,
): void {
  if (!evidence.some(({ desk, carries }) => desk ?? carries)) return;
  for (const { code, desk, carries, register } of evidence) {
    const at = (text: string) => report('vocabulary.yaml', code, text);
    if (!carries) at('es fehlt, was der Nachweis tragen kann (`carries`)');
    if (!desk && !register) at('es fehlt der Schritt, der den Nachweis ansieht (`desk`)');
    if (desk && register) at('was in einem Register steht, sieht kein Schritt noch einmal an (`desk`, `register`)');
    if (desk && steps.find(({ id }) => id === desk)?.needs !== 'EVIDENCE')
      at(`\`${desk}\` ist kein Schritt, der Nachweise prüft (\`needs: EVIDENCE\`)`);
  }
  const kinds = kindsOf({ evidence });
  for (const variant of variants) {
    // what documents of any kind could change, also of those that a register keeps
    const all: Kinds = new Map(evidence.map((kind) => [kind.code, { ...kind, desk: kind.desk ?? 'register' }]));
    const when = loosened(variant, all);
    if (typeof when === 'boolean') continue;
    const unfit = new Set(
      ways(when).flatMap((way) =>
        way
          .filter(({ leaf, holds }) => holds && leaf.path === PATH && leaf.op !== 'eq')
          .flatMap(({ leaf }) => valuesOf(leaf).map(String))
          .filter((code) => !fits(kinds.get(code), way)),
      ),
    );
    for (const code of unfit)
      report('rules', variant.id, `der Nachweis \`${code}\` trägt nicht, was hier gefragt ist (\`carries\`)`);
  }
}

interface Literal {
  leaf: Leaf;
  holds: boolean;
}

/** Every way in which a condition can hold: tests that hold or do not hold together. */
function ways(condition: Condition, holds = true): Literal[][] {
  if ('not' in condition) return ways(condition.not, !holds);
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    const inner = parts.map((part) => ways(part, holds));
    if ('all' in condition !== holds) return inner.flat();
    return inner.reduce<Literal[][]>((sum, next) => sum.flatMap((way) => next.map((more) => [...way, ...more])), [[]]);
  }
  return [[{ leaf: condition, holds }]];
}

/** Whether one thing the kind can be shown for is asked in the same way, and nothing beside it. */
function fits(kind: EvidenceKind | undefined, way: readonly Literal[]): boolean {
  return Object.entries(kind?.carries ?? {}).some(([path, carried]) =>
    way.some(
      ({ leaf, holds }) =>
        holds &&
        (leaf.path === path || (path === 'legalBasis' && Object.values(FITTING).includes(leaf.path))) &&
        valuesOf(leaf).every((value) => carried.includes(value as string | boolean)),
    ),
  );
}
