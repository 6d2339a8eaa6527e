import { RulesetFault } from '#lib/policy';
import { parseTexts } from './ruleset-files';

const faultsOf = (text: string): string[] => {
  try {
    parseTexts([{ file: 'rules/general.yaml', text }]);
    return [];
  } catch (fault) {
    return (fault as RulesetFault).faults.map((one) => one.text);
  }
};

describe('a text of the law book that is no YAML', () => {
  it.each([
    ['a: 1\na: 2\n', 'Zeile 2, Spalte 1: ein Name steht zweimal'],
    [
      'a: "b\n',
      'Zeile 2, Spalte 1: hier fehlt ein Zeichen, zum Beispiel ein Anführungszeichen, eine Klammer oder ein Leerzeichen',
    ],
    ['a:\n\tb: 1\n', 'Zeile 2, Spalte 1: es ist mit Tabulator eingerückt; nur Leerzeichen sind erlaubt'],
    ['a: !unbekannt 1\n', 'Zeile 1, Spalte 4: eine Angabe mit ! ist nicht bekannt'],
  ])('%j is told in German, with its place', (text, says) => expect(faultsOf(text)).toContain(says));
});
