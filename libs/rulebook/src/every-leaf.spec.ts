import type { Source } from '#lib/policy';
import { law, lawSources } from '../../../test/support/law';
import { changesBetween } from './changes';
import type { Change } from './changes.view';
import { readable } from './readable';

type Law = ReturnType<typeof read>;
type Parts = Record<string, unknown>;
interface Leaf {
  at: string[];
  value: unknown;
}
const shipped = lawSources();
const read = (sources: readonly Source[]) => {
  const ruleset = law([...sources]);
  return { ...readable(ruleset, sources), content: ruleset.content };
};
const before = read(shipped);
const texts = (changes: readonly Change[]): string => JSON.stringify(changes);

/** Every text, number, yes or no, and every list or object with nothing in it. */
function leavesOf(value: unknown, at: string[] = []): Leaf[] {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (members.length === 0) return value === undefined ? [] : [{ at, value }];
  return members.flatMap(([key, member]) => leavesOf(member, [...at, key]));
}
function put<T>(content: T, at: readonly string[], value: unknown): T {
  if (at.length === 0) return value as T;
  const [key, ...rest] = at as [string, ...string[]];
  const copy = (Array.isArray(content) ? [...(content as unknown[])] : { ...content }) as Record<string, unknown>;
  copy[key] = put(copy[key], rest, value);
  return copy as T;
}
const other = (value: unknown): unknown =>
  typeof value === 'boolean' ? !value : typeof value === 'object' ? ['NEU'] : `${String(value)} anders`;

/** The part of a law that one entry stands in, and no more, so that thousands of comparisons are quick. */
const alone = (part: string, content: unknown, name: string | null): Parts => ({
  [part]:
    name === null
      ? Object.fromEntries(Object.entries(content as object).filter(([, list]) => !Array.isArray(list)))
      : Array.isArray(content)
        ? content.filter((item) => nameOf(item) === name)
        : Object.fromEntries(
            Object.entries(content as object).flatMap(([key, list]) =>
              Array.isArray(list) && list.some((item) => nameOf(item) === name)
                ? [[key, list.filter((item) => nameOf(item) === name)]]
                : [],
            ),
          ),
});
const nameOf = (item: unknown): string | null => {
  const { id, code } = (item ?? {}) as { id?: string; code?: string };
  return id ?? code ?? null;
};
const namesIn = (content: unknown): (string | null)[] => [
  ...new Set([
    null,
    ...[content, ...Object.values(content as object)].flatMap((list) => (Array.isArray(list) ? list.map(nameOf) : [])),
  ]),
];
const smallLaw = (readable: Partial<Law>, content: Parts): Law => ({ ...EMPTY, ...readable, content }) as Law;
const EMPTY = {
  chapters: [],
  matrix: { columns: [], rows: [], sets: [], conditions: [], raise: { when: '', to: [], joins: [] } },
  chains: [],
  obligations: [],
  roles: [],
  programmes: [],
  instruments: { choice: [], processor: { sentence: '', contract: '' }, instruments: [] },
  vocabulary: { purposes: [], legalBases: [], evidence: [], changeGrounds: [], themes: [] },
};

test('every leaf of the law that no sentence tells is told as it is written', () => {
  const silent: string[] = [];
  let leaves = 0;
  for (const [part, whole] of Object.entries(before.content))
    for (const name of namesIn(whole)) {
      if (name === null && Array.isArray(whole)) continue;
      const content = alone(part, whole, name);
      for (const { at, value } of leavesOf(content)) {
        leaves++;
        const changed = changesBetween(smallLaw({}, content), smallLaw({}, put(content, at, other(value))));
        if (changed.length === 0) silent.push(at.join('.'));
      }
    }
  expect(silent).toEqual([]);
  expect(leaves).toBeGreaterThan(4_000);
});

