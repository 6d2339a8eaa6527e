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

describe('a text of the law book that would cost too much', () => {
  const deep = 20_000;
  it.each([
    ['brackets', '['.repeat(deep)],
    ['brackets that are closed', `a: ${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['braces', '{a: '.repeat(deep)],
    ['brackets with closing ones in quotes between', `x: ${'["]", '.repeat(deep)}`],
    ['list entries on one line', '- '.repeat(deep)],
    ['keys on one line', '? '.repeat(deep)],
    ['one more blank on each line', Array.from({ length: 900 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
  ])('%s: refused, and the program goes on', (_, text) =>
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^Zeile \d+: mehr als 100 Ebenen ineinander$/)]),
  );

  it('brackets in words and in quotes are no levels', () =>
    expect(faultsOf(`a: "${'['.repeat(500)}"\nb: |\n  ${'{ '.repeat(500)}\n# ${'['.repeat(500)}\n`)).toEqual([]));

  it('aliases that unfold to thousands of copies are refused in German', () => {
    const lines = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}]`);
    expect(faultsOf(`a0: &a0 [x]\n${lines.join('\n')}\n`)).toEqual(['Verweise mit * ergeben mehr als 50 Kopien']);
  });
});

describe('a text that was read before', () => {
  const content = (text: string) => parseTexts([{ file: 'x.yaml', text }])[0]!.content as { a: string[] };

  it('is not read again, and nobody can change it for the next', () => {
    const once = content('a: [b]\n');
    expect(content('a: [b]\n')).toBe(once);
    expect(() => once.a.push('c')).toThrow(TypeError);
  });

  it('is forgotten when others take its room: a draft can not fill the memory', () => {
    const once = content('a: [once]\n');
    for (let at = 0; at < 5; at += 1) content(`a: [${at}]\n# ${'x'.repeat(1_000_000)}\n`);
    expect(content('a: [once]\n')).not.toBe(once);
  });
});
