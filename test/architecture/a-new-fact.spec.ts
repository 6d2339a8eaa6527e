// A yes/no fact costs its entry in the table, its German words and whoever gives it. Made up here and carried all the way.
import {
  decide,
  EVERYTHING,
  explain,
  type Facts,
  factModel,
  FactsFault,
  readRuleset,
  suggestAlternatives,
} from '../../libs/policy/src';
import { type FactsOf, group, yesNo } from '../../libs/policy/src/facts/fact';
import { FACTS } from '../../libs/policy/src/facts/facts';
import { lawSources, sha256, someFacts } from '../support/law';

// 1. the fact
const TABLE = {
  ...FACTS,
  purpose: group({ ...FACTS.purpose.members, trainsModels: yesNo({ absent: false, withdrawable: true }) }),
};
const model = factModel(TABLE);
const PATH = 'purpose.trainsModels';

/** The shipped law book with its words, and a rule that asks. */
function law({ words }: { words: boolean }) {
  const sources = lawSources();
  const vocabulary = sources.find(({ file }) => file === 'vocabulary.yaml')!.content as {
    facts: Record<string, string>;
    withdrawn: Record<string, string>;
  };
  // 2. its words
  if (words) {
    vocabulary.facts['calc.trainsModels'] = 'Die Daten sollen ein Sprachmodell trainieren';
    vocabulary.withdrawn[PATH] = 'ohne ein Sprachmodell damit zu trainieren';
  }
  const rule = {
    id: 'R-ZZZ-01',
    effect: 'forbid',
    when: { 'calc.trainsModels': { eq: true } },
    because: 'Mit diesen Daten wird kein Modell trainiert.',
    source: 'Probe',
    mark: 'D',
  };
  sources.push({ file: 'rules/probe.yaml', content: { chapter: 'Probe', rules: [rule] } });
  return readRuleset(sources, EVERYTHING, sha256, model);
}
const ruleset = law({ words: true });

// 3. its value: the type of the facts has it
type Extended = FactsOf<typeof TABLE>;
function facts(trainsModels?: boolean): Facts {
  const { purpose, ...rest } = someFacts();
  const given: Extended = { ...rest, purpose: { ...purpose, ...(trainsModels !== undefined && { trainsModels }) } };
  return given;
}

test('it may be written by hand, and nothing else under its name', () => {
  expect(model.read(facts(true))).toEqual(facts(true));
  expect(() => model.read({ ...facts(), purpose: { ...facts().purpose, trainsModels: 'ja' } })).toThrow(FactsFault);
  expect(() => factModel(FACTS).read(facts(true))).toThrow(FactsFault);
});

test('the JSON Schema names it in German, with what its absence means', () => {
  const schema = ruleset.factsSchema((path) => ruleset.meaning(path)) as {
    properties: { purpose: { properties: Record<string, object> } };
  };
  expect(schema.properties.purpose.properties.trainsModels).toEqual({
    type: 'boolean',
    description: 'Die Daten sollen ein Sprachmodell trainieren; fehlt: nein',
  });
});

test('a rule may ask it, once it has words, and no rule of a program that does not know it', () => {
  expect(model.paths['calc.trainsModels']).toEqual({ kind: 'boolean' });
  expect(() => law({ words: false })).toThrow('calc.trainsModels: hat keine Bedeutung auf Deutsch');
  expect(() => readRuleset(lawSources(), EVERYTHING, sha256, model)).not.toThrow();
});

test.each([
  [true, 'FORBID'],
  [false, 'PERMIT_OBL'],
  [undefined, 'PERMIT_OBL'],
])('%s is decided by the rule that asks: %s', (value, outcome) => {
  const decision = decide(ruleset, facts(value));
  expect(decision.outcome).toBe(outcome === 'FORBID' ? 'FORBID' : decide(ruleset, someFacts()).outcome);
  expect(decision.rules.includes('R-ZZZ-01')).toBe(value === true);
  expect(explain(ruleset, facts(value)).seen).toContainEqual({ path: 'calc.trainsModels', value: value === true });
});

test('neither yes nor no refuses', () => {
  expect(decide(ruleset, facts('nein' as never))).toMatchObject({ outcome: 'FORBID', rules: ['UNCLASSIFIED'] });
});

test('an alternative takes it back, in the words of the law book', () => {
  const [first] = suggestAlternatives(ruleset, facts(true)).suggestions;
  expect(first).toMatchObject({ changes: [{ kind: 'NOT', what: PATH }] });
  expect(first!.text).toBe('So ginge es sofort: ohne ein Sprachmodell damit zu trainieren.');
});

test('two facts that rules would ask under one name are refused', () => {
  expect(() => factModel({ ...TABLE, trainsModels: yesNo({ absent: true }) })).toThrow('calc.trainsModels');
});
