// Above the usual size on purpose: the whole document in the order in which it is read.
import { firstSentence } from './clauses';
import type { Clause, Conditions, ReadableEffect, ReadableLaw, ReadableRule, ReadableStep } from './readable.view';

/** A point of a list, with points under it. */
export interface Item {
  text: string;
  items?: Item[];
}

/** A piece of the document. Whoever shows it (portal, printed file) decides how it looks, never what it says. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; id: string; text: string }
  | { kind: 'text'; text: string; tone?: 'strong' | 'muted' }
  | { kind: 'list'; items: Item[]; ordered?: boolean }
  | { kind: 'table'; caption: string; columns: string[]; rows: string[][]; wide?: boolean }
  | { kind: 'alert'; title: string; text: string };

export interface LawDocument {
  title: string;
  /** where everything stands: sections with their rules */
  contents: { id: string; text: string; entries: { id: string; text: string }[] }[];
  blocks: Block[];
}

/** What the document says about the version it shows. */
export interface VersionInWords {
  /** `Fassung 3, in Kraft seit 1. März 2026, Beschluss 0112/2026` */
  line: string;
}

const MARKS: Record<string, string> = {
  V: 'Die Regel wurde mit dem Wortlaut der genannten Quelle verglichen.',
  K: 'Die Regel gibt allgemein bekanntes Recht wieder. Mit dem Wortlaut wurde sie noch nicht verglichen.',
  U: 'Die Rechtslage ist umstritten, unsicher oder hat sich möglicherweise geändert. Bei jeder solchen Regel steht, worum es geht.',
  D: 'Dafür gibt es keine Vorschrift. Die Stadt hat es für den Datenraum so festgelegt.',
};
const ENFORCEMENTS: Record<string, string> = {
  ENFORCED: 'Das Programm sorgt selbst dafür. Kann es das noch nicht, liefert es nicht.',
  CHECKED: 'Das Programm prüft vor jeder Lieferung, ob die Auflage erfüllt ist.',
  PROMISED: 'Die empfangende Stelle sagt es zu. Das Programm kann es nicht erzwingen.',
};

/** The law book as one document: contents, how to read it, chapters, ground rules, ways of approval, roles, instruments, obligations, words. */
export function lawDocument(law: ReadableLaw, version: VersionInWords): LawDocument {
  const sections: Block[][] = [
    reading(law),
    ...law.chapters.map(({ name, rules }, at) => [
      heading(2, `kapitel-${at + 1}`, `Kapitel ${at + 1}: ${name}`),
      ...rules.flatMap(ruleBlocks),
    ]),
    matrix(law),
    chains(law),
    roles(law),
    instruments(law),
    obligations(law),
    words(law),
  ];
  const blocks: Block[] = [
    { kind: 'text', text: version.line, tone: 'strong' },
    { kind: 'text', text: `Kennung dieser Fassung: ${law.hash}`, tone: 'muted' },
    ...sections.flat(),
  ];
  const sentence = new Map(
    law.chapters.flatMap(({ rules }) => rules.map(({ id, sentences }) => [id, sentences[0]!] as const)),
  );
  const contents = sections.map((section) => {
    const first = section[0] as Extract<Block, { kind: 'heading' }>;
    const entries = section.flatMap((block) =>
      block.kind === 'heading' && block.level === 3 && sentence.has(block.id)
        ? [{ id: block.id, text: `${block.id}: ${ended(firstSentence(sentence.get(block.id)!))}` }]
        : [],
    );
    return { id: first.id, text: first.text, entries };
  });
  return { title: 'Regelwerk des Datenraums', contents, blocks };
}

const heading = (level: 2 | 3, id: string, text: string): Block => ({ kind: 'heading', level, id, text });
const list = (texts: readonly (string | Item)[], ordered = false): Block => ({
  kind: 'list',
  items: texts.map((one) => (typeof one === 'string' ? { text: one } : one)),
  ...(ordered && { ordered }),
});

