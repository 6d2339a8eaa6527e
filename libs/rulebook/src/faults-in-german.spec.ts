import { join } from 'node:path';
import { EVERYTHING, RulesetFault } from '#lib/policy';
import { lint } from './lint';
import { compile, parseTexts, readFolder } from './ruleset-files';
import type { SourceText } from '#lib/law';

/** Words no German sentence has; what stands in backticks or „quotes“ is of the file and not of the sentence. */
const ENGLISH =
  /(?<![\p{L}-])(?:is|are|the|a|not|must|needs?|unknown|missing|there|twice|no|nobody|has|have|and|or|of|to|be|can|cannot|only|takes|expected|found|received|invalid|required|input|value|list|condition|rule)(?![\p{L}\p{N}-])/iu;
const sentence = (fault: string): string => fault.replaceAll(/`[^`]*`|„[^“]*“|"[^"]*"|\S*\.yaml/g, '');

/** A rule that is sound but for what is changed in it. */
const rule = (id: string, change: string): string =>
  `  - { id: ${id}, because: Eine Regel zur Probe., source: Probe, ${change.includes('mark:') ? '' : 'mark: D, '}${change} }\n`;
const forbid = 'effect: forbid';

const BROKEN_RULES = [
  `${forbid}`,
  `${forbid}, when: {}`,
  `${forbid}, when: { gibtsnicht: { eq: 1 } }`,
  `${forbid}, when: { all: {} }`,
  `${forbid}, when: { all: [1] }`,
  `${forbid}, when: { form: 1 }`,
  `${forbid}, when: { form: { regex: x } }`,
  `${forbid}, when: { form: { in: [] } }`,
  `${forbid}, when: { form: { all: [ROWLEVEL] } }`,
  `${forbid}, when: { form: { gte: ROWLEVEL } }`,
  `${forbid}, when: { form: { eq: FAX } }`,
  `${forbid}, when: { retentionDays: { gte: viel } }`,
  `${forbid}, when: { retentionDays: { eq: viel } }`,
  `${forbid}, when: { thirdCountry: { eq: vielleicht } }`,
  `${forbid}, when: { product.secrecy: { eq: SOZIAL } }`,
  `${forbid}, when: { product.licence: { eq: CC0 } }`,
  `${forbid}, when: { purpose.code: { eq: NEUGIER } }`,
  `${forbid}, when: { thirdCountry: { eq: true } }, mark: U`,
  `${forbid}, when: { thirdCountry: { eq: true } }, setsAside: [R-GEN-18]`,
  `${forbid}, when: { thirdCountry: { eq: true } }, setsAside: [alle]`,
  `${forbid}, when: { thirdCountry: { eq: true } }, code: Zwei Wörter`,
  `${forbid}, when: { thirdCountry: { eq: true } }, wenn: {}`,
  `when: { thirdCountry: { eq: true } }`,
  `effect: allow, when: { thirdCountry: { eq: true } }`,
  `effect: approve, when: { thirdCountry: { eq: true } }`,
  `effect: approve, chain: A9, requires: [PFOERTNER], when: { thirdCountry: { eq: true } }`,
  `effect: oblige, when: { thirdCountry: { eq: true } }`,
  ...['O-NEU', 'o-klein', 'O-RETAIN', '{ O-RETAIN: { weeks: 3 } }', '{ O-RETAIN: viele }', '{ O-RETAIN: $viel }'].map(
    (bound) => `effect: oblige, obligations: [${bound}], when: { thirdCountry: { eq: true } }`,
  ),
  `effect: oblige, obligations: [{ O-SDC: LOCKER }], when: { thirdCountry: { eq: true } }`,
  `effect: oblige, obligations: [{ O-SDC: A, O-LOG: 1 }], when: { thirdCountry: { eq: true } }`,
  `variants: [{ effect: note, chain: A3, obligations: [O-LOG], when: { thirdCountry: { eq: true } } }]`,
];
const BROKEN_CASES = [
  '{}',
  '- { case: kurz, facts: {}, expect: { outcome: JA } }',
  '- { case: Ein Fall ohne Erwartung, facts: {} }',
  '- { case: Ein Fall mit einem unbekannten Produkt, facts: { product: gibtsnicht }, expect: { outcome: FORBID } }',
  '- { case: Ein Fall mit einer Zahl als Produkt, facts: { product: 1, consumer: null }, expect: { outcome: FORBID } }',
  '- { table: Die Zeile, facts: {}, expect: { MARSIANER: FORBID } }',
];
const FAILING_CASES = [
  '- { case: Ein Fall mit falschen Angaben, facts: { form: FAX, neu: 1 }, expect: { outcome: FORBID } }',
  '- { case: Ein Fall mit lauter falschen Erwartungen, facts: {}, expect: { outcome: FORBID, by: [R-GEN-01], cell: M, chain: [A9], steps: [X], obligations: [O-NEU], notes: [N], code: c } }',
  '- { table: Die Zeile, facts: {}, expect: { PUBLIC: JA } }',
];
/** A misspelling in each of the other files: what is there, and what stands there instead. */
const MISSPELT: [file: string, from: RegExp, to: string][] = [
  ['approvals.yaml', /role: REQ_HEAD/, 'role: HAUSMEISTER'],
  ['approvals.yaml', /steps: \[REQ_HEAD, OWNER\]/, 'steps: [PFOERTNER]'],
  ['approvals.yaml', /id: A3/, 'id: A33'],
  ['approvals.yaml', /rank: 10/, 'rank: zehn'],
  ['matrix.yaml', /: FORBID/, ': A9+NICHTS'],
  ['matrix.yaml', /: FORBID/, ': VIELLEICHT'],
  ['matrix.yaml', /O: \[/, 'O: [O-NEU, '],
  ['obligations.yaml', /order: \[INTERN_STD/, 'order: [OHNE_NAMEN, INTERN_STD'],
  ['obligations.yaml', /words: \{ /, 'words: { OHNE_WORT: Wort, '],
  ['purposes.yaml', /legalBases: \[/, 'legalBases: [NICHTS, '],
  ['purposes.yaml', /code: /, 'kode: '],
  ['legal-bases.yaml', /name: /, 'nahme: '],
  ['roles.yaml', /roles:/, 'rollen:'],
  ['vocabulary.yaml', /labels:\n/, 'labels:\n  nichts: { A: B }\n'],
  ['vocabulary.yaml', /facts:\n/, 'facts:\n  gibtsnicht: Nichts\n'],
  ['vocabulary.yaml', /withdrawn:[^\n]*\n/, 'withdrawn: { gibtsnicht: Nichts }\n'],
  ['vocabulary.yaml', /ROWLEVEL: /, 'ROWLEVLE: '],
  ['vocabulary.yaml', / thirdCountry: /, ' thirdCountri: '],
];

describe('whoever writes the law book reads in German what is wrong', () => {
  let shipped: SourceText[];
  beforeAll(async () => {
    const all = await readFolder(join(__dirname, '../../../config/governance'));
    // the cases that ship hold, which takes its time to see; here each case is one that does not
    shipped = all.filter(({ file }) => !file.startsWith('cases/') || file === 'cases/fixtures.yaml');
  });

  const faultsOf = (texts: readonly SourceText[]): string[] => {
    try {
      return lint(compile(texts, EVERYTHING), parseTexts(texts)).faults;
    } catch (error) {
      if (!(error instanceof RulesetFault)) throw error;
      return error.message.split('\n').filter((line) => line.startsWith('- '));
    }
  };
  /** Every place that is broken is named, and all that is said of them is German. */
  const tellsInGerman = (texts: readonly SourceText[], places: readonly string[]): void => {
    const faults = faultsOf(texts);
    expect(places.filter((place) => !faults.some((fault) => fault.includes(place)))).toEqual([]);
    expect(faults.filter((fault) => ENGLISH.test(sentence(fault)))).toEqual([]);
    // a value that was not there, or an object, is never printed as if it were a word
    expect(faults.filter((fault) => /undefined|\[object|NaN/.test(fault))).toEqual([]);
  };

  it('of every rule', () => {
    const ids = BROKEN_RULES.map((_, at) => `R-ZZZ-${String(at + 1).padStart(2, '0')}`);
    const rules = BROKEN_RULES.map((change, at) => rule(ids[at]!, change)).join('');
    const text = `chapter: Entwurf\nrules:\n${rules}${rule('VERBOT-1', 'effect: forbid')}`;
    tellsInGerman([...shipped, { file: 'rules/draft.yaml', text }], [...ids, 'VERBOT-1']);
  });

  it.each([
    ['that can not be read', BROKEN_CASES],
    ['that does not hold', FAILING_CASES],
  ])('of every case %s', (_, cases) => {
    const files = cases.map((text, at) => ({ file: `cases/draft-${at}.yaml`, text }));
    tellsInGerman(
      [...shipped, ...files],
      files.map(({ file }) => file),
    );
  });

  it.each(MISSPELT)('of %s when %s is %j', (file, from, to) => {
    const texts = shipped.map((one) => (one.file === file ? { file, text: one.text.replace(from, to) } : one));
    expect(texts).not.toEqual(shipped);
    tellsInGerman(texts, [file]);
  });

  it('of a file that is missing, empty or there twice', () => {
    for (const { file } of shipped.filter((one) => !one.file.includes('/') || one.file === 'cases/fixtures.yaml')) {
      tellsInGerman(
        shipped.filter((one) => one.file !== file),
        [file],
      );
      tellsInGerman(
        shipped.map((one) => (one.file === file ? { file, text: '' } : one)),
        [file],
      );
    }
    tellsInGerman([...shipped, shipped.find(({ file }) => file === 'matrix.yaml')!], ['matrix.yaml']);
    const rules = shipped.find(({ file }) => file.startsWith('rules/'))!;
    tellsInGerman([...shipped, { ...rules, file: 'rules/again.yaml' }], ['steht doppelt da']);
  });
});
