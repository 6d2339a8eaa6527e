import { carriedBy } from './carrying-bases';
import { columnOf, effectiveRef, type EvaluatedFacts, HOW, type KnownCodes, type Seen } from './derived-facts';
import { Fact, type FactOptions, Group, type Members, Rows } from './fact';
import type { Facts } from './facts';
import { answersIn } from './paths';

export interface CompiledFacts {
  /** the facts with `calc.*` beside them */
  evaluate(facts: Facts, codes: KnownCodes): EvaluatedFacts;
  /**
   * Freezes the facts where they stand, all the way down: what was decided upon is what the record shows. Costs a tenth
   * of a copy, and parts that are frozen already, as in a search over many similar facts, cost nothing.
   */
  seal(facts: Facts): Facts;
}

/**
 * Generates what runs before every decision from the table of facts, once: written out member by member, no walk over
 * the table at run time, and all evaluated facts of one shape to the engine. The text is made of names of the table
 * alone (paths.ts refuses others); values reach it as variables.
 */
export function compileFacts(facts: Members, derived: Members): CompiledFacts {
  const made: Made = { lists: [], tests: [] };
  const always = Object.keys(facts).filter((name) => !isOptional(facts[name]!));
  const calc = [
    `hasUnknownValue: ${unknownIn(facts, 'f', made)}`,
    ...Object.keys(derived).map(
      (name) =>
        `${name}: ${Object.hasOwn(HOW, name) ? `how.${name}(f, s, codes)` : SEEN.includes(name) ? `s.${name}` : `b.${name}`}`,
    ),
    ...answersIn(facts, derived).map(
      ({ name, path, absent }) => `${name}: f.${path} ${absent ? '!== false' : '=== true'}`,
    ),
  ];
  const source = `'use strict';
    const outside = (values, known) => {
      for (let i = 0; i < values.length; i++) if (!known[values[i]]) return true;
      return false;
    };
    const foreign = (values, known) => {
      for (let i = 0; i < values.length; i++) if (!known.has(values[i])) return true;
      return false;
    };
    const some = (list, test) => {
      for (let i = 0; i < list.length; i++) if (test(list[i])) return true;
      return false;
    };
    ${made.lists.map((_, at) => `const l${at} = lists[${at}];`).join(' ')}
    ${made.tests.map((test, at) => `const t${at} = (x) => ${test};`).join(' ')}
    return {
      evaluate(f, codes) {
        const s = { column: columnOf(f), personalRef: effectiveRef(f) };
        const b = carriedBy(f, s, codes.carrying);
        return { ${always.map((name) => `${name}: f.${name}`).join(', ')}, calc: { ${calc.join(', ')} } };
      },
      seal(f) {
        ${sealed(facts, 'f')}
        return Object.freeze(f);
      },
    };`;
  return new Function('lists', 'how', 'columnOf', 'effectiveRef', 'carriedBy', source)(
    made.lists,
    HOW,
    columnOf,
    effectiveRef,
    carriedBy,
  ) as CompiledFacts;
}

/** Worked out first; all else may look at them. */
const SEEN: readonly string[] = ['column', 'personalRef'] satisfies (keyof Seen)[];

/** What the generated text names: lists of known values, and tests of the entries of lists. */
interface Made {
  lists: Readonly<Record<string, true>>[];
  tests: string[];
}

const isOptional = (member: Members[string]): boolean =>
  member instanceof Rows ? false : 'absent' in (member.options as FactOptions);

/**
 * The test for a value outside its list. Types end where a database or a form begins: a word that no list knows would
 * slip past every rule that names others, and neither yes nor no is no answer.
 */
function unknownIn(members: Members, above: string, made: Made): string {
  const tests = Object.entries(members).flatMap(([name, member]): string[] => {
    const at = `${above}.${name}`;
    if (member instanceof Rows) {
      const test = unknownIn(member.members, 'x', made);
      return [`some(${at}, t${made.tests.push(test) - 1})`];
    }
    if (member instanceof Group) {
      const inner = unknownIn(member.members, at, made);
      return inner === 'false' ? [] : [member.options.absent ? `(${at} != null && ${inner})` : inner];
    }
    const test = unknownValue(member, at, made);
    if (!test) return [];
    const { options } = member;
    return [
      'absent' in options ? `(${at} != null && ${test})` : options.nullable ? `(${at} !== null && ${test})` : test,
    ];
  });
  return tests.length === 0 ? 'false' : `(${tests.join(' || ')})`;
}

function unknownValue({ kind, options }: Fact, at: string, { lists }: Made): string | null {
  switch (kind.kind) {
    case 'enum': {
      const known = Object.assign(
        Object.create(null) as Record<string, true>,
        Object.fromEntries(kind.values.map((value) => [value, true])),
      );
      const list = `l${lists.push(known) - 1}`;
      return kind.list ? `outside(${at}, ${list})` : `!${list}[${at}]`;
    }
    case 'boolean':
      return `typeof ${at} !== 'boolean'`;
    case 'code':
      return options.closed ? `foreign(${at}, codes.${kind.of})` : null;
    case 'number':
    case 'text':
      return null;
  }
}

function sealed(members: Members, above: string): string {
  return Object.entries(members)
    .flatMap(([name, member]): string[] => {
      const at = `${above}.${name}`;
      if (member instanceof Fact) return 'list' in member.kind ? [`Object.freeze(${at});`] : [];
      const inner =
        member instanceof Group
          ? sealed(member.members, at)
          : `for (let i = 0; i < ${at}.length; i++) Object.freeze(${at}[i]);`;
      const freeze = inner
        ? `if (!Object.isFrozen(${at})) { ${inner} Object.freeze(${at}); }`
        : `Object.freeze(${at});`;
      return [isOptional(member) ? `if (${at}) { ${freeze} }` : freeze];
    })
    .join('\n        ');
}
