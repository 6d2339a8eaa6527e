import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { someInputs } from '../../../../test/bench/policy/inputs';
import { runs } from '../../../../test/support/full';
import { law, lawSources } from '../../../../test/support/law';
import * as proof from '../../../../test/support/proof';
import { decide, type Facts, type Source } from '..';
import { plainFacts } from '../law/cases';
import * as derived from '../facts/derived-facts';
import * as fact from '../facts/fact';

const sources = lawSources();
const ruleset = law(sources);
const plain = plainFacts(sources, ruleset);
const translated = proof.translated(ruleset);
const cases = proof.factsOfCases(sources, ruleset);
const CHUNK = 4_000;

test('the formulas say of 100 000 generated facts what is decided: outcome, steps, obligations and rules', () => {
  for (let done = 0; done < 100_000; done += CHUNK)
    expect(proof.disagreements(translated, ruleset, someInputs(CHUNK, 1 + done / CHUNK, ruleset))).toEqual([]);
}, 300_000);

test('they say so of all cases of the law book', () => {
  expect(proof.disagreements(translated, ruleset, cases)).toEqual([]);
});

/** A law book from before whoever a processor works for had to confirm. */
const older = law(
  sources.map(({ file, content }): Source => {
    if (file !== 'rules/processing.yaml') return { file, content };
    const { rules, ...rest } = structuredClone(content) as { rules: { id: string }[] };
    return { file, content: { ...rest, rules: rules.filter(({ id }) => id !== 'R-AVV-02') } };
  }),
);
let made: Facts[];
let madeForOlder: Facts[];
beforeAll(() => {
  made = proof.solverMade(translated, plain, 1);
  madeForOlder = proof.solverMade(proof.translated(older), plain, 2);
}, 300_000);

test('they say so of facts that the solver made, which reach nearly every part of the law book', () => {
  expect(proof.disagreements(translated, ruleset, made)).toEqual([]);
  expect(proof.disagreements(proof.translated(older), older, madeForOlder)).toEqual([]);
  const reached = new Set(made.flatMap((facts) => decide(ruleset, facts).rules));
  const ids = new Set(ruleset.engine.variants.filter(({ kind }) => kind !== 'NOTE').map(({ id }) => id));
  expect([...ids].filter((id) => !reached.has(id)).length).toBeLessThan(ids.size / 8);
  expect(new Set(made.map((facts) => decide(ruleset, facts).outcome)).size).toBe(4);
});

test('a set of facts is one assignment, and an assignment a set of facts that is decided alike', () => {
  const { formulas, space } = translated;
  const { model, codes } = ruleset.engine.law;
  // of two numbers that are compared only the answer counts
  const numbers: string[] = Object.values(derived.COMPARED).flat();
  for (const facts of [...cases, ...someInputs(runs(1_200), 3, ruleset)]) {
    const told = (one: Facts) =>
      new Set(
        [...proof.assignmentOf(space, one, model.evaluate(one, codes).calc)].filter(
          (name) => !numbers.includes(name.split(' ')[0]!),
        ),
      );
    const holding = proof.assignmentOf(space, facts, model.evaluate(facts, codes).calc);
    const read = formulas.reader((variable) => (holding.has(variable) ? -1 : 0));
    for (const [path, { kind }] of space.domains)
      if (kind === 'one') expect([...space.one(path).values()].filter((when) => read(when) !== 0)).toHaveLength(1);
    const back = proof.factsOf(space, (formula) => read(formula) !== 0, plain);
    expect(told(back)).toEqual(told(facts));
    expect(decide(ruleset, back).rules).toEqual(decide(ruleset, facts).rules);
  }
});

/** The translator with one sentence of it changed. */
function mutant(file: string, from: string, to: string): typeof proof {
  const text = readFileSync(join(__dirname, `${file}.ts`), 'utf8');
  expect(text).toContain(from);
  const { code } = transformSync(text.replace(from, to), {
    filename: `${file}.ts`,
    module: { type: 'commonjs' },
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  });
  let loaded: typeof proof | undefined;
  jest.isolateModules(() => {
    jest.doMock('../facts/fact', () => fact);
    jest.doMock('../facts/derived-facts', () => derived);
    jest.doMock(`./${file}`, () => {
      const module = { exports: {} };
      new Function('require', 'module', 'exports', code)(require, module, module.exports);
      return module.exports;
    });
    loaded = jest.requireActual<typeof proof>('../../../../test/support/proof');
  });
  jest.dontMock(`./${file}`);
  return loaded!;
}

test.each([
  ['an emergency leaves the chain', 'conclusion-formula', '        -running,', ''],
  [
    'a step stays beside the one in its place',
    'conclusion-formula',
    'formulas.and(wanted.get(id)!, -formulas.or(...instead))',
    'wanted.get(id)!',
  ],
  ['a refusal does not win', 'conclusion-formula', '    -forbidden,', ''],
  [
    'what only tightens opens',
    'conclusion-formula',
    "when(({ kind }) => kind === 'PERMIT')",
    "when(({ kind }) => kind !== 'FORBID')",
  ],
  [
    'a processor needs nobody',
    'conclusion-formula',
    'formulas.and(open, -uninstructed, -nothing)',
    'formulas.and(open, -nothing)',
  ],
  [
    'nothing that is left is delivered',
    'conclusion-formula',
    'formulas.and(open, -uninstructed, -nothing)',
    'formulas.and(open, -uninstructed)',
  ],
  ['a licence on open data asks something', 'conclusion-formula', 'asksNothingOn.map((openness)', '[].map((openness)'],
  ['`in` asks for all', 'world', "op === 'in' ? formulas.or(...wanted)", "op === 'in' ? formulas.and(...wanted)"],
  ['`not` is not read', 'world', 'return -this.condition(condition.not)', 'return this.condition(condition.not)'],
  [
    'an answer left out counts as the milder one',
    'world',
    'answer.absent ? -(given.get(false) ?? FALSE)',
    '!answer.absent ? -(given.get(false) ?? FALSE)',
  ],
  ['a named basis carries whatever it is', 'world', 'found.get(what) ?? FALSE', '-FALSE'],
  [
    'an empty list holds something',
    'world',
    "if (op === 'eq') return -formulas.or(",
    "if (op === 'eq') return formulas.or(",
  ],
  ['only the first way is taken', 'explore', '} while (turned());', '} while (turned() && false);'],
  ['of two values the later wins', 'space', 'others = this.formulas.and(others, -variable);', ''],
])('a translator in which %s is found out', (_, file, from, to) => {
  const other = mutant(file, from, to);
  const found = [ruleset, older].flatMap((one) =>
    other.disagreements(other.translated(one), one, [...cases, ...(one === ruleset ? made : madeForOlder)], 1),
  );
  expect(found).not.toEqual([]);
});
