import { law, lawSources } from '../../../../test/support/law';
import { type Case, readCases, type Ruleset, runCase, type Source } from '..';

interface RulesFile {
  rules: { id: string; variants?: unknown[]; setsAside?: string[] }[];
}

const sources = lawSources();
const ruleset = law(sources);
const cases = readCases(sources, ruleset);
const chapters = sources.filter(({ file }) => file.startsWith('rules/'));

/** The law book in which an emergency does not set this aside. */
function notAside(id: string): Source[] {
  return sources.map((source): Source => {
    if (!source.file.startsWith('rules/')) return source;
    const content = structuredClone(source.content) as RulesFile;
    for (const one of content.rules) if (one.setsAside) one.setsAside = one.setsAside.filter((named) => named !== id);
    return { file: source.file, content };
  });
}

/** The law book without one rule, or without one of its variants. */
function without(file: string, rule: number, variant: number | null): Ruleset {
  const { id } = (sources.find((source) => source.file === file)!.content as RulesFile).rules[rule]!;
  const changed = notAside(id).map((source): Source => {
    if (source.file !== file) return source;
    const content = structuredClone(source.content) as RulesFile;
    if (variant === null) content.rules.splice(rule, 1);
    else content.rules[rule]!.variants!.splice(variant, 1);
    return { file, content };
  });
  return law(changed);
}
/** Only a decision that cites a rule can change without it. */
const citing = (id: string): Case[] =>
  cases.filter(({ expect: { by, notes = [] } }) => by.includes(id) || notes.includes(id));
const fails = (changed: Ruleset, among: Case[]): boolean => among.some((one) => runCase(changed, one).length > 0);

const entries = chapters.flatMap(({ file, content }) =>
  (content as RulesFile).rules.flatMap(({ id, variants = [] }, rule) => [
    { name: id, id, file, rule, variant: null as number | null },
    ...(variants.length > 1
      ? variants.map((_, variant) => ({ name: `${id} variant ${variant + 1}`, id, file, rule, variant }))
      : []),
  ]),
);

test('all cases hold', () => {
  expect(cases.flatMap((one) => runCase(ruleset, one).map((text) => `${one.name}: ${text}`))).toEqual([]);
});

test.each(entries.map((entry) => [entry.name, entry] as const))(
  'without %s a case fails',
  (_, { id, file, rule, variant }) => {
    expect(fails(without(file, rule, variant), citing(id))).toBe(true);
  },
);

const aside = chapters.flatMap(({ content }) =>
  (content as RulesFile).rules.flatMap(({ setsAside = [] }) => setsAside),
);

test.each(aside)('were %s not set aside in an emergency, a case fails', (id) => {
  expect(fails(law(notAside(id)), citing('R-EMG-01'))).toBe(true);
});

test('every cell of the matrix is decided by a case', () => {
  const decided = new Set(cases.flatMap(({ expect: { cell } }) => (cell ? [cell] : [])));
  expect(ruleset.cells.map(({ id }) => id).filter((id) => !decided.has(id))).toEqual([]);
});