function reading({ marks }: ReadableLaw): Block[] {
  return [
    heading(2, 'lesen', 'So lesen Sie dieses Regelwerk'),
    {
      kind: 'text',
      text: 'Stellen der Stadt teilen Daten über den Datenraum. Ob und wie sie das dürfen, entscheidet dieses Regelwerk. Es prüft jeden Antrag, jede Vereinbarung und jede einzelne Lieferung.',
    },
    list([
      'Zuerst gelten die Grundregeln: Sie sagen für jede Art von Daten und jede anfragende Stelle, was zulässig ist.',
      'Dazu kommen die besonderen Regeln der Kapitel. Es gelten immer alle Regeln, die auf den Fall zutreffen.',
      'Sagt eine Regel „nicht zulässig“, dann ist es nicht zulässig, auch wenn eine andere Regel es erlaubt. Ausnahmen stehen in der Regel selbst.',
      'Verlangen mehrere Regeln eine Genehmigung, entscheiden alle genannten Stellen, jede einmal.',
      'Verlangen mehrere Regeln Auflagen, gelten alle. Bei zwei Werten gilt der strengere.',
      'Was keine Regel erlaubt, ist nicht zulässig.',
      'Ein Auftragsverarbeiter zählt wie die Stelle, für die er arbeitet. Ein Eigenbetrieb im Wettbewerb zählt wie eine Gesellschaft.',
      'Wer den Schlüssel zu pseudonymen Daten hat, für den sind die Daten personenbezogen. Lässt sich ein strengerer Teil nicht trennen, bestimmt er den Personenbezug.',
      'Nichts wird durch Ablauf einer Frist genehmigt.',
    ]),
    {
      kind: 'text',
      text: 'Jede Regel nennt ihre Quelle und sagt, wie sie geprüft ist. Hat eine Regel mehrere Quellen, zählt die am wenigsten geprüfte:',
    },
    list(marks.map(({ code, name }) => `${upper(name)}: ${MARKS[code] ?? ''}`)),
    {
      kind: 'text',
      text: 'Bei jeder Regel stehen Beispiele. An ihnen wird die Regel vor jeder Änderung geprüft. Alle Beispiele sind erfunden.',
    },
  ];
}

/** One rule: what holds, when, its source and its examples. The heading comes first. */
export function ruleBlocks(rule: ReadableRule): Block[] {
  const { id, common, effects, source, markName, note, cases, matrixCases, setsAside } = rule;
  const [only] = effects;
  return [
    heading(3, id, `Regel ${id}`),
    ...(effects.length === 1 && only
      ? [said(only), ...follows(only), ...conditions(joined(common, only), 'Die Regel gilt')]
      : [
          ...conditions(common, 'Die Regel betrifft Fälle, in denen'),
          ...effects.flatMap((effect, at) => [
            said(effect, `${at + 1}. `),
            ...follows(effect),
            ...conditions(effect, 'Das gilt'),
          ]),
        ]),
    ...(setsAside.length > 0
      ? [
          { kind: 'text', text: 'Solange der Ausnahmezugriff läuft, treten diese Regeln zurück:' } as Block,
          list(setsAside),
        ]
      : []),
    ...(note ? [{ kind: 'alert', title: 'Umstritten oder unsicher', text: note } as Block] : []),
    { kind: 'text', tone: 'muted', text: `Quelle: ${ended(source)} Stand der Prüfung: ${ended(markName)}` },
    ...examples(cases, matrixCases),
  ];
}

const upper = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;
const ended = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
const said = ({ effect, sentence }: ReadableEffect, number = ''): Block => ({
  kind: 'text',
  tone: 'strong',
  text: `${number}${upper(effect)}: ${sentence}`,
});
const follows = ({ then }: ReadableEffect): Block[] =>
  then.length === 0 ? [] : [{ kind: 'text', text: 'Das gehört dazu:' }, list(then)];

const joined = (a: Conditions, b: Conditions): Conditions => ({
  applies: [...a.applies, ...b.applies],
  unless: [...a.unless, ...b.unless],
});

