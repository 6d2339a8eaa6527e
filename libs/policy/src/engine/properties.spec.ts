import fc from 'fast-check';
import { runs } from '../../../../test/support/full';
import { law, lawSources } from '../../../../test/support/law';
import { someInputs } from '../../../../test/bench/policy/inputs';
import { decide, type Decision, type Facts, type Obligation, type Ruleset, type Source } from '..';
import { stricter } from '../law/obligations';

const sources = lawSources();
const ruleset = law(sources);
const facts = fc.integer({ min: 0, max: 2 ** 31 }).map((seed): Facts => someInputs(1, seed, ruleset)[0]!);

/** The law book with one more rule. */
const withRule = (rule: object): Ruleset =>
  law([
    ...sources,
    {
      file: 'rules/draft.yaml',
      content: {
        chapter: 'Entwurf',
        rules: [{ because: 'Eine Regel zur Probe.', source: 'Probe', mark: 'D', ...rule }],
      },
    },
  ]);
const CONDITIONS = [
  { 'calc.column': { in: ['OTHER_OFFICE', 'GESELLSCHAFT'] } },
  { 'product.openness': { lte: 'INTERNAL' } },
  { 'product.secrecy': { not: { eq: [] } } },
  { any: [{ form: { eq: 'ROWLEVEL' } }, { evidence: { all: ['DSFA', 'RECHTSNORM'] } }] },
  { not: { 'purpose.relation': { eq: 'SAME' } } },
];
const drafts = (rule: object): Ruleset[] =>
  CONDITIONS.map((when, at) => withRule({ id: `R-ZZZ-0${at}`, when, ...rule }));
const forbidding = drafts({ effect: 'forbid' });
const obliging = drafts({
  effect: 'oblige',
  obligations: [{ 'O-RETAIN': 30 }, { 'O-SDC': 'SENSITIV' }, { 'O-GRID': 5000 }, 'O-NOREID'],
});
const approving = drafts({ effect: 'approve', chain: 'A8' });
const noting = drafts({ effect: 'note' });
const some = fc.integer({ min: 0, max: CONDITIONS.length - 1 });

const OPENNESS: Record<Decision['outcome'], number> = { FORBID: 0, APPROVAL: 1, PERMIT_OBL: 2, PERMIT: 3 };
const steps = ({ chain }: Decision): string[] =>
  chain?.stages.flat().map(({ id }) => id.replace('OWNER_IN_PERSON', 'OWNER')) ?? [];

/** Is `now` at least as strict as `before`, by what the file says about the parameters? */
function asStrict(before: Obligation[], now: Obligation[]): boolean {
  return before.every((one) => {
    const other = now.find(({ id }) => id === one.id);
    if (!other) return false;
    const params = ruleset.obligation(one.id)?.params ?? [];
    return params.every(
      (param) =>
        JSON.stringify(stricter(one.params[param.name]!, other.params[param.name]!, param)) ===
        JSON.stringify(other.params[param.name]),
    );
  });
}

test('another forbid never widens', () => {
  fc.assert(
    fc.property(facts, some, (given, at) => {
      const before = decide(ruleset, given);
      const now = decide(forbidding[at]!, given);
      return now.outcome === before.outcome || now.outcome === 'FORBID';
    }),
    { numRuns: runs(3_000) },
  );
});

test('another obligation never loosens: nothing opens, no step and no obligation goes, no parameter gets weaker', () => {
  fc.assert(
    fc.property(facts, some, (given, at) => {
      const before = decide(ruleset, given);
      const now = decide(obliging[at]!, given);
      const never =
        OPENNESS[now.outcome] <= OPENNESS[before.outcome] &&
        (now.outcome === 'FORBID') === (before.outcome === 'FORBID');
      return (
        never &&
        asStrict(before.obligations, now.obligations) &&
        steps(before).every((step) => steps(now).includes(step))
      );
    }),
    { numRuns: runs(3_000) },
  );
});

test('another approval never opens and never drops a step', () => {
  fc.assert(
    fc.property(facts, some, (given, at) => {
      const before = decide(ruleset, given);
      const now = decide(approving[at]!, given);
      return (
        OPENNESS[now.outcome] <= OPENNESS[before.outcome] && steps(before).every((step) => steps(now).includes(step))
      );
    }),
    { numRuns: runs(2_000) },
  );
});

test('a note changes no decision', () => {
  fc.assert(
    fc.property(facts, some, (given, at) => {
      const [before, now] = [decide(ruleset, given), decide(noting[at]!, given)];
      return (
        now.outcome === before.outcome &&
        now.rules.join() === before.rules.join() &&
        JSON.stringify(now.obligations) === JSON.stringify(before.obligations)
      );
    }),
    { numRuns: runs(1_000) },
  );
});

