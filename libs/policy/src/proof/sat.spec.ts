import fc from 'fast-check';
import { runs } from '../../../../test/support/full';
import { proves } from './check';
import { Formulas, type Formula } from './formula';
import { Question } from './question';
import { type Clause, Solver } from './sat';

const MOST = 9;
const literal = fc.integer({ min: 1, max: MOST }).chain((one) => fc.constantFrom(one, -one));
const clause = fc.array(literal, { minLength: 1, maxLength: 3 });
const clauses = fc.array(clause, { minLength: 1, maxLength: 45 });

const holdsUnder = (bits: number, one: number): boolean => ((bits >> (Math.abs(one) - 1)) & 1) === (one > 0 ? 1 : 0);
const satisfied = (given: readonly Clause[], bits: number): boolean =>
  given.every((one) => one.some((lit) => holdsUnder(bits, lit)));
/** Every assignment there is, tried. */
const byForce = (given: readonly Clause[]): boolean =>
  Array.from({ length: 2 ** MOST }, (_, bits) => bits).some((bits) => satisfied(given, bits));

function solverOf(given: readonly Clause[]): Solver {
  const solver = new Solver();
  given.forEach((one) => solver.add(one));
  return solver;
}
const answerOf = (solver: Solver): number =>
  Array.from({ length: MOST }, (_, at) => (solver.holds(at + 1) ? 1 << at : 0)).reduce((a, b) => a | b, 0);

test('says of small sets of clauses what trying everything says, and gives an answer that holds or a proof that is accepted', () => {
  const answers = { yes: 0, no: 0 };
  fc.assert(
    fc.property(clauses, (given) => {
      const solver = solverOf(given);
      const can = solver.solve();
      answers[can ? 'yes' : 'no']++;
      expect(can).toBe(byForce(given));
      if (can) expect(satisfied(given, answerOf(solver))).toBe(true);
      else expect(proves(given, solver.lemmas, [])).toBe(true);
    }),
    { numRuns: runs(6_000) },
  );
  expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(100);
});

test('answers one question after the other, each under its own assumptions and with clauses that come in between', () => {
  fc.assert(
    fc.property(
      clauses,
      fc.array(fc.tuple(fc.array(literal, { maxLength: 4 }), clause), { maxLength: 6 }),
      (given, asked) => {
        const solver = solverOf(given);
        const all: Clause[] = [...given];
        for (const [assumed, more] of asked) {
          const can = solver.solve(assumed);
          expect(can).toBe(byForce([...all, ...assumed.map((one) => [one])]));
          if (!can)
            expect(
              proves(
                all,
                solver.lemmas,
                assumed.map((one) => -one),
              ),
            ).toBe(true);
          solver.add(more);
          all.push(more);
        }
      },
    ),
    { numRuns: runs(3_000) },
  );
});

/** So many pigeons do not fit into one hole less: hard without learning. */
function pigeons(holes: number): Clause[] {
  const sits = (pigeon: number, hole: number) => pigeon * holes + hole + 1;
  const every = Array.from({ length: holes + 1 }, (_, one) => one);
  return [
    ...every.map((pigeon) => Array.from({ length: holes }, (_, hole) => sits(pigeon, hole))),
    ...Array.from({ length: holes }, (_, hole) =>
      every.flatMap((a) => every.filter((b) => b > a).map((b) => [-sits(a, hole), -sits(b, hole)])),
    ).flat(),
  ];
}

test('finds that seven pigeons do not sit in six holes, with a proof', () => {
  const given = pigeons(6);
  const solver = solverOf(given);
  expect(solver.solve()).toBe(false);
  expect(solver.lemmas.length).toBeGreaterThan(10);
  expect(proves(given, solver.lemmas, [])).toBe(true);
});

test('a proof with a step left out, turned or made up is not accepted', () => {
  const given = pigeons(4);
  const solver = solverOf(given);
  solver.solve();
  const { lemmas } = solver;
  expect(proves(given, lemmas, [])).toBe(true);
  expect(proves(given, [], [])).toBe(false);
  expect(proves(given, [[1]], [])).toBe(false);
  expect(proves(given, [[1], ...lemmas], [])).toBe(false);
  expect(proves(given.slice(1), lemmas, [])).toBe(false);
  expect(proves(given.slice(1), [...lemmas, []], [])).toBe(false);
});

test('formulas become clauses that say the same, whatever they are made of', () => {
  const formulas = new Formulas();
  const names = ['a', 'b', 'c', 'd', 'e'];
  const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(...names).map((name) => formulas.variable(name)),
      tie('formula').map((one) => -one),
      fc.array(tie('formula'), { maxLength: 4 }).map((parts) => formulas.and(...parts)),
      fc.array(tie('formula'), { maxLength: 4 }).map((parts) => formulas.or(...parts)),
      fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => formulas.same(a, b)),
    ),
  }));
  fc.assert(
    fc.property(formula, formula, (required, asked) => {
      const question = new Question(formulas);
      question.require(required);
      // 32 assignments of five variables at once
      const read = formulas.reader((name) =>
        Array.from({ length: 32 }, (_, at) => ((at >> names.indexOf(name)) & 1) << at).reduce((x, y) => x | y, 0),
      );
      const both = read(required) & read(asked);
      expect(question.can(asked)).toBe(both !== 0);
      if (both === 0) return;
      const found = names.reduce((sum, name, at) => sum | ((question.answer(name) ? 1 : 0) << at), 0);
      expect((both >>> found) & 1).toBe(1);
    }),
    { numRuns: runs(4_000) },
  );
});