function conditions({ applies, unless }: Conditions, begin: string): Block[] {
  const blocks: Block[] = [];
  const whole = begin.endsWith('in denen');
  if (applies.length > 0) {
    const { how, points } = asked(applies.length === 1 ? applies[0]! : { every: applies });
    blocks.push({ kind: 'text', text: whole ? `${begin} ${how}:` : `${begin}, wenn ${how}:` }, list(points.map(item)));
  } else if (unless.length === 0 && !whole) {
    blocks.push({ kind: 'text', text: `${begin} immer.` });
  }
  if (unless.length > 0) {
    const { how, points } = asked(unless.length === 1 ? unless[0]! : { either: unless });
    blocks.push(
      {
        kind: 'text',
        text: `${applies.length > 0 || whole ? 'Ausnahme: Es gilt nicht,' : `${begin}, außer`} wenn ${how}:`,
      },
      list(points.map(item)),
    );
  }
  return blocks;
}

function asked(clause: Clause): { how: string; points: readonly Clause[] } {
  if ('every' in clause) return { how: 'alle diese Punkte zutreffen', points: clause.every };
  if ('either' in clause) return { how: 'mindestens einer dieser Punkte zutrifft', points: clause.either };
  return { how: 'dieser Punkt zutrifft', points: [clause] };
}

function item(clause: Clause): Item {
  if ('text' in clause) return { text: clause.text };
  if ('every' in clause) return { text: 'alle diese Punkte:', items: clause.every.map(item) };
  return { text: 'mindestens einer dieser Punkte:', items: clause.either.map(item) };
}

function examples(cases: readonly string[], matrixCases: number): Block[] {
  if (cases.length === 0 && matrixCases === 0) return [];
  const more =
    matrixCases > 0
      ? [`${matrixCases} ${matrixCases === 1 ? 'Feld' : 'Felder'} der Grundregeln, in denen diese Regel dazukommt`]
      : [];
  return [{ kind: 'text', text: 'Beispiele, an denen die Regel geprüft wird:' }, list([...cases, ...more])];
}

function matrix({ matrix: { columns, rows, sets, conditions: named, raise, source } }: ReadableLaw): Block[] {
  return [
    heading(2, 'grundregeln', 'Grundregeln: Was gilt, wenn keine besondere Regel mehr sagt'),
    {
      kind: 'text',
      text: 'Die Übersicht sagt, was für welche Daten und welche anfragende Stelle gilt. Genauer steht es in den Tabellen darunter.',
    },
    {
      kind: 'table',
      caption: 'Grundregeln im Überblick',
      columns: ['Daten', ...columns.map((name) => `für ${name}`)],
      rows: rows.map(({ name, short }) => [name, ...short]),
      wide: true,
    },
    ...sets.flatMap(({ name, obligations }): Block[] => [{ kind: 'text', text: `${name} sind:` }, list(obligations)]),
    {
      kind: 'text',
      text: `Manche Daten brauchen mehr Schutz. Wenn dieser Punkt zutrifft, wird genauer geprüft: ${raise.when}. Dann kommt immer dazu: ${raise.joins.join(', ')}. Außerdem gilt:`,
    },
    list(raise.to),
    ...rows.flatMap(({ name, cells }): Block[] => [
      {
        kind: 'table',
        caption: upper(name),
        columns: ['Weitergabe an', 'was gilt'],
        rows: columns.map((column, at) => [column, cells[at]!]),
      },
    ]),
    ...named.flatMap((one): Block[] => [
      { kind: 'text', text: one.name, tone: 'strong' },
      ...conditions(one, 'Diese Bedingung ist erfüllt'),
    ]),
    { kind: 'text', tone: 'muted', text: `Quelle: ${ended(source)}` },
  ];
}

const stepText = ({ name, role, kind, workingDays, when, more }: ReadableStep): string =>
  [`${name}: ${kind} durch ${role}, Frist ${workingDays} Arbeitstage`, ...more].join(', ') +
  (when ? `. Nur wenn: ${when}` : '');

