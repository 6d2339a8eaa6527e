import fc from 'fast-check';
import { law, lawSources } from '../../../test/support/law';
import { someInputs } from '../../../test/bench/policy/inputs';
import { decide, type Decision, type Facts, type Obligation, type Ruleset, type Source } from '.';
import { stricter } from './obligations';

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
    { numRuns: 3_000 },
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
    { numRuns: 3_000 },
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
    { numRuns: 2_000 },
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
    { numRuns: 1_000 },
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
  for (const given of someInputs(2_000, 99, ruleset)) expect(decide(other, given)).toEqual(decide(ruleset, given));
});

test('the same facts give the same bytes, from any instance of the same law book', () => {
  const other = law(sources);
  for (const given of someInputs(1_000, 4, ruleset))
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
