import { CST, Lexer } from 'yaml';

/** A law book nests about ten levels and indents by twenty; the parser bears a thousand. */
const MOST_LEVELS = 100;

const OPENS = new Set<string | null>(['flow-seq-start', 'flow-map-start']);
const CLOSES = new Set<string | null>(['flow-seq-end', 'flow-map-end']);
const BLOCKS = new Set<string | null>(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);

/**
 * What is wrong, in German with its line, or null. A line lies as many levels deep at most as it is indented and has
 * marks of blocks, and each open bracket is one more. Never calls itself, whatever the text.
 */
export function nestedTooDeep(text: string): string | null {
  let [line, blocks, brackets] = [1, 0, 0];
  let atStart = true;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (atStart && brackets === 0) blocks = type === 'space' ? token.length : 0;
    atStart = type === 'newline';
    if (OPENS.has(type)) brackets += 1;
    if (CLOSES.has(type)) brackets = Math.max(0, brackets - 1);
    if (BLOCKS.has(type) && brackets === 0) blocks += 1;
    if (blocks + brackets > MOST_LEVELS) return `Zeile ${line}: mehr als ${MOST_LEVELS} Ebenen ineinander`;
    line += token.split('\n').length - 1;
  }
  return null;
}
