import { FALSE, type Formula, type Formulas, TRUE } from './formula';
import { type Holds, sameParts } from './facts-of';
import type { Question } from './question';
import type { Domain, FactSpace } from './space';

/**
 * Of all answers to a question one that departs from ordinary facts as little as possible: every fact in turn is taken as
 * usual wherever an answer is left with it, in several orders; the one with the fewest departures is given. The question
 * must have an answer under `asked`. `usual`: the variables that hold for ordinary facts.
 */
export function smallest(
  question: Question,
  formulas: Formulas,
  spaces: readonly FactSpace[],
  usual: ReadonlySet<string>,
  asked: readonly Formula[],
): Holds {
  const isUsual = (variable: string): boolean => usual.has(variable.replace(/ '$/, ''));
  const plain = readBy(formulas, isUsual);
  // what nothing asked speaks of is as usual
  const answered = (): Holds => readBy(formulas, (variable) => question.answer(variable) ?? isUsual(variable));
  const touched = spaces.flatMap((space) =>
    [...space.domains]
      .filter(([path]) => space.variables(path).some((name) => question.answer(name) !== undefined))
      .map(([path, domain]) => ({
        odd: canBeLeftOut(domain),
        parts: sameParts(space, path, domain, plain),
        // whoever writes a case can not leave out what has a default
        said: domain.kind === 'one' ? -(space.one(path).get(undefined) ?? FALSE) : TRUE,
      })),
  );
  const wishesOf = (facts: typeof touched): Formula[] =>
    facts.flatMap(({ parts, said }) => [formulas.and(...parts), said, ...(parts.length > 1 ? parts : [])]);
  // what is seldom said is given up last
  const [odd, common] = [touched.filter((one) => one.odd), touched.filter((one) => !one.odd)].map(wishesOf);
  let best: { departures: number; holds: Holds } | undefined;
  for (const order of [
    [...odd!, ...common!],
    [...odd!, ...[...common!].reverse()],
  ]) {
    const kept = [...asked];
    let departures = 0;
    question.can(...kept);
    let holds = answered();
    for (const wish of order) {
      if (holds(wish)) kept.push(wish);
      else if (question.can(...kept, wish)) {
        kept.push(wish);
        holds = answered();
      } else departures++;
    }
    if (!best || departures < best.departures) best = { departures, holds };
  }
  return best!.holds;
}

const canBeLeftOut = (domain: Domain): boolean =>
  domain.kind === 'one' ? domain.values.includes(undefined) : domain.optional;

function readBy(formulas: Formulas, holds: (variable: string) => boolean): Holds {
  const read = formulas.reader((variable) => (holds(variable) ? -1 : 0));
  return (formula) => read(formula) !== 0;
}
