import { caseOf, plainFacts, type Principle, Prover, type Verdict } from '#lib/policy';
import { stringify } from 'yaml';
import type { ReadLaw } from './law-folder';
import { UsageFault } from './usage-fault';

export interface ProvedPrinciple {
  id: string;
  sentence: string;
  source: string;
  verdict: Verdict['kind'];
  milliseconds: number;
  /** of one that holds: size of the proof, and whether the separate checker accepts it */
  proof: { clauses: number; steps: number; accepted: boolean } | null;
  /** of one that is broken: the plainest exchange, or two, as cases of the law book */
  counterexample: { cases: Record<string, unknown>[]; confirmed: boolean } | null;
  exceptions: readonly string[];
}
export interface ProofReport {
  law: string;
  hash: string;
  /** all hold, and every proof is accepted */
  ok: boolean;
  milliseconds: number;
  principles: ProvedPrinciple[];
}

/** Proves the principles of a law book, or the one that is named. What the law says counts, whatever is built. */
export function prove({ name, ruleset, sources }: ReadLaw, only?: string): ProofReport {
  const { list } = ruleset.principles;
  const chosen = only ? list.filter(({ text }) => text.id === only) : list;
  if (chosen.length === 0)
    throw new UsageFault(only ? `Einen Leitsatz \`${only}\` gibt es nicht.` : `In \`${name}\` stehen keine Leitsätze.`);
  const begun = performance.now();
  const plain = plainFacts(sources, ruleset);
  const prover = new Prover(ruleset, plain);
  const principles = chosen.map((principle): ProvedPrinciple => {
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
              accepted: verdict.checked,
            }
          : null,
      counterexample:
        verdict.kind === 'REFUTED'
          ? {
              cases: casesOf(principle, verdict.counter).map(({ called, facts }) =>
                caseOf(called, facts, plain, ruleset),
              ),
              confirmed: verdict.counter.confirmed,
            }
          : null,
      exceptions: except.map(({ because }) => because),
    };
  });
  return {
    law: name,
    hash: ruleset.hash,
    ok: principles.every(({ verdict, proof }) => verdict === 'HOLDS' && proof!.accepted),
    milliseconds: Math.round(performance.now() - begun),
    principles,
  };
}

function casesOf({ text: { id } }: Principle, { facts, second }: Extract<Verdict, { kind: 'REFUTED' }>['counter']) {
  const first = { called: `Gegenbeispiel zu Leitsatz ${id}`, facts };
  return second
    ? [
        { ...first, called: `${first.called}, vorher` },
        { called: `${first.called}, nachher`, facts: second },
      ]
    : [first];
}

export function* proofLines(report: ProofReport): Generator<string> {
  yield `${report.principles.length} Leitsätze, Regelwerk ${report.law} (${report.hash.slice(0, 12)}), bewiesen über alle Anfragen, die es geben kann`;
  for (const one of report.principles) {
    const { id, sentence, verdict, proof, milliseconds, counterexample, exceptions } = one;
    if (proof)
      yield `  ${id} ${proof.accepted ? 'bewiesen' : 'BEWEIS NICHT ANERKANNT'}: ${sentence} [${proof.clauses} Klauseln, ${proof.steps} Beweisschritte${proof.accepted ? ', unabhängig nachgeprüft' : ''}; ${milliseconds} ms]`;
    if (verdict === 'EMPTY')
      yield `  ${id} LEER: ${sentence} – Es gibt keine Anfrage, von der dieser Leitsatz spricht.`;
    if (counterexample) {
      yield `  ${id} WIDERLEGT: ${sentence} [${milliseconds} ms]`;
      yield `    Kleinstes Gegenbeispiel${counterexample.confirmed ? ', von der Entscheidung bestätigt' : ', von der Entscheidung NICHT bestätigt'}, als Fall:`;
      yield* indented(stringify(counterexample.cases, { lineWidth: 110 }), '      ');
    }
    for (const because of exceptions) yield `      Ausnahme: ${because}`;
  }
  const broken = report.principles.filter(({ verdict }) => verdict !== 'HOLDS').map(({ id }) => id);
  yield broken.length === 0
    ? `Alle Leitsätze gelten (${report.milliseconds} ms).`
    : `${broken.length} von ${report.principles.length} gelten nicht: ${broken.join(', ')} (${report.milliseconds} ms).`;
}

const indented = (text: string, by: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => by + line);
