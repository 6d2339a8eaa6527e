import { provePrinciples, type ProvedPrinciple, withCases } from '#lib/rulebook';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { ReadLaw } from './law-folder';
import { UsageFault } from './usage-fault';

export interface ProofReport {
  law: string;
  hash: string;
  /** all hold, and every proof is accepted */
  ok: boolean;
  milliseconds: number;
  principles: ProvedPrinciple[];
}

/** Proves the principles of a law book, or the one that is named. What the law says counts, whatever is built. */
export function prove(law: ReadLaw, only?: string): ProofReport {
  const { name, ruleset } = law;
  const { list } = ruleset.principles;
  const chosen = only ? list.filter(({ text }) => text.id === only) : list;
  if (chosen.length === 0)
    throw new UsageFault(only ? `Einen Leitsatz \`${only}\` gibt es nicht.` : `In \`${name}\` stehen keine Leitsätze.`);
  const begun = performance.now();
  const principles = provePrinciples(law, chosen);
  return {
    law: name,
    hash: ruleset.hash,
    ok: principles.every(({ verdict, proof }) => verdict === 'HOLDS' && proof!.accepted),
    milliseconds: Math.round(performance.now() - begun),
    principles,
  };
}

/** Writes what breaks a principle into the cases of a folder. Gives the file; null when there is nothing new. */
export async function keep({ principles }: ProofReport, folder: string): Promise<string | null> {
  const found = principles.flatMap(({ counterexample }) => counterexample?.cases ?? []);
  const before = await fileOf(folder);
  const { file, text } = withCases(before, found);
  if (text === (before[0]?.text ?? '')) return null;
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function fileOf(folder: string) {
  const { file } = withCases([], []);
  const text = await readFile(join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UsageFault(`Die Datei \`${join(folder, file)}\` ist nicht lesbar.`);
  });
  return text === null ? [] : [{ file, text }];
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
      yield* indented(
        stringify(
          counterexample.cases.map(({ written }) => written),
          { lineWidth: 110 },
        ),
        '      ',
      );
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
