import {
  compareOverAll,
  type Counter,
  EVERYTHING,
  type Facts,
  idleIn,
  type KindOfDifference,
  plainFacts,
  type Principle,
  Prover,
  readRuleset,
  type Ruleset,
  RulesetFault,
  type Source,
} from '#lib/policy';
import { sha256 } from '../sha256';
import { shown } from './case-in-german';
import type { LawDifference, ProofReport, ProvedPrinciple, ShownDifference } from './proof.view';

/** What is to be proved: files of a law book as data, so that they can be handed to a thread. */
export interface ProofOrder {
  law: readonly Source[];
  /** the law in force, which is compared with; null: this is the one */
  before: readonly Source[] | null;
  /** principles of the law in force, by name, that this text changes or leaves out */
  former: readonly string[];
  idle: boolean;
}

/** A law book that is read, and the files it was read from. */
export interface ReadText {
  ruleset: Ruleset;
  sources: readonly Source[];
}

const PRINCIPLES = 'principles.yaml';

/**
 * Proves a law book: its principles, those of the law in force that it gives up, what it decides otherwise, and what of it
 * does nothing. What the law says counts, whatever is built. Pure and synchronous, seconds to minutes: for a thread of its
 * own or the command line.
 */
export function proveLaw({ law, before, former, idle }: ProofOrder): ProofReport {
  const begun = performance.now();
  const read = (sources: readonly Source[]): ReadText => ({
    ruleset: readRuleset(sources, EVERYTHING, sha256),
    sources,
  });
  const text = read(law);
  return {
    principles: provePrinciples(text, text.ruleset.principles.list),
    former: former.length > 0 && before ? proveFormer(law, before, former, read) : [],
    difference: before && differenceOf(read(before), text),
    idle: idle ? idlePartsOf(text.ruleset) : null,
    milliseconds: Math.round(performance.now() - begun),
  };
}

function idlePartsOf(ruleset: Ruleset): ProofReport['idle'] {
  const { rules, proven, never } = idleIn(ruleset);
  return { rules: [...rules], proven, never: never.map(({ id, steps }) => ({ id, steps: [...steps] })) };
}

export function provePrinciples({ ruleset, sources }: ReadText, chosen: readonly Principle[]): ProvedPrinciple[] {
  if (chosen.length === 0) return [];
  const plain = plainFacts(sources, ruleset);
  const prover = new Prover(ruleset, plain);
  return chosen.map((principle): ProvedPrinciple => {
    const from = performance.now();
    const verdict = prover.prove(principle);
    const { id, sentence, source, except = [] } = principle.text;
    return {
      id,
      sentence,
      source,
      verdict: verdict.kind,
      milliseconds: Math.round(performance.now() - from),
      proof:
        verdict.kind === 'HOLDS'
          ? {
              clauses: verdict.proof.clauses.length,
              steps: verdict.proof.lemmas.length,
              sha256: sha256(JSON.stringify([verdict.proof.clauses, verdict.proof.lemmas, verdict.proof.claim])),
              accepted: verdict.checked,
            }
          : null,
      counterexample:
        verdict.kind === 'REFUTED'
          ? {
              cases: exchangesOf(id, verdict.counter).map(({ name, facts }) => shown(name, facts, plain, ruleset)),
              confirmed: verdict.counter.confirmed,
            }
          : null,
      exceptions: except.map(({ because }) => because),
    };
  });
}

function exchangesOf(id: string, { facts, second }: Counter): { name: string; facts: Facts }[] {
  const name = `Gegenbeispiel zu Leitsatz ${id}`;
  if (!second) return [{ name, facts }];
  return [
    { name: `${name}, vorher`, facts },
    { name: `${name}, nachher`, facts: second },
  ];
}

/** A principle as it stood, of the new text. One that names what the new text no longer knows can not be read with it. */
function proveFormer(
  law: readonly Source[],
  before: readonly Source[],
  former: readonly string[],
  read: (sources: readonly Source[]) => ReadText,
): ProvedPrinciple[] {
  const files = (all: readonly Source[], principles: boolean) =>
    all.filter(({ file }) => (file === PRINCIPLES) === principles);
  try {
    const text = read([...files(law, false), ...files(before, true)]);
    return provePrinciples(
      text,
      text.ruleset.principles.list.filter(({ text: { id } }) => former.includes(id)),
    );
  } catch (error) {
    if (error instanceof RulesetFault) return [];
    throw error;
  }
}

type Direction = ShownDifference['direction'];
const STRICTNESS = { PERMIT: 0, PERMIT_OBL: 1, APPROVAL: 2, FORBID: 3 } as const;

/** What one law book decides otherwise than another, over all exchanges there can be: every kind, for whom, one example. */
export function differenceOf(from: ReadText, to: ReadText): LawDifference {
  const plain = plainFacts(from.sources, from.ruleset);
  const { kinds, equal } = compareOverAll(from.ruleset, to.ruleset, plain);
  return {
    equal: equal && { accepted: equal.checked },
    kinds: kinds.map(({ facts, columns, ...kind }, at) => ({
      ...kind,
      direction: directionOf(kind),
      told: inWords(kind, to.ruleset),
      whom: columns.map((column) => to.ruleset.label('consumer', column)),
      example: shown(`Beispiel ${at + 1}, nach dem neuen Regelwerk`, facts, plain, to.ruleset),
    })),
  };
}

type Kind = Pick<KindOfDifference, 'what' | 'was' | 'is' | 'name' | 'comes'>;

function directionOf({ what, was, is, comes }: Kind): Direction {
  if (what !== 'OUTCOME') return comes ? 'STRICTER' : 'LOOSER';
  if (was === 'FORBID') return 'OPENS';
  if (is === 'FORBID') return 'CLOSES';
  return STRICTNESS[is] > STRICTNESS[was] ? 'STRICTER' : 'LOOSER';
}

function inWords({ what, was, is, name, comes }: Kind, ruleset: Ruleset): string {
  const outcome = (code: string) => ruleset.label('outcome', code);
  switch (what) {
    case 'OUTCOME':
      return `vorher „${outcome(was)}“, nachher „${outcome(is)}“`;
    case 'STEP':
      return `Bei „${outcome(is)}“ ${comes ? 'kommt der Schritt dazu' : 'fällt der Schritt weg'}: ${ruleset.steps.find(({ id }) => id === name)?.name ?? name}`;
    case 'OBLIGATION':
      return `Bei „${outcome(is)}“ ${comes ? 'kommt die Auflage dazu' : 'fällt die Auflage weg'}: ${ruleset.obligation(name!)?.name ?? name}`;
    case 'PARAMETER':
      return `Bei „${outcome(is)}“ sagt eine Regel ${comes ? 'neu' : 'nicht mehr'}: ${name}`;
  }
}
