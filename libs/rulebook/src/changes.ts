import type { Ruleset } from '#lib/policy';
import type { Change } from './changes.view';
import { otherDifferences } from './other-differences';
import type { Conditions, ReadableLaw, ReadableRole, ReadableRule } from './readable.view';
import { inOneLine } from './clauses';

type Content = Pick<Ruleset, 'content'>;

/** A sentence of something that is there before and after, and what its coming or going means. */
const TURNS: Record<string, [gone: string, come: string]> = {
  'Recht: ': ['Recht entzogen: ', 'Recht gegeben: '],
  'Unvereinbar mit: ': ['Unvereinbarkeit aufgehoben: ', 'Unvereinbarkeit neu: '],
};

/**
 * Only what differs; what both say is left out. Cases, comments and layout are no change of what holds. What no sentence
 * tells is told as it is written, so that nothing that gives a text another hash goes unseen.
 */
export function changesBetween(before: ReadableLaw & Content, after: ReadableLaw & Content): Change[] {
  const [old, now] = [sayings(before), sayings(after)];
  const said = [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    const change = {
      name,
      before: (was?.lines ?? []).filter((one) => !is?.lines.includes(one)),
      after: (is?.lines ?? []).filter((one) => !was?.lines.includes(one)),
    };
    if (change.before.length + change.after.length === 0) return [];
    return [{ ...(was && is ? turned(change) : change), entry: (is ?? was)!.entry }];
  });
  const told = new Set(said.map(({ entry }) => entry));
  return [
    ...said.map(({ entry: _entry, ...change }): Change => change),
    ...otherDifferences(before.content, after.content, told),
  ];
}

/** Of a right that is taken away the reader sees that it is taken, not only that a line is missing. */
function turned({ name, before, after }: Change): Change {
  const words = (lines: string[], at: 0 | 1): [kept: string[], turned: string[]] => {
    const prefix = (line: string): string | undefined => Object.keys(TURNS).find((one) => line.startsWith(one));
    const kept = lines.filter((line) => prefix(line) === undefined);
    const spoken = lines.flatMap((line) => {
      const found = prefix(line);
      return found ? [TURNS[found]![at] + line.slice(found.length)] : [];
    });
    return [kept, spoken];
  };
  const [, gone] = words(before, 0);
  const [kept, come] = words(after, 1);
  return { name, before, after: [...kept, ...gone, ...come] };
}

/** `entry`: where it stands in the content of the law, see other-differences.ts. */
type Sayings = Map<string, { entry: string; lines: string[] }>;

