import { COMPARED, HOW } from '../facts/derived-facts';
import { Fact, Group, type Members, Rows } from '../facts/fact';
import type { Facts } from '../facts/facts';
import type { Formula } from './formula';
import { type Domain, type Entry, type FactSpace, type One, SOME_TEXT } from './space';

/** Whether a formula holds of the facts that are looked for. */
export type Holds = (formula: Formula) => boolean;

/** The facts of an answer. `plain`: ordinary facts, whose numbers and texts are taken wherever they say the same. */
export function factsOf(space: FactSpace, holds: Holds, plain: Facts): Facts {
  const facts = membersOf(space, space.members, '', holds, plain) as unknown as Facts;
  const compared = (name: keyof typeof COMPARED): One => valueOf(space.one(`calc.${name}`), holds);
  const retention = compared('retention');
  if (worked('retention', facts) !== retention) {
    facts.retentionDays = retention === 'MISSING' ? null : 400;
    facts.product.maxRetentionDays = retention === 'TOO_LONG' ? 30 : null;
  }
  if (facts.keepableDays !== undefined && worked('outlivesGround', facts) !== compared('outlivesGround'))
    facts.keepableDays = (facts.retentionDays ?? 1) - (compared('outlivesGround') ? 1 : 0);
  if (worked('longerThanOffered', facts) !== compared('longerThanOffered'))
    facts.product.maxDays = compared('longerThanOffered') ? null : MANY_DAYS;
  return facts;
}

const MANY_DAYS = 10_000;
/** Of these three only the facts matter. */
const worked = (name: keyof typeof COMPARED, facts: Facts): unknown => (HOW[name] as (facts: Facts) => unknown)(facts);

const valueOf = (values: ReadonlyMap<One, Formula>, holds: Holds): One =>
  [...values].find(([, when]) => holds(when))![0];

function membersOf(space: FactSpace, members: Members, above: string, holds: Holds, plain: unknown): object {
  const entries = Object.entries(members).flatMap(([name, member]): [string, unknown][] => {
    const path = `${above}${name}`;
    const usual = (plain as Record<string, unknown> | undefined)?.[name];
    const value = memberOf(space, member, path, holds, usual);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

function memberOf(space: FactSpace, member: Members[string], path: string, holds: Holds, usual: unknown): unknown {
  if (member instanceof Group) {
    if (member.options.absent && !holds(space.one(path).get(true)!)) return undefined;
    return membersOf(space, member.members, `${path}.`, holds, usual);
  }
  const domain = space.domains.get(path)!;
  if (domain.kind === 'one') return spoken(member as Fact, domain.values, valueOf(space.one(path), holds), usual);
  if (!holds(space.there(path))) return undefined;
  const held = domain.words.filter((word) => holds(space.has(path, word)));
  if (member instanceof Rows) return namedEntries(held as Entry[], (usual ?? []) as readonly Entry[]);
  return held.includes(SOME_TEXT) && Array.isArray(usual) && usual.length > 0 ? usual : held;
}

/** Those that do not say whether they can be masked come first: all are read by the first. */
const namedEntries = (entries: readonly Entry[], usual: readonly Entry[]): object[] =>
  [...entries]
    .sort((a, b) => Number(a.maskable !== undefined) - Number(b.maskable !== undefined))
    .map(({ maskable, ...entry }, at) => ({
      name:
        usual.find((one) => Object.entries(entry).every(([key, value]) => one[key] === value))?.name ??
        `feld_${at + 1}`,
      ...entry,
      ...(maskable !== undefined && { maskable }),
    }));

/** A value as a person would write it: of all numbers and texts that say the same, the usual one. */
function spoken({ kind }: Fact, values: readonly One[], value: One, usual: unknown): One {
  if (kind.kind === 'text') return value === SOME_TEXT && typeof usual === 'string' && usual !== '' ? usual : value;
  if (typeof value !== 'number') return value;
  const next = values.find((one): one is number => typeof one === 'number' && one > value) ?? Number.MAX_SAFE_INTEGER;
  if (typeof usual === 'number' && usual >= value && usual < next) return usual;
  return value === Number.MIN_SAFE_INTEGER ? Math.min(next - 1, 0) : value;
}

/** Whether a list and its words are as in these facts, or a single fact has the same value, part by part. */
export function sameParts(space: FactSpace, path: string, domain: Domain, holds: Holds): Formula[] {
  if (domain.kind === 'one') return [space.one(path).get(valueOf(space.one(path), holds))!];
  const there = space.there(path);
  return [there, ...domain.words.map((word) => space.has(path, word))].map((one) => (holds(one) ? one : -one));
}
