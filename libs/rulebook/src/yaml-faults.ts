import type { YAMLError } from 'yaml';

/** German words for what a text that is no YAML has wrong, by the codes of the parser. */
const WORDS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_ALIAS: 'ein Verweis mit * zeigt auf nichts oder steht am falschen Platz',
  BAD_DQ_ESCAPE: 'nach einem Rückstrich steht ein Zeichen, das dort nicht erlaubt ist',
  BAD_INDENT: 'die Einrückung passt nicht zu den Zeilen davor',
  BAD_SCALAR_START: 'ein Wert beginnt mit einem Zeichen, das in Anführungszeichen stehen muss',
  BLOCK_AS_IMPLICIT_KEY: 'hier steht ein Doppelpunkt zu viel, oder ein Text mit Doppelpunkt braucht Anführungszeichen',
  BLOCK_IN_FLOW: 'in geschweiften oder eckigen Klammern steht etwas, das eigene Zeilen braucht',
  DUPLICATE_KEY: 'ein Name steht zweimal',
  MISSING_CHAR: 'hier fehlt ein Zeichen, zum Beispiel ein Anführungszeichen, eine Klammer oder ein Leerzeichen',
  MULTILINE_IMPLICIT_KEY: 'ein Name geht über mehrere Zeilen, oder nach einem Namen fehlt der Doppelpunkt',
  MULTIPLE_DOCS: 'die Datei enthält mehrere Dokumente',
  TAB_AS_INDENT: 'es ist mit Tabulator eingerückt; nur Leerzeichen sind erlaubt',
  TAG_RESOLVE_FAILED: 'eine Angabe mit ! ist nicht bekannt',
  UNEXPECTED_TOKEN: 'hier steht ein Zeichen, das nicht erwartet wird',
};

/** `Zeile 3, Spalte 7: ein Name steht zweimal` */
export function yamlFault({ code, linePos }: Pick<YAMLError, 'code' | 'linePos'>): string {
  const what = WORDS[code] ?? 'der Text ist hier kein gültiges YAML';
  const [at] = linePos ?? [];
  return at ? `Zeile ${at.line}, Spalte ${at.col}: ${what}` : what;
}
