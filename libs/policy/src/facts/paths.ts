import { Fact, type FactKind, Group, type Members } from './fact';

/** Every path a rule may name, and what it holds. */
export type Paths = Readonly<Record<string, FactKind>>;

/** A yes/no fact that can be left out: rules ask it under `calc.<name>`. */
export interface Answer {
  name: string;
  path: string;
  /** what its absence counts as */
  absent: boolean;
}
/** A yes that the applicant may take back. */
export interface Withdrawable {
  /** where the fact stands */
  path: string;
  /** how rules ask for it */
  asked: string;
}

/** The facts of a table with their paths; of groups that may be missing and of lists only rows know the members. */
export function factsIn(members: Members, above = ''): { path: string; name: string; fact: Fact }[] {
  return Object.entries(members).flatMap(([name, member]) => {
    // names become part of generated code
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new Error(`\`${name}\` can not be the name of a fact`);
    const path = `${above}${name}`;
    if (member instanceof Fact) return [{ path, name, fact: member }];
    return member instanceof Group && !member.options.absent ? factsIn(member.members, `${path}.`) : [];
  });
}

/** Yes/no facts that can be left out, by table order. Throws when two would be asked under one name. */
export function answersIn(facts: Members, derived: Members): Answer[] {
  const answers = factsIn(facts).flatMap(({ path, name, fact: { kind, options } }): Answer[] =>
    kind.kind === 'boolean' && typeof options.absent === 'boolean' ? [{ name, path, absent: options.absent }] : [],
  );
  const names = [...Object.keys(derived), ...answers.map(({ name }) => name)];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`two facts would be asked as \`calc.${twice}\``);
  return answers;
}

/** What rules may ask: the facts that are always there, what is worked out, and the answers that can be left out. */
export function pathsOf(facts: Members, derived: Members): Paths {
  const always = factsIn(facts).filter(({ fact: { options } }) => options.asked !== false && !('absent' in options));
  return Object.fromEntries([
    ...always.map(({ path, fact }): [string, FactKind] => [path, fact.kind]),
    ...factsIn(derived, 'calc.').map(({ path, fact }): [string, FactKind] => [path, fact.kind]),
    ...answersIn(facts, derived).map(({ name }): [string, FactKind] => [`calc.${name}`, { kind: 'boolean' }]),
  ]);
}

/** Every path of the table, groups and members of list entries included, and what is worked out. */
export function kindsIn(facts: Members, derived: Members): ReadonlyMap<string, FactKind | null> {
  const walk = (members: Members, above: string): [string, FactKind | null][] =>
    Object.entries(members).flatMap(([name, member]): [string, FactKind | null][] =>
      member instanceof Fact
        ? [[`${above}${name}`, member.kind]]
        : [[`${above}${name}`, null], ...walk(member.members, `${above}${name}.`)],
    );
  return new Map([...Object.entries(pathsOf(facts, derived)), ...walk(facts, '')]);
}

/**
 * What a rule may ask that can change with the facts at these paths: they themselves, as rules ask them, and what is
 * worked out from them, also from what is worked out.
 */
export function askedThrough(facts: Members, derived: Members, changed: readonly string[]): string[] {
  const paths = Object.keys(pathsOf(facts, derived));
  const answers = answersIn(facts, derived);
  const workedOut = factsIn(derived, 'calc.');
  const meets = (one: string, other: string): boolean =>
    one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
  const reached = new Set(changed);
  const isReached = (path: string): boolean => [...reached].some((one) => meets(path, one));
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { path, fact } of workedOut) if (fact.options.from?.some(isReached)) reached.add(path);
  }
  return [
    ...paths.filter((path) => isReached(path)),
    ...answers.filter(({ path }) => isReached(path)).map(({ name }) => `calc.${name}`),
  ];
}

export function withdrawableIn(facts: Members): Withdrawable[] {
  return factsIn(facts)
    .filter(({ fact }) => fact.options.withdrawable)
    .map(({ path, name, fact }) => ({ path, asked: 'absent' in fact.options ? `calc.${name}` : path }));
}