function chains({ chains: all }: ReadableLaw): Block[] {
  return [
    heading(2, 'genehmigungen', 'Wege der Genehmigung: Wer entscheidet, und bis wann'),
    {
      kind: 'text',
      text: 'Die Schritte folgen aufeinander. Gelten mehrere Wege, werden sie zusammengelegt: jeder Schritt einmal, in derselben Reihenfolge. Ist eine Frist vorbei, übernimmt die Vertretung, danach die nächste Stufe. Eine Stellungnahme muss vorliegen, sie entscheidet aber nicht.',
    },
    ...all.flatMap(({ id, name, stages, source }): Block[] => [
      heading(3, `weg-${id.toLowerCase()}`, `${id}: ${name}`),
      stages.length === 0
        ? { kind: 'text', text: 'Niemand muss genehmigen. Die datenverantwortliche Stelle wird informiert.' }
        : list(
            stages.map((steps): Item =>
              steps.length === 1
                ? { text: stepText(steps[0]!) }
                : { text: 'Gleichzeitig:', items: steps.map((step) => ({ text: stepText(step) })) },
            ),
            true,
          ),
      { kind: 'text', tone: 'muted', text: `Quelle: ${ended(source)}` },
    ]),
  ];
}

const points = (name: string, texts: readonly string[]): Block[] =>
  texts.length === 0 ? [] : [{ kind: 'text', text: `${name}:` }, list(texts)];

function roles({ roles: all, programmes }: ReadableLaw): Block[] {
  return [
    heading(2, 'rollen', 'Rollen: Wer was darf, und was nicht in eine Hand gehört'),
    {
      kind: 'text',
      text: 'Wer eine Rolle hat, darf, was hier steht, und sonst nichts. Zwei Personen der Administration bestellen, niemand sich selbst.',
    },
    ...all.flatMap((role): Block[] => [
      heading(3, `rolle-${role.code.toLowerCase().replaceAll('_', '-')}`, role.name),
      { kind: 'text', text: role.task },
      ...points('Pflichten', role.duties),
      ...(role.permissions.length > 0
        ? points('Darf', role.permissions)
        : [{ kind: 'text', text: 'Darf im Datenraum selbst nichts tun.' } as Block]),
      ...points('Verantwortet die Datenprodukte dieser Stellen', role.answersForProductsOf),
      ...points('Muss besetzt sein in', role.mustBeFilledIn),
      ...points('Verträgt sich in einer Person nicht mit', role.incompatible),
      ...points('Im einzelnen Fall', role.apart),
      list([
        `Bestellt: ${role.appointedBy}`,
        `Vertretung ${role.deputy}`,
        `Kann niemand der Rolle entscheiden, übernimmt: ${role.nobody}`,
        `Schriftlich übertragbar: ${role.delegable ? 'ja' : 'nein'}`,
        `${role.level}, ${role.place}; sieht ${role.sees}`,
      ]),
      { kind: 'text', tone: 'muted', text: `Quelle: ${ended(role.source)}` },
    ]),
    heading(3, 'fachverfahren', 'Fachverfahren'),
    { kind: 'text', text: 'Programme einer Stelle handeln ohne Menschen. Sie entscheiden nie.' },
    ...points('Dürfen', programmes),
  ];
}

