import { EVERYTHING, faultText, readRuleset, RulesetFault, saidToday, type Source } from '..';
import { law, lawSources, sha256 } from '../../../../test/support/law';
import { carriesV, type LegalTextsText } from './legal-texts';

const sources = lawSources();
const RULE = {
  id: 'R-ZZZ-01',
  effect: 'forbid',
  when: { thirdCountry: { eq: true } },
  because: 'Eine Regel zur Probe.',
};
const withRule = (change: object, list: readonly Source[] = sources): Source[] => [
  ...list,
  { file: 'rules/draft.yaml', content: { chapter: 'Entwurf', rules: [{ ...RULE, ...change }] } },
];
const faultsOf = (list: readonly Source[]): string[] => {
  try {
    readRuleset(list, EVERYTHING, sha256);
    return [];
  } catch (error) {
    if (!(error instanceof RulesetFault)) throw error;
    return error.faults.map(faultText);
  }
};
const changed = <T>(file: string, change: (content: T) => void): Source[] =>
  sources.map((source) => {
    if (source.file !== file) return source;
    const content = structuredClone(source.content) as T;
    change(content);
    return { file, content };
  });
const textsChanged = (change: (texts: LegalTextsText['texts']) => void) =>
  changed<LegalTextsText>('sources.yaml', ({ texts }) => change(texts));

test('every norm that the law book cites is on record, and every record is cited', () => {
  const { uncovered, texts, content } = law();
  expect(uncovered).toEqual([]);
  const cited = new Set<string>();
  const unnamed: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (typeof member !== 'string') walk(member);
      else if (key === 'source' || key === 'norm') {
        const { records, missing, unknown } = texts.grounds(member);
        for (const { norm } of records) cited.add(norm);
        unnamed.push(...missing, ...unknown);
      }
    }
  };
  walk(content);
  // what is no text of law: the register of contracts, data without persons, headings of the file of principles
  expect(unnamed.sort()).toEqual(['Leitsätze', 'Vertragsregister', 'keine Rechtsgrundlage nötig']);
  const idle = texts.records.filter(({ norm, read }) => !cited.has(norm) && read === null).map(({ norm }) => norm);
  expect(idle).toEqual([]);
});

test('what is marked V rests on norms that were read in a version that holds, all of them', () => {
  const { rules, legalBases, instruments, principles, texts } = law();
  const told = [
    ...rules,
    ...principles.list.map(({ text }) => text),
    ...instruments.text.choice,
    ...legalBases.map(({ norm, mark }) => ({ source: norm, mark })),
  ].filter(({ mark }) => mark === 'V');
  expect(told.length).toBeGreaterThan(20);
  for (const { source } of told) {
    const { records, missing, unknown } = texts.grounds(source);
    expect([records.length > 0, records.every(carriesV), missing, unknown]).toEqual([true, true, [], []]);
  }
});

test.each<[string, string, RegExp]>([
  ['keine', 'no text at all', /dort steht nicht: `keine`/],
  ['BGB § 5', 'a text that is not on record', /dort steht nicht: `BGB § 5`/],
  ['BMG § 99', 'a norm that is not on record', /dort steht nicht: `BMG § 99`/],
  [
    'BMG §§ 34, 36',
    'a norm that nobody has read, beside one',
    /nicht oder in keiner geltenden Fassung gelesen: `BMG § 36`/,
  ],
  ['HessLStatG § 16', 'a version that has ended', /gelesen: `HessLStatG § 16`/],
  ['HODaG § 1', 'a version that nobody noted', /gelesen: `HODaG § 1`/],
  ['DNG', 'a whole text of which single norms were read', /gelesen: `DNG`/],
  ['DNG § 8, Rollenkonzept §2.4', 'what the city lays down itself', /eigene Festlegung.*: `Rollenkonzept`/],
])('V with `source: %s` is refused: %s', (source, _, fault) => {
  const faults = faultsOf(withRule({ source, mark: 'V' }));
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^rules\/draft\.yaml R-ZZZ-01: `mark`: V verlangt zu jeder Quelle eine gelesene Fassung/);
  expect(faults[0]).toMatch(fault);
  expect(faults[0]).toContain(`\`source\`: \`${source}\``);
});

test('V with a norm that was read, K with one that was not, and D with whatever the city calls it load', () => {
  expect(faultsOf(withRule({ source: 'BMG § 34 Abs. 1', mark: 'V' }))).toEqual([]);
  expect(faultsOf(withRule({ source: 'HessLStatG § 16', mark: 'K' }))).toEqual([]);
  expect(faultsOf(withRule({ source: 'Probe', mark: 'D' }))).toEqual([]);
});

