// What is worked out says from which facts; the search for alternatives goes by it. Tried on facts with one part exchanged.
import { law } from '../../../../test/support/law';
import { someInputs } from '../../../../test/bench/policy/inputs';
import { DERIVED } from './derived-facts';
import { type Fact, Group, type Members } from './fact';
import { evaluateFacts, MODEL } from './fact-model';
import { FACTS } from './facts';

const ruleset = law();
const { codes } = ruleset.engine.law;
const inputs = someInputs(3_000, 20_261_130, ruleset);

/** Every fact; groups that can be missing and lists of entries as a whole. */
const leaves = (members: Members, above = ''): string[] =>
  Object.entries(members).flatMap(([name, member]) =>
    member instanceof Group && !member.options.absent
      ? leaves(member.members, `${above}${name}.`)
      : [`${above}${name}`],
  );
const PATHS = leaves(FACTS);

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((now, name) => (now as Record<string, unknown>)[name], value);
const withValue = (facts: object, [name, ...rest]: string[], value: unknown): object => ({
  ...facts,
  [name!]: rest.length === 0 ? value : withValue((facts as Record<string, object>)[name!]!, rest, value),
});

test('a value changes only with the facts it says it is worked out from', () => {
  const undeclared = new Set<string>();
  for (const [index, facts] of inputs.entries()) {
    const other = inputs[(index + 1) % inputs.length]!;
    const { calc } = evaluateFacts(facts, codes);
    for (const path of PATHS) {
      const value = at(other, path);
      if (JSON.stringify(value) === JSON.stringify(at(facts, path))) continue;
      const changed = evaluateFacts(withValue(facts, path.split('.'), value) as typeof facts, codes).calc;
      for (const name of Object.keys(DERIVED) as (keyof typeof DERIVED)[])
        if (JSON.stringify(changed[name]) !== JSON.stringify(calc[name]))
          if (!MODEL.askedThrough(path).includes(`calc.${name}`)) undeclared.add(`${name}: ${path}`);
    }
  }
  expect([...undeclared]).toEqual([]);
});

test('it names facts that exist, and each at least one', () => {
  for (const [name, { options }] of Object.entries<Fact>(DERIVED)) {
    const { from = [] } = options;
    expect([name, from.length > 0]).toEqual([name, true]);
    for (const path of from)
      expect([path, MODEL.known.has(path) || Object.hasOwn(DERIVED, path.replace('calc.', ''))]).toEqual([path, true]);
  }
});

test('a fact reaches rules as it is asked, and through what is worked out from what is worked out', () => {
  expect(MODEL.askedThrough('product.strictestPart')).toEqual(
    expect.arrayContaining(['calc.personalRef', 'calc.c', 'calc.carriedBy', 'calc.finerThanOffered', 'calc.masked']),
  );
  expect(MODEL.askedThrough('consumer')).toEqual(expect.arrayContaining(['consumer.kind', 'calc.salesArm', 'calc.c']));
  expect(MODEL.askedThrough('insistsOnFields')).toEqual(['insistsOnFields']);
});