function instruments({ instruments: { source, choice, processor, instruments: all } }: ReadableLaw): Block[] {
  return [
    heading(2, 'vertraege', 'Formen der Vereinbarung: Wer welchen Vertrag braucht'),
    {
      kind: 'text',
      text: 'Die Zeilen werden von oben nach unten geprüft. Es gilt die erste, die passt.',
    },
    ...choice.flatMap((row, at): Block[] => [
      { kind: 'text', tone: 'strong', text: `${at + 1}. ${row.instrument}: ${row.sentence}` },
      ...(row.applies.length + row.unless.length > 0 ? conditions(row, 'Das gilt') : []),
      { kind: 'text', tone: 'muted', text: `Quelle: ${ended(row.source)} Stand der Prüfung: ${ended(row.markName)}` },
    ]),
    { kind: 'text', tone: 'strong', text: `Immer: ${processor.sentence}` },
    {
      kind: 'text',
      tone: 'muted',
      text: `Quelle: ${ended(processor.source)} Stand der Prüfung: ${ended(processor.markName)}`,
    },
    ...all.flatMap((one): Block[] => [
      heading(3, `form-${one.code.toLowerCase().replaceAll('_', '-')}`, one.name),
      {
        kind: 'text',
        text: one.contract
          ? `Im Register muss gelten: ${one.contract}. Ohne ihn tritt die Vereinbarung nicht in Kraft.`
          : 'Ein Vertrag im Register ist nicht nötig.',
      },
      ...points('Geregelt sein muss', one.settles),
      ...points(
        'Die empfangende Stelle wird gefragt',
        one.questions.map(({ question, hint }) => `${question} ${hint}`),
      ),
    ]),
    { kind: 'text', tone: 'muted', text: `Quelle: ${ended(source)}` },
  ];
}

function obligations({ obligations: all, vocabulary: { classes } }: ReadableLaw): Block[] {
  const kept = classes.find(({ list }) => list === 'enforcement')?.terms ?? [];
  return [
    heading(2, 'auflagen', 'Auflagen: Was Empfänger und Programm einhalten'),
    list(kept.map(({ code, name }) => `${upper(name)}: ${ENFORCEMENTS[code] ?? ''}`)),
    {
      kind: 'table',
      caption: 'Auflagen und wie sie eingehalten werden',
      columns: ['Auflage', 'Bedeutung', 'Einhaltung', 'Quelle'],
      rows: all.map((one) => [one.name, one.meaning, one.enforcement, one.source]),
    },
  ];
}

function words({
  vocabulary: { purposes, legalBases, evidence, changeGrounds, themes, classes },
}: ReadableLaw): Block[] {
  const hidden = ['outcome', 'enforcement', 'mark', 'phase'];
  return [
    heading(2, 'listen', 'Listen: Zwecke, Rechtsgrundlagen, Nachweise und Einstufungen'),
    { kind: 'text', text: 'Anträge nennen nur Werte aus diesen Listen. Was nicht in der Liste steht, wird abgelehnt.' },
    {
      kind: 'table',
      caption: 'Zwecke',
      columns: ['Zweck', 'braucht Felder dieser Klassen', 'häufige Rechtsgrundlagen'],
      rows: purposes.map(({ name, needs, legalBases: bases }) => [name, needs.join(', '), bases.join(', ')]),
    },
    {
      kind: 'table',
      caption: 'Rechtsgrundlagen',
      columns: ['Rechtsgrundlage', 'Norm', 'Stand der Prüfung', 'was sie trägt'],
      rows: legalBases.map(({ name, norm, markName, carries }) => [name, norm, markName, carries.join('. ')]),
    },
    heading(3, 'nachweise', 'Nachweise'),
    {
      kind: 'text',
      text: 'Ein Nachweis zählt nur als hochgeladenes Dokument oder als Eintrag in einem Register. Wo er eine Ablehnung aufhebt, sieht ihn immer jemand an.',
    },
    {
      kind: 'table',
      caption: 'Nachweise',
      columns: ['Nachweis', 'wer ihn ansieht', 'was er tragen kann'],
      rows: evidence.map(({ name, looked, carries, more }) => [
        name,
        [looked, ...more].join('; '),
        carries.join('; oder '),
      ]),
    },
    heading(3, 'zweckaenderung', 'Gründe für eine Zweckänderung'),
    list(changeGrounds.map(({ name }) => name)),
    heading(3, 'themen', 'Themen'),
    list(themes.map(({ name }) => name)),
    ...classes
      .filter(({ list: name }) => !hidden.includes(name))
      .flatMap(({ list: id, name, terms }): Block[] => [
        heading(3, `liste-${id.toLowerCase()}`, name),
        list(terms.map((one) => one.name)),
      ]),
  ];
}
