import type { z } from 'zod';
import { type CompiledFacts, compileFacts } from './compile-facts';
import { DERIVED } from './derived-facts';
import type { FactKind, Members } from './fact';
import { type Facts, FACTS } from './facts';
import { jsonSchemaOf, readerOf, shapeOf } from './facts.schema';
import {
  answersIn,
  type Answer,
  askedThrough,
  kindsIn,
  type Paths,
  pathsOf,
  type Withdrawable,
  withdrawableIn,
} from './paths';

/** Everything that follows from one table of facts. */
export interface FactModel extends CompiledFacts {
  /** the table itself */
  table: Members;
  /** what a rule may ask */
  paths: Paths;
  /** every path that may have a German word, and what it holds; null for groups and lists of entries */
  known: ReadonlyMap<string, FactKind | null>;
  answers: readonly Answer[];
  withdrawable: readonly Withdrawable[];
  /** What a rule may ask that can change with the facts at these paths (or groups), what is worked out from them included. */
  askedThrough(...changed: string[]): readonly string[];
  /** Reads facts from outside. Throws FactsFault naming every fault. */
  read(written: unknown): Facts;
  /** JSON Schema of the facts; `meaning` gives the German words for a path. */
  jsonSchema(meaning: (path: string) => string | undefined): Record<string, unknown>;
}

export function factModel(facts: Members): FactModel {
  const through = new Map<string, readonly string[]>();
  return {
    table: facts,
    ...compileFacts(facts, DERIVED),
    paths: pathsOf(facts, DERIVED),
    known: kindsIn(facts, DERIVED),
    answers: answersIn(facts, DERIVED),
    withdrawable: withdrawableIn(facts),
    askedThrough(...changed) {
      const known = through.get(changed.join()) ?? askedThrough(facts, DERIVED, changed);
      through.set(changed.join(), known);
      return known;
    },
    read: readerOf(facts),
    jsonSchema: jsonSchemaOf(facts),
  };
}

/** The facts of this program. */
export const MODEL = factModel(FACTS);
/** Facts as a decision was taken on, for answers that hold them. */
export const factsSchema = shapeOf(FACTS) as unknown as z.ZodType<Facts>;
export const { evaluate: evaluateFacts, read: readFacts, jsonSchema: factsJsonSchema } = MODEL;
