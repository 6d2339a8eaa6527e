import { INFORMATION_ONLY } from '#lib/kernel';
import { basisInWords } from './basis-in-words';
import type { LabelList, Rule, Ruleset, Source } from '#lib/policy';
import { stagesOf, stepName } from './chain-in-words';
import { inWords } from './clauses';
import { evidenceInWords } from './evidence-in-words';
import { instrumentsInWords } from './instruments-in-words';
import { matrixInWords } from './matrix-in-words';
import type { ReadableLaw, ReadableRule, Term } from './readable.view';
import { rolesInWords } from './roles-in-words';
import { casesByRule, ruleInWords } from './rule-in-words';

/** Chapters in the order of reading: what holds for all first. Chapters that are not named come last. */
const READING = [
  'general',
  'evidence',
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
  unitKind: 'Arten von Stellen',
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
  const roleName = new Map<string, string>(ruleset.roles.all.map(({ code, name }) => [code, name]));
  const obligations = ruleset.obligations.map(({ id, name, meaning, enforcement, asksNothingOn = [], source }) => ({
    id,
    name,
    meaning: [
      meaning,
      ...asksNothingOn.map((one) => `Auf Daten dieser Art verlangt sie nichts: ${ruleset.label('openness', one)}.`),
    ].join(' '),
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
    ...rolesInWords(ruleset),
    instruments: instrumentsInWords(ruleset),
    vocabulary: {
      purposes: ruleset.purposes.map(({ code, name, needs, legalBases }) => ({
        code,
        name,
        needs: needs.map((one) => ruleset.label('fieldClass', one)),
        legalBases: legalBases.map((one) => ruleset.legalBases.find((basis) => basis.code === one)?.name ?? one),
      })),
      legalBases: ruleset.legalBases.map((basis) => ({
        code: basis.code,
        name: basis.name,
        norm: basis.norm,
        markName: ruleset.label('mark', basis.mark),
        carries: basisInWords(ruleset, basis),
      })),
      evidence: evidenceInWords(ruleset),
      changeGrounds: termsOf(ruleset.vocabulary.changeGrounds),
      themes: termsOf(ruleset.vocabulary.themes),
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

/** Words of a list; one that no rule reads says so, as it does wherever it is shown. */
function termsOf(
  words: readonly { code: string; name: string; binds?: readonly ['information'] | undefined }[],
): Term[] {
  return words.map(({ code, name, binds }) => ({ code, name: binds ? `${name} (${INFORMATION_ONLY})` : name }));
}
