// Above the usual size on purpose: one walk over the law book, each part of it put into German once.
import {
  type LabelList,
  type Outcome,
  readCases,
  type Rule,
  type Ruleset,
  type Source,
  type StepText,
} from '#lib/policy';
import { conditionsOf, firstSentence, inWords, listed } from './clauses';
import type { ReadableEffect, ReadableLaw, ReadableMatrix, ReadableRule, ReadableStep, Term } from './readable.view';

const EFFECT: Record<string, string> = { permit: 'zulässig', oblige: 'nur mit Auflagen', note: 'Hinweis' };
/** Effects that decide alone are named as what comes of them. */
const OUTCOME_OF: Record<string, Outcome> = { approve: 'APPROVAL', forbid: 'FORBID' };
/** What a parameter that is worked out from the request stands for. */
const COMPUTED: Record<string, string> = {
  $masked: 'die Felder, die Personen nennen',
  $needed: 'die Felder, die der Zweck braucht',
  $retention: 'die beantragte Frist, höchstens die erlaubte',
  $licence: 'die Lizenz des Datenprodukts',
  $contract: '',
  $onward: 'die genannten Empfänger',
  $profile: 'das Profil für die anfragende Stelle',
};
const NEEDS: Record<NonNullable<StepText['needs']>, string> = {
  CONTRACT: 'ein Vertrag muss beiliegen',
  EVIDENCE: 'die Nachweise müssen beiliegen',
  ADMISSION: 'die schriftliche Zulassung muss beiliegen',
};
/** Chapters in the order of reading: what holds for all first. Chapters that are not named come last. */
const READING = [
  'general',
  'contracts',
  'statistics',
  'population',
  'social',
  'tax',
  'secrecy',
  'heat-building-geo',
  'open-data',
  'audit-emergency',
].map((name) => `rules/${name}.yaml`);
/** The lists people see, by the name they have in a conversation. */
const CLASSES: Partial<Record<LabelList, string>> = {
  openness: 'Offenheit',
  personalRef: 'Personenbezug',
  secrecy: 'Geheimnisse',
  level: 'Schutzbedarf',
  fieldClass: 'Klassen von Feldern',
  form: 'Form der Daten',
  consumer: 'Anfragende Stellen',
  provider: 'Gebende Stellen',
  purposeRel: 'Verhältnis zum Zweck der Erhebung',
  phase: 'Schritte',
  contract: 'Stand eines Vertrags',
  contractKind: 'Arten von Verträgen',
  review: 'Stand der regelmäßigen Prüfung',
  task: 'Art der Aufgabe',
  retention: 'Stand der Löschfrist',
  danger: 'Gefahren für den Ausnahmezugriff',
  emergency: 'Stand eines Ausnahmezugriffs',
  outcome: 'Ergebnisse',
  enforcement: 'Wie Auflagen eingehalten werden',
  mark: 'Wie Regeln geprüft sind',
};

/** The whole law book in German, chapter by chapter, with the cases that speak of each rule. */
export function readable(ruleset: Ruleset, sources: readonly Source[]): ReadableLaw {
  const cases = casesByRule(ruleset, sources);
  const chapters = new Map<string, ReadableRule[]>();
  const place = ({ file }: Rule): number => (READING.indexOf(file) + READING.length + 1) % (READING.length + 1);
  for (const rule of [...ruleset.rules].sort((a, b) => place(a) - place(b))) {
    const list = chapters.get(rule.chapter) ?? [];
    list.push(ruleInWords(ruleset, rule, cases));
    chapters.set(rule.chapter, list);
  }
  const roles = (sources.find(({ file }) => file === 'roles.yaml')?.content ?? {}) as {
    roles?: { code: string; name: string }[];
  };
  const roleName = new Map((roles.roles ?? []).map(({ code, name }) => [code, name]));
  const obligations = ruleset.obligations.map(({ id, name, meaning, enforcement, source }) => ({
    id,
    name,
    meaning,
    source,
    enforcement: ruleset.label('enforcement', enforcement),
  }));
  return {
    hash: ruleset.hash,
    chapters: [...chapters].map(([name, rules]) => ({ name, rules })),
    matrix: matrixInWords(ruleset, sources),
    chains: ruleset.chains.map(({ id, name, steps, source }) => ({
      id,
      name,
      source,
      steps: steps.map((entry) =>
        typeof entry === 'string'
          ? stepName(ruleset, entry)
          : `${stepName(ruleset, entry.step)}, wenn ${inWords(ruleset, entry.when)}`,
      ),
      stages: stagesOf(ruleset, steps, roleName),
    })),
    obligations,
    purposes: ruleset.purposes.map(({ code, name }) => ({ code, name })),
    marks: terms(ruleset, 'mark'),
    vocabulary: {
      purposes: ruleset.purposes.map(({ code, name, needs, legalBases }) => ({
        code,
        name,
        needs: needs.map((one) => ruleset.label('fieldClass', one)),
        legalBases: legalBases.map((one) => ruleset.legalBases.find((basis) => basis.code === one)?.name ?? one),
      })),
      legalBases: ruleset.legalBases.map(({ code, name, norm, mark }) => ({
        code,
        name,
        norm,
        markName: ruleset.label('mark', mark),
      })),
      evidence: ruleset.vocabulary.evidence,
      changeGrounds: ruleset.vocabulary.changeGrounds,
      themes: ruleset.vocabulary.themes,
      obligations: ruleset.obligations.map(({ id, name, meaning, enforcement, source }) => ({
        code: id,
        name,
        meaning,
        enforcement,
        enforcementName: ruleset.label('enforcement', enforcement),
        source,
      })),
      classes: (Object.entries(CLASSES) as [LabelList, string][]).map(([list, name]) => ({
        list,
        name,
        terms: terms(ruleset, list),
      })),
    },
  };
}