test.each<[string, Parts]>([
  ['a list', { purposes: [{ code: 'A', privileged: { evidence: [] } }] }],
  ['an object', { purposes: [{ code: 'A', privileged: {} }] }],
])('%s with nothing in it is told when it comes', (_, content) => {
  const [without] = [{ purposes: [{ code: 'A' }] }];
  expect(changesBetween(smallLaw({}, without), smallLaw({}, content))).toHaveLength(1);
  expect(changesBetween(smallLaw({}, content), smallLaw({}, without))).toHaveLength(1);
});

test('a text is not taken for the yes it spells', () => {
  const saying = (duty: unknown): Law => smallLaw({}, { purposes: [{ code: 'A', duty }] });
  expect(changesBetween(saying(true), saying('true'))).toHaveLength(1);
});

/** Kinds of entries with a change that a sentence tells; which member it is does not matter. */
const WORDED: Record<string, (entry: Parts) => unknown> = {
  'rules/tax.yaml rules': (rule) => (rule.source = `${String(rule.source)} ff.`),
  'rules/general.yaml rules': (rule) => (rule.because = `${String(rule.because)} Immer.`),
  'purposes.yaml purposes': (purpose) => (purpose.legalBases = ['IFS_WI']),
  'legal-bases.yaml legalBases': (basis) => (basis.norm = `${String(basis.norm)} neu`),
  'obligations.yaml obligations': (one) => (one.meaning = `${String(one.meaning)} Immer.`),
  'roles.yaml roles': (role) => (role.task = `${String(role.task)} Immer.`),
  'instruments.yaml instruments': (one) => (one.settles = ['Anlaufstelle']),
};

describe.each(Object.entries(WORDED))('beside a change that is told in words, in %s', (where, worded) => {
  const [file, list] = where.split(' ') as [string, string];
  const at = shipped.findIndex((source) => source.file === file);
  const entries = (shipped[at]!.content as Record<string, Parts[]>)[list]!;
  const withEntry = (place: number, entry: Parts): Law | null => {
    const sources = [...shipped];
    sources[at] = { file, content: put(shipped[at]!.content, [list, String(place)], entry) };
    try {
      return read(sources);
    } catch {
      return null;
    }
  };
  const shapeOf = (path: readonly string[]): string => path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');
  const shapes = (entry: Parts): number => new Set(leavesOf(entry).map((leaf) => shapeOf(leaf.at))).size;
  // the richest entry has most members there are; the others it takes from its neighbours
  const place = entries.reduce((best, entry, at) => (shapes(entry) > shapes(entries[best]!) ? at : best), 0);
  const harmless = structuredClone(entries[place]!);
  worded(harmless);
  const later = (shape: string, now: unknown): unknown[] =>
    entries.flatMap((one) =>
      leavesOf(one)
        .filter((leaf) => shapeOf(leaf.at) === shape && leaf.value !== now)
        .map(({ value }) => value),
    );
  const variations = new Map<string, Parts[]>();
  for (const { at: path, value } of leavesOf(harmless)) {
    const shape = shapeOf(path);
    if (path[0] === 'id' || path[0] === 'code' || variations.has(shape)) continue;
    const gone = Object.fromEntries(Object.entries(harmless).filter(([key]) => key !== path[0]));
    const values = [...new Set([...later(shape, value), other(value)])].slice(0, 3);
    variations.set(shape, [...values.map((next) => put(harmless, path, next)), gone]);
  }
  for (const [key, member] of entries.flatMap((entry) => Object.entries(entry)))
    if (!(key in harmless) && !variations.has(key)) variations.set(key, [{ ...harmless, [key]: member }]);

  it('every other change of the entry is seen', () => {
    const told = withEntry(place, harmless)!;
    const seen = texts(changesBetween(before, told));
    const hidden: string[] = [];
    let tried = 0;
    for (const [shape, ways] of variations)
      for (const way of ways) {
        if (JSON.stringify(way) === JSON.stringify(harmless)) continue;
        const both = withEntry(place, way);
        if (!both || both.hash === told.hash) continue;
        tried++;
        if (texts(changesBetween(before, both)) === seen) hidden.push(shape);
        break;
      }
    expect(hidden).toEqual([]);
    expect(tried).toBeGreaterThan(3);
  });
});
