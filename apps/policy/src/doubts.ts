import { decide, type Decision, type Facts, factsJsonSchema, OUTCOME, type Ruleset } from '#lib/policy';

/** A fact that was not written although the answer would be stricter with another value. */
export interface Doubt {
  fact: string;
  /** what was taken instead; null when the fact counts as not there */
  taken: unknown;
  /** the value that would change the answer, and what the answer would be */
  other: unknown;
  outcome: Decision['outcome'];
}

interface Json {
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Json>;
  items?: Json;
}

/** Tries every fact that was left out at its other values. What does not change the answer for the worse is left out here too. */
export function doubts(ruleset: Ruleset, written: unknown, facts: Facts): Doubt[] {
  const before = decide(ruleset, structuredClone(facts)).outcome;
  const found: Doubt[] = [];
  const walk = (schema: Json, given: unknown, read: unknown, path: string[]): void => {
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      const here = [...path, key];
      const [said, taken] = [memberOf(given, key), memberOf(read, key)];
      if (inner.properties && here.join('.') !== 'emergency') walk(inner, said, taken, here);
      else if (said === undefined) attempt(here, inner, taken);
    }
  };
  const attempt = (path: string[], schema: Json, taken: unknown): void => {
    const worst = alternatives(ruleset, path.join('.'), schema)
      .filter((other) => JSON.stringify(other) !== JSON.stringify(taken))
      .map((other): Doubt => ({
        fact: path.join('.'),
        taken: taken ?? null,
        other,
        outcome: decide(ruleset, changed(facts, path, other)).outcome,
      }))
      .filter(({ outcome }) => OUTCOME.indexOf(outcome) > OUTCOME.indexOf(before))
      .sort((a, b) => OUTCOME.indexOf(b.outcome) - OUTCOME.indexOf(a.outcome))[0];
    if (worst) found.push(worst);
  };
  walk(
    factsJsonSchema(() => undefined),
    written,
    facts,
    [],
  );
  return found;
}

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

function alternatives(ruleset: Ruleset, path: string, { type, enum: values, items }: Json): unknown[] {
  if (type === 'boolean') return [true, false];
  if (values) return values;
  if (path === 'product.themes') return ruleset.vocabulary.themes.map(({ code }) => [code]);
  return type === 'array' && items?.enum ? items.enum.map((one) => [one]) : [];
}

function changed(facts: Facts, path: readonly string[], value: unknown): Facts {
  const copy = structuredClone(facts) as unknown as Record<string, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) {
    // a group that was left out as a whole says nothing that could be otherwise
    if (typeof at[key] !== 'object') return facts;
    at = at[key] as Record<string, unknown>;
  }
  at[path.at(-1)!] = value;
  return copy as unknown as Facts;
}
