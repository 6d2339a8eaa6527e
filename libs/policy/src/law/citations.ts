/** A text of law that a sentence names, and the norms of it: `{ text: 'BMG', norms: ['§ 34', '§ 37'] }`. */
export interface Citation {
  text: string;
  /** in the order in which they are named; empty: the text as a whole */
  norms: readonly string[];
}
export interface Cited {
  citations: Citation[];
  /** what names no text on record, as it is written */
  unknown: string[];
}

const SIGN = /^(?:§§?|Art\.|Erwägungsgrund|Kapitel)$/;
const INNER = /^(?:Abs\.|Satz|Nr\.|Buchst\.|Halbsatz)$/;
const BETWEEN = /^(?:und|oder|vgl\.|ff\.|f\.)$/;
/** parts of a text that has no norms: `§1.4`, `SOD-10`, `1.3`, `U12` */
const PART = /^(?:§?\d+(?:\.\d+)*|SOD-\d+|U\d+)$/;

/**
 * What a sentence cites, as German law is cited: `AO §§ 1 Abs. 2, 30 Abs. 1, 2 und 4, HKAG`. `names`: the texts on record.
 * Nothing is passed over in silence: what is not understood is `unknown`. Of numbers behind a paragraph's number those that
 * are greater than it are paragraphs, the others parts of it; whoever means a part all the same writes `Abs.` before it.
 */
export function citationsIn(sentence: string, names: readonly string[]): Cited {
  const longestFirst = [...names].sort((a, b) => b.length - a.length).map(literal);
  if (longestFirst.length === 0) return { citations: [], unknown: [sentence] };
  const name = new RegExp(`(?<![\\p{L}\\d-])(${longestFirst.join('|')})(?![\\p{L}\\d-])`, 'gu');
  const [before = '', ...rest] = sentence.split(name);
  const found: Cited = { citations: [], unknown: asOne(words(before)) };
  for (let at = 0; at < rest.length; at += 2) {
    const { norms, unknown } = normsIn(rest[at + 1]!);
    found.citations.push({ text: rest[at]!, norms });
    found.unknown.push(...asOne(unknown));
  }
  return found;
}

function normsIn(tail: string): { norms: string[]; unknown: string[] } {
  const [norms, unknown]: string[][] = [[], []];
  let sign: string | null = null;
  /** number of the norm that stands last */
  let last = 0;
  /** whether the next number, and whether the one before, is a part of that norm */
  let [within, wasWithin, range] = [false, false, false];
  const norm = (number: string) => norms!.push(`${sign} ${number}`);
  for (const word of words(tail)) {
    const number = Number.parseInt(word, 10);
    if (SIGN.test(word)) {
      sign = word === '§§' ? '§' : word;
      [last, within, wasWithin, range] = [0, false, false, false];
    } else if (INNER.test(word)) within = true;
    else if (word === 'bis') range = true;
    else if ((within || wasWithin) && /^[a-z]{1,2}$/.test(word)) [within, wasWithin] = [false, true];
    else if (sign === 'Kapitel' && /^[IVX]+$/.test(word)) norm(word);
    else if (sign && /^\d+[a-z]?$/.test(word)) {
      const part: boolean = within || (wasWithin && (range || number <= last));
      if (!part) {
        if (range) for (let between = last + 1; between < number; between++) norm(String(between));
        norm(word);
        last = number;
      }
      [within, wasWithin, range] = [false, part, false];
    } else if (!PART.test(word)) unknown!.push(word);
  }
  return { norms: norms!, unknown: unknown! };
}

/** A remark in brackets says how a text is meant and names none. */
const words = (text: string): string[] =>
  text
    .replaceAll(/\([^)]*\)/g, ' ')
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && !BETWEEN.test(word));
const asOne = (list: readonly string[]): string[] => (list.length > 0 ? [list.join(' ')] : []);
const literal = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
