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
 * that differs tells is told as it is written, so that nothing that gives a text another hash goes unseen, also not beside
 * a sentence of the same entry.
 */
export function changesBetween(before: ReadableLaw & Content, after: ReadableLaw & Content): Change[] {
  const [old, now] = [sayings(before), sayings(after)];
  const said = [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    const [wasLines, isLines] = [linesOf(was), linesOf(is)];
    const change = {
      name,
      before: wasLines.filter((one) => !isLines.includes(one)),
      after: isLines.filter((one) => !wasLines.includes(one)),
    };
    if (change.before.length + change.after.length === 0) return [];
    const { entry, told } = (is ?? was)!;
    const members = told.flatMap((one, at) =>
      differ(was?.told[at]?.lines ?? [], is?.told[at]?.lines ?? []) ? one.members : [],
    );
    return [{ change: was && is ? turned(change) : change, told: { entry, members } }];
  });
  return [
    ...said.map(({ change }) => change),
    ...otherDifferences(
      before.content,
      after.content,
      said.map(({ told }) => told),
    ),
  ];
}

const linesOf = (saying: Saying | undefined): string[] => saying?.told.flatMap(({ lines }) => lines) ?? [];
const differ = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((line) => !b.includes(line)) || b.some((line) => !a.includes(line));

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

/**
 * Sentences about one entry. What they say of single members stands apart, each with the members that it says in full:
 * what is said with less, with other things or only sometimes has none, and is told as it is written as well.
 */
interface Saying {
  entry: string;
  told: { members: string[]; lines: string[] }[];
}
type Row = [name: string, entry: string, ...told: Saying['told']];
const tells = (members: string[], lines: readonly string[]): Saying['told'][number] => ({ members, lines: [...lines] });
const also = (...lines: string[]): Saying['told'][number] => ({ members: [], lines });

function sayings(law: ReadableLaw): Map<string, Saying> {
  const { chapters, matrix, chains, obligations, roles, programmes, instruments, vocabulary } = law;
  const all: Row[] = [
    ...chapters.flatMap(({ rules }) =>
      rules.map((rule): Row => [`Regel ${rule.id}`, `rules ${rule.id}`, ...ruleLines(rule)]),
    ),
    ...matrix.rows.map(({ name, cells }): Row => [
      `Grundregeln: ${name}`,
      'matrix',
      also(...cells.map((cell, at) => `Für ${matrix.columns[at]}: ${cell}`)),
    ]),
    ...matrix.sets.map(({ name, obligations: held }): Row => [`Grundregeln: ${name}`, 'matrix', also(...held)]),
    [
      'Grundregeln bei hohem Schutzbedarf',
      'matrix',
      also(`Wenn ${matrix.raise.when}`, ...matrix.raise.to, ...matrix.raise.joins.map((one) => `Dazu kommt: ${one}`)),
    ],
    ...matrix.conditions.map((one): Row => [`Grundregeln: ${one.name}`, 'matrix', also(conditionLine(one))]),
    ...chains.map(({ id, name, stages }): Row => [
      `Weg ${id} „${name}“`,
      `approvals ${id}`,
      also(
        ...stages
          .flat()
          .map(({ name: step, kind, role, workingDays, when, more }) =>
            [
              `${step}: ${kind} durch ${role}, Frist ${workingDays} Arbeitstage`,
              ...more,
              ...(when ? [`nur wenn ${when}`] : []),
            ].join(', '),
          ),
      ),
    ]),
    ...obligations.map(({ id, name, meaning, enforcement }): Row => [
      `Auflage ${name}`,
      `obligations ${id}`,
      tells(['meaning', 'enforcement', 'asksNothingOn'], [`${meaning} (${enforcement})`]),
    ]),
    ...roles.map((role): Row => [`Rolle ${role.name}`, `roles ${role.code}`, ...roleLines(role)]),
    [
      'Fachverfahren',
      'roles',
      tells(
        ['machineClients.permissions'],
        programmes.map((one) => `Recht: ${one}`),
      ),
    ],
    [
      'Formen der Vereinbarung: welche gilt',
      'instruments',
      tells(
        ['choice.*.instrument', 'choice.*.because', 'choice.*.when'],
        instruments.choice.map(
          (row, at) => `${at + 1}. ${row.instrument}: ${row.sentence} Gilt: ${conditionLine(row) || 'sonst'}`,
        ),
      ),
      tells(
        ['processor.because', 'processor.contract'],
        [
          `Auftragsverarbeiter der empfangenden Stelle: ${instruments.processor.sentence} (${instruments.processor.contract})`,
        ],
      ),
    ],
    ...instruments.instruments.map(({ code, name, contract, settles, questions }): Row => [
      `Form der Vereinbarung: ${name}`,
      `instruments ${code}`,
      tells(['contract', 'with'], [`Vertrag im Register: ${contract ?? 'keiner'}`]),
      tells(
        ['settles'],
        settles.map((one) => `Geregelt sein muss: ${one}`),
      ),
      tells(
        ['questions.*.question', 'questions.*.hint'],
        questions.map(({ question, hint }) => `Gefragt wird: ${question} ${hint}`),
      ),
    ]),
    ...vocabulary.purposes.map(({ code, name, needs, legalBases }): Row => [
      `Zweck ${name}`,
      `purposes ${code}`,
      tells(['needs'], [`Braucht Felder: ${needs.join(', ')}`]),
      tells(
        ['legalBases'],
        legalBases.map((one) => `Häufige Rechtsgrundlage: ${one}`),
      ),
    ]),
    ...vocabulary.legalBases.map(({ code, name, norm, markName, carries }): Row => [
      `Rechtsgrundlage ${name}`,
      `legalBases ${code}`,
      tells(['norm', 'mark'], [`${norm} (${markName})`]),
      tells(['kind', 'assigned'], carries.slice(0, 1)),
      also(...carries.slice(1)),
    ]),
    ...vocabulary.evidence.map(({ code, name, looked, carries, more }): Row => [
      `Nachweis ${name}`,
      'vocabulary evidence',
      tells([`${code}.desk`], [`Wer ihn ansieht: ${looked}`]),
      also(...carries.map((one) => `Trägt: ${one}`), ...more),
    ]),
    [
      'Gründe für eine Zweckänderung',
      'vocabulary changeGrounds',
      also(...vocabulary.changeGrounds.map(({ name }) => name)),
    ],
    ['Themen', 'vocabulary themes', also(...vocabulary.themes.map(({ name }) => name))],
  ];
  return new Map(all.map(([name, entry, ...told]) => [name, { entry, told }]));
}