function sayings(law: ReadableLaw): Sayings {
  const { chapters, matrix, chains, obligations, roles, programmes, instruments, vocabulary } = law;
  const all: [name: string, entry: string, lines: string[]][] = [
    ...chapters.flatMap(({ rules }) =>
      rules.map((rule): [string, string, string[]] => [`Regel ${rule.id}`, `rules ${rule.id}`, ruleLines(rule)]),
    ),
    ...matrix.rows.map(({ name, cells }): [string, string, string[]] => [
      `Grundregeln: ${name}`,
      'matrix',
      cells.map((cell, at) => `Für ${matrix.columns[at]}: ${cell}`),
    ]),
    ...matrix.sets.map(({ name, obligations: held }): [string, string, string[]] => [
      `Grundregeln: ${name}`,
      'matrix',
      held,
    ]),
    [
      'Grundregeln bei hohem Schutzbedarf',
      'matrix',
      [`Wenn ${matrix.raise.when}`, ...matrix.raise.to, ...matrix.raise.joins.map((one) => `Dazu kommt: ${one}`)],
    ],
    ...matrix.conditions.map((one): [string, string, string[]] => [
      `Grundregeln: ${one.name}`,
      'matrix',
      [conditionLine(one)],
    ]),
    ...chains.map(({ id, name, stages }): [string, string, string[]] => [
      `Weg ${id} „${name}“`,
      `approvals ${id}`,
      stages
        .flat()
        .map(({ name: step, kind, role, workingDays, when, more }) =>
          [
            `${step}: ${kind} durch ${role}, Frist ${workingDays} Arbeitstage`,
            ...more,
            ...(when ? [`nur wenn ${when}`] : []),
          ].join(', '),
        ),
    ]),
    ...obligations.map(({ id, name, meaning, enforcement }): [string, string, string[]] => [
      `Auflage ${name}`,
      `obligations ${id}`,
      [`${meaning} (${enforcement})`],
    ]),
    ...roles.map((role): [string, string, string[]] => [`Rolle ${role.name}`, `roles ${role.code}`, roleLines(role)]),
    ['Fachverfahren', 'roles', programmes.map((one) => `Recht: ${one}`)],
    [
      'Formen der Vereinbarung: welche gilt',
      'instruments',
      [
        ...instruments.choice.map(
          (row, at) => `${at + 1}. ${row.instrument}: ${row.sentence} Gilt: ${conditionLine(row) || 'sonst'}`,
        ),
        `Auftragsverarbeiter der empfangenden Stelle: ${instruments.processor.sentence} (${instruments.processor.contract})`,
      ],
    ],
    ...instruments.instruments.map(({ code, name, contract, settles, questions }): [string, string, string[]] => [
      `Form der Vereinbarung: ${name}`,
      `instruments ${code}`,
      [
        `Vertrag im Register: ${contract ?? 'keiner'}`,
        ...settles.map((one) => `Geregelt sein muss: ${one}`),
        ...questions.map(({ question, hint }) => `Gefragt wird: ${question} ${hint}`),
      ],
    ]),
    ...vocabulary.purposes.map(({ code, name, needs, legalBases }): [string, string, string[]] => [
      `Zweck ${name}`,
      `purposes ${code}`,
      [`Braucht Felder: ${needs.join(', ')}`, ...legalBases.map((one) => `Häufige Rechtsgrundlage: ${one}`)],
    ]),
    ...vocabulary.legalBases.map(({ code, name, norm, markName, carries }): [string, string, string[]] => [
      `Rechtsgrundlage ${name}`,
      `legalBases ${code}`,
      [`${norm} (${markName})`, ...carries],
    ]),
    ...vocabulary.evidence.map(({ code, name, looked, carries, more }): [string, string, string[]] => [
      `Nachweis ${name}`,
      `vocabulary evidence ${code}`,
      [`Wer ihn ansieht: ${looked}`, ...carries.map((one) => `Trägt: ${one}`), ...more],
    ]),
    ['Gründe für eine Zweckänderung', 'vocabulary changeGrounds', vocabulary.changeGrounds.map(({ name }) => name)],
    ['Themen', 'vocabulary themes', vocabulary.themes.map(({ name }) => name)],
  ];
  return new Map(all.map(([name, entry, lines]) => [name, { entry, lines }]));
}

const ruleLines = ({ effect, sentences, when, then, variants, setsAside, source, note }: ReadableRule): string[] => [
  ...sentences.map((sentence) => `${effect}: ${sentence}`),
  `Gilt: ${when}`,
  ...variants.map((one) => [`${one.effect}, wenn ${one.when}: ${one.sentence}`, ...one.then].join(' ')),
  ...then,
  ...setsAside.map((one) => `Es tritt zurück: ${one}`),
  `Quelle: ${source}`,
  ...(note ? [`Umstritten oder unsicher: ${note}`] : []),
];

const roleLines = (role: ReadableRole): string[] => [
  role.task,
  ...role.duties.map((one) => `Pflicht: ${one}`),
  ...role.permissions.map((one) => `Recht: ${one}`),
  ...role.answersForProductsOf.map((one) => `Verantwortet die Datenprodukte: ${one}`),
  ...role.mustBeFilledIn.map((one) => `Muss besetzt sein: ${one}`),
  ...role.incompatible.map((one) => `Unvereinbar mit: ${one}`),
  ...role.apart.map((one) => `Im einzelnen Fall: ${one}`),
  `Bestellt: ${role.appointedBy}`,
  `Vertretung ${role.deputy}`,
  `Kann niemand der Rolle entscheiden, übernimmt: ${role.nobody}`,
  `Schriftlich übertragbar: ${role.delegable ? 'ja' : 'nein'}`,
  `${role.level}, ${role.place}; sieht ${role.sees}`,
  `Quelle: ${role.source}`,
];

const conditionLine = ({ applies, unless }: Conditions): string => inOneLine({ applies, unless });