test('the same is asked of a legal basis, of what it carries, of an instrument and of a principle', () => {
  const [basis, instrument, principle] = [
    changed<{ legalBases: { code: string; mark: string; assigned: string }[] }>('legal-bases.yaml', ({ legalBases }) =>
      Object.assign(
        legalBases.find(({ code }) => code === 'HDSIG_3')!,
        { mark: 'V', assigned: 'V' },
      ),
    ),
    changed<{ choice: { mark: string }[] }>('instruments.yaml', ({ choice }) => (choice[0]!.mark = 'V')),
    changed<{ principles: { id: string; mark: string }[] }>(
      'principles.yaml',
      ({ principles }) => (principles[0]!.mark = 'V'),
    ),
  ].map(faultsOf);
  expect(
    basis!.map((fault) => /^legal-bases\.yaml HDSIG_3: `(mark|assigned)`: V verlangt/.exec(fault)?.[1]).sort(),
  ).toEqual(['assigned', 'mark']);
  expect(instrument).toEqual([expect.stringMatching(/^instruments\.yaml choice\.1: `mark`: V verlangt/)]);
  expect(principle).toEqual([expect.stringMatching(/^principles\.yaml L-01: `mark`: V verlangt/)]);
});

test('whatever is marked U says what is uncertain', () => {
  const silent = changed<{ legalBases: { note?: string }[] }>('legal-bases.yaml', ({ legalBases }) => {
    for (const one of legalBases) delete one.note;
  });
  expect(faultsOf(silent).join()).toMatch(/HESSLSTATG_12: mit dem Vermerk U muss in `note` stehen/);
});

test('K and U with a norm that is not on record load, and a text of today is told', () => {
  const { uncovered } = law(withRule({ source: 'BMG § 99, Landesrecht', mark: 'K' }));
  expect(uncovered.map(faultText)).toEqual([
    'rules/draft.yaml R-ZZZ-01: `source`: zu `BMG § 99` fehlt der Eintrag in sources.yaml',
    'rules/draft.yaml R-ZZZ-01: `source`: zu `Landesrecht` fehlt der Eintrag in sources.yaml',
  ]);
});

test('a law book from before there were records loads as it is, and nothing in it counts as read', () => {
  const before = withRule(
    { source: 'keine', mark: 'V' },
    sources.filter(({ file }) => file !== 'sources.yaml'),
  );
  const { texts, uncovered, rules, content } = law(before);
  expect([texts.kept, texts.records, uncovered]).toEqual([false, [], []]);
  expect(texts.grounds('BMG § 34').records).toEqual([]);
  expect(rules.find(({ id }) => id === 'R-ZZZ-01')!.mark).toBe('V');
  expect(content).not.toHaveProperty('sources');
  expect(saidToday(before).map(faultText)).toEqual(['sources.yaml: die Datei fehlt']);
});

test('records are law: another version read is another law book', () => {
  const other = textsChanged(
    (texts) => (texts.find(({ id }) => id === 'BMG')!.read![0]!.version = 'Wortlaut von Mai 2026'),
  );
  expect(law(other).hash).not.toBe(law().hash);
});

test.each<[string, (texts: LegalTextsText['texts']) => void, RegExp]>([
  [
    'a text twice',
    (texts) => texts.push(texts.find(({ id }) => id === 'HUIG')!),
    /sources\.yaml HUIG: steht doppelt da/,
  ],
  [
    'a norm twice',
    (texts) => texts.find(({ id }) => id === 'BMG')!.unread!.push('§ 34'),
    /BMG: `§ 34` steht doppelt da/,
  ],
  [
    'a reader who is no role',
    (texts) => (texts.find(({ id }) => id === 'AO')!.read![0]!.by = 'HAUSMEISTER'),
    /AO: `by`: die Rolle `HAUSMEISTER` gibt es nicht/,
  ],
  [
    'the name of a person',
    (texts) => (texts.find(({ id }) => id === 'AO')!.read![0]!.by = 'Eva Beispiel'),
    /AO: `texts\.\d+\.read\.0\.by`: .*nie der Name einer Person/,
  ],
  [
    'a day that is none',
    (texts) => (texts.find(({ id }) => id === 'AO')!.read![0]!.on = 'gestern'),
    /AO: `texts\.\d+\.read\.0\.on`: Hier muss ein Tag stehen/,
  ],
  [
    'a norm in other words',
    (texts) => (texts.find(({ id }) => id === 'AO')!.unread = ['Paragraph 1']),
    /AO: `texts\.\d+\.unread\.0`: Hier muss eine Norm stehen/,
  ],
])('%s is refused', (_, change, fault) => {
  expect(faultsOf(textsChanged(change)).join('\n')).toMatch(fault);
});