const ruleLines = ({
  effect,
  sentences,
  when,
  then,
  variants,
  setsAside,
  source,
  note,
}: ReadableRule): Saying['told'] => [
  tells(['because'], [`${effect}: ${sentences[0]}`]),
  also(...sentences.slice(1).map((sentence) => `${effect}: ${sentence}`)),
  tells(['when'], [`Gilt: ${when}`]),
  also(...variants.map((one) => [`${one.effect}, wenn ${one.when}: ${one.sentence}`, ...one.then].join(' '))),
  also(...then),
  tells(
    ['setsAside'],
    setsAside.map((one) => `Es tritt zurück: ${one}`),
  ),
  tells(['source'], [`Quelle: ${source}`]),
  tells(['note'], note ? [`Umstritten oder unsicher: ${note}`] : []),
];

const roleLines = (role: ReadableRole): Saying['told'] => [
  tells(['task'], [role.task]),
  tells(
    ['duties'],
    role.duties.map((one) => `Pflicht: ${one}`),
  ),
  tells(
    ['permissions'],
    role.permissions.map((one) => `Recht: ${one}`),
  ),
  tells(
    ['answersForProductsOf'],
    role.answersForProductsOf.map((one) => `Verantwortet die Datenprodukte: ${one}`),
  ),
  tells(
    ['mustBeFilledIn'],
    role.mustBeFilledIn.map((one) => `Muss besetzt sein: ${one}`),
  ),
  tells(
    ['incompatible'],
    role.incompatible.map((one) => `Unvereinbar mit: ${one}`),
  ),
  tells(
    ['apart'],
    role.apart.map((one) => `Im einzelnen Fall: ${one}`),
  ),
  tells(['appointedBy'], [`Bestellt: ${role.appointedBy}`]),
  tells(['deputy.needed', 'deputy.rule'], [`Vertretung ${role.deputy}`]),
  tells(['deputy.nobody'], [`Kann niemand der Rolle entscheiden, übernimmt: ${role.nobody}`]),
  tells(['delegable'], [`Schriftlich übertragbar: ${role.delegable ? 'ja' : 'nein'}`]),
  tells(['level', 'place', 'sees'], [`${role.level}, ${role.place}; sieht ${role.sees}`]),
  tells(['source'], [`Quelle: ${role.source}`]),
];

const conditionLine = ({ applies, unless }: Conditions): string => inOneLine({ applies, unless });
