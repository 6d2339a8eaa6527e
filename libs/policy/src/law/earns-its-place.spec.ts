import { law, lawSources } from '../../../../test/support/law';
import { type Case, decide, readCases, type Ruleset, runCase, type Source } from '..';
import { evaluate } from '../engine/match';
import { decidedFacts } from './decision-paths';
import { premiseOf, type PrinciplesText } from './principles';

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
    if (source.file === 'principles.yaml') return { file: source.file, content: notNaming(id, source.content) };
    if (!source.file.startsWith('rules/')) return source;
    const content = structuredClone(source.content) as RulesFile;
    for (const one of content.rules) if (one.setsAside) one.setsAside = one.setsAside.filter((named) => named !== id);
    return { file: source.file, content };
  });
}

/** What can not be asked any more without a rule goes with it. */
function notNaming(id: string, content: unknown): PrinciplesText {
  const { principles, ...rest } = content as PrinciplesText;
  const asks = ({ keptBy: _, ...principle }: PrinciplesText['principles'][number]): boolean =>
    JSON.stringify([
      principle.given,
      principle.always,
      principle.never,
      principle.except?.map(({ when }) => when),
    ]).includes(`"${id}"`);
  return { ...rest, principles: principles.filter((one) => !asks(one)) };
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

/** Principles that are said not to hold without this rule. */
const keptBy = (id: string): string[] =>
  ruleset.principles.list.flatMap(({ text }) => (text.keptBy?.includes(id) ? [text.id] : []));

/** Whether a case of the law book, as this one decides it, breaks a principle. */
function breaks(book: Ruleset, id: string): boolean {
  const { model, codes } = book.engine.law;
  const { assume, list } = book.principles;
  const principle = list.find(({ text }) => text.id === id)!;
  return cases.some(({ facts }) => {
    const read = model.read(facts);
    const decided = { ...model.evaluate(read, codes), decision: decidedFacts(decide(book, read)) };
    return evaluate(assume, decided) && evaluate(premiseOf(principle), decided) && !evaluate(principle.holds!, decided);
  });
}

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
    const book = without(file, rule, variant);
    expect(fails(book, citing(id))).toBe(true);
    if (variant === null) expect(keptBy(id).filter((principle) => !breaks(book, principle))).toEqual([]);
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