/** One rule; null when there is none of this id. */
export function readableRule(ruleset: Ruleset, sources: readonly Source[], id: string): ReadableRule | null {
  const rule = ruleset.rules.find((one) => one.id === id);
  return rule ? ruleInWords(ruleset, rule, casesByRule(ruleset, sources)) : null;
}

const terms = (ruleset: Ruleset, list: LabelList): Term[] =>
  Object.entries(ruleset.vocabulary.labels[list] ?? {}).map(([code, name]) => ({ code, name }));

function ruleInWords(ruleset: Ruleset, rule: Rule, cases: CasesByRule): ReadableRule {
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

const chainName = (ruleset: Ruleset, id: string): string => {
  const name = ruleset.chains.find((one) => one.id === id)?.name;
  return name ? `${id} „${name}“` : id;
};

const effectName = (ruleset: Ruleset, effect = ''): string => {
  const outcome = OUTCOME_OF[effect];
  return outcome ? ruleset.label('outcome', outcome) : (EFFECT[effect] ?? '');
};

function bindingInWords(ruleset: Ruleset, binding: NonNullable<Rule['obligations']>[number]): string {
  if (typeof binding === 'string') return ruleset.obligation(binding)?.name ?? binding;
  const [[id, given]] = Object.entries(binding) as [[string, unknown]];
  const text = ruleset.obligation(id);
  const first = text?.params?.[0]?.name ?? '';
  const values =
    typeof given === 'object' && given !== null && !Array.isArray(given)
      ? (given as Record<string, unknown>)
      : { [first]: given };
  const words = (text?.params ?? [])
    .flatMap(({ name, unit, words: names = {} }) =>
      [values[name]]
        .flat()
        .filter((value) => value !== undefined)
        .map(
          (value) => COMPUTED[String(value)] ?? names[String(value)] ?? [String(value), unit].filter(Boolean).join(' '),
        ),
    )
    .filter(Boolean);
  return `${text?.name ?? id}${words.length > 0 ? ` (${words.join(', ')})` : ''}`;
}

const stepName = (ruleset: Ruleset, id: string): string => ruleset.steps.find((step) => step.id === id)?.name ?? id;

/** The steps of one chain in order; those of one rank stand side by side. */
function stagesOf(
  ruleset: Ruleset,
  written: Ruleset['chains'][number]['steps'],
  roleName: ReadonlyMap<string, string>,
): ReadableStep[][] {
  const stages = new Map<number, ReadableStep[]>();
  for (const entry of written) {
    const [id, when] = typeof entry === 'string' ? [entry, null] : [entry.step, inWords(ruleset, entry.when)];
    const step = ruleset.steps.find((one) => one.id === id);
    if (!step) continue;
    const { name, role, roleAt = {}, kind, workingDays, deputy, inPerson, needs, quorum } = step;
    const others = [...new Set(Object.values(roleAt))].map((code) => roleName.get(code) ?? code);
    const stage = stages.get(step.rank) ?? [];
    stage.push({
      name,
      workingDays,
      when,
      role: `${roleName.get(role) ?? role}${others.length > 0 ? ` (je nach Rechtsform der Stelle: ${listed(others, 'oder')})` : ''}`,
      kind: kind === 'CONSULT' ? 'Stellungnahme' : 'Entscheidung',
      more: [
        ...(quorum ? [`${quorum.votes} von ${quorum.of} Stimmen, ohne die eigene Stelle`] : []),
        ...(inPerson ? ['nur persönlich, nicht durch Beauftragte'] : []),
        ...(deputy ? ['Vertretung möglich'] : []),
        ...(needs ? [NEEDS[needs]] : []),
      ],
    });
    stages.set(step.rank, stage);
  }
  return [...stages].sort(([a], [b]) => a - b).map(([, steps]) => steps);
}

interface WrittenMatrix {
  source: string;
  columns: Record<string, { name: string }>;
  rows: { id: string; name: string; cells: Record<string, unknown> }[];
  conditions: Record<string, { name: string; when: unknown }>;
  sets: Record<string, NonNullable<Rule['obligations']>>;
  raise: { when: unknown; to: Record<string, string>; requires: string[] };
}

function matrixInWords(ruleset: Ruleset, sources: readonly Source[]): ReadableMatrix {
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
  // a licence on open data needs no answer
  const licences = (name: string): boolean =>
    (sets[name] ?? []).every((one) => typeof one !== 'string' && Object.hasOwn(one, 'O-LICENCE'));
  const brief = (text: string): string => {
    const [first, ...more] = text.split('+') as [string, ...string[]];
    if (first === 'FORBID') return ruleset.label('outcome', 'FORBID');
    if (first === 'PERMIT' || first === 'A0') return more.some((one) => !licences(one)) ? 'mit Auflagen' : 'zulässig';
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

const chainText = (ruleset: Ruleset, id: string): string => ruleset.chains.find((one) => one.id === id)?.name ?? id;

interface CasesByRule {
  named: Map<string, string[]>;
  cells: Map<string, number>;
}

/** Cases by the rules they expect. Rows of the matrix are counted, not told: their names are addresses of cells. */
function casesByRule(ruleset: Ruleset, sources: readonly Source[]): CasesByRule {
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