test('the order of files and of entries means nothing, not even to the hash', () => {
  const turned = [...sources].reverse().map(({ file, content }): Source => {
    if (!file.startsWith('rules/')) return { file, content };
    const chapter = structuredClone(content) as { rules: unknown[] };
    chapter.rules.reverse();
    return { file, content: chapter };
  });
  const other = law(turned);
  expect(other.hash).toBe(ruleset.hash);
  for (const given of someInputs(runs(2_000), 99, ruleset))
    expect(decide(other, given)).toEqual(decide(ruleset, given));
});

test('the same facts give the same bytes, from any instance of the same law book', () => {
  const other = law(sources);
  for (const given of someInputs(runs(1_000), 4, ruleset))
    expect(JSON.stringify(decide(other, structuredClone(given)))).toBe(JSON.stringify(decide(ruleset, given)));
});

test('a decision and the facts in it cannot be changed', () => {
  const [given] = someInputs(1, 5, ruleset);
  const decision = decide(ruleset, given!);
  for (const change of [
    () => (decision.outcome = 'PERMIT'),
    () => decision.rules.push('R-GEN-01'),
    () => decision.obligations.push({ id: 'O-LOG', params: {}, enforcement: 'PROMISED' }),
    () => (decision.facts.product.openness = 'OPEN'),
    () => decision.facts.product.secrecy.pop(),
    () => (decision.facts.fields[0]!.class = 'NONE'),
    () => (decision.because[0]!.text = ''),
  ])
    expect(change).toThrow(TypeError);
});

test('one word that no list knows, anywhere in the facts, refuses whatever was allowed', () => {
  const places: ((given: Facts) => void)[] = [
    (given) => (given.form = 'FAX' as never),
    (given) => (given.phase = 'SPAETER' as never),
    (given) => (given.product.openness = 'HALB' as never),
    (given) => (given.product.personalRef = 'VIELLEICHT' as never),
    (given) => given.product.secrecy.push('SOZAL' as never),
    (given) => given.product.themes.push('BUNDESWER'),
    (given) => (given.product.review = 'BALD' as never),
    (given) => (given.product.provider = 'VEREIN' as never),
    (given) => (given.product.protection.c = 'egal' as never),
    (given) => (given.product.rawSensor = 'nein' as never),
    (given) => (given.consumer.kind = 'MARSIANER' as never),
    (given) => (given.purpose.code = 'NEUGIER'),
    (given) => (given.purpose.relation = 'AEHNLICH' as never),
    (given) => given.legalBasis.push('GEWOHNHEIT'),
    (given) => given.fields.push({ name: 'x', class: 'HARMLOS' as never, needed: true }),
    (given) => (given.contract.status = 'BALD' as never),
    (given) => (given.nonProduction = null as never),
    (given) => (given.periodGiven = undefined as never),
  ];
  fc.assert(
    fc.property(facts, fc.integer({ min: 0, max: places.length - 1 }), (given, at) => {
      const strange = structuredClone(given);
      delete strange.emergency;
      places[at]!(strange);
      return decide(ruleset, strange).outcome === 'FORBID';
    }),
    { numRuns: runs(3_000) },
  );
});

test('who works for nobody and who stands outside gets nothing, whatever is asked', () => {
  fc.assert(
    fc.property(facts, fc.constantFrom('PROCESSOR' as const, 'PRIVATE' as const), (given, kind) => {
      const asked = structuredClone(given);
      asked.consumer = { ...asked.consumer, kind, worksFor: null };
      return decide(ruleset, asked).outcome === 'FORBID';
    }),
    { numRuns: runs(2_000) },
  );
});

test('of several values of one parameter the strictest holds, in whatever order and however often they are united', () => {
  const declared = ruleset.obligations.flatMap(({ params = [] }) => params);
  const value = (param: (typeof declared)[number]): fc.Arbitrary<number | string | string[]> =>
    param.type === 'number'
      ? fc.integer({ min: 1, max: 800 })
      : param.type === 'words'
        ? fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 })
        : fc.constantFrom(...(param.order ?? ['x', 'y']), ...(param.beside ?? []));
  const three = fc
    .constantFrom(...declared)
    .chain((param) => fc.tuple(fc.constant(param), value(param), value(param), value(param)));
  fc.assert(
    fc.property(three, ([param, a, b, c]) => {
      const unite = (x: typeof a, y: typeof a) => stricter(x, y, param);
      const same = (x: unknown, y: unknown) => JSON.stringify([x].flat().sort()) === JSON.stringify([y].flat().sort());
      const both = unite(a, b);
      const asStrictAs = same(unite(both, a), both) && same(unite(both, b), both);
      const bounded =
        typeof a !== 'number' ||
        (param.merge === 'min'
          ? Number(both) <= a && Number(both) <= Number(b)
          : Number(both) >= a && Number(both) >= Number(b));
      const kept =
        !Array.isArray(a) ||
        [both].flat().every((word) => (param.merge === 'intersect' ? a.includes(word as string) : true));
      return asStrictAs && bounded && kept && same(both, unite(b, a)) && same(unite(both, c), unite(a, unite(b, c)));
    }),
    { numRuns: runs(3_000) },
  );
});
