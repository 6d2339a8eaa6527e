import { type Idle, idleIn } from '#lib/policy';
import type { ReadLaw } from './law-folder';

export interface DeadReport extends Idle {
  law: string;
  milliseconds: number;
}

export function dead({ name, ruleset }: ReadLaw): DeadReport {
  const begun = performance.now();
  const idle = idleIn(ruleset);
  return {
    law: `${name} (${ruleset.hash.slice(0, 12)})`,
    ...idle,
    milliseconds: Math.round(performance.now() - begun),
  };
}

export function* deadLines({ law, rules, never, proven, milliseconds }: DeadReport): Generator<string> {
  yield `Was in ${law} nichts bewirkt, bei keiner Anfrage, die es geben kann (${milliseconds} ms):`;
  yield `${rules.length} Regeln und Felder: Ohne sie wäre jede Entscheidung dieselbe; sie sagen nur einen weiteren Grund.`;
  for (const id of rules) yield `  ${id}`;
  yield proven ? 'Das ist bewiesen und unabhängig nachgeprüft.' : 'Der Beweis dafür wurde NICHT anerkannt.';
  yield `${never.length} Teile von Regeln und Feldern treffen nie zu:`;
  for (const { id, steps } of never) yield `  ${id}${steps.length > 0 ? ` mit dem Schritt ${steps.join(', ')}` : ''}`;
}
