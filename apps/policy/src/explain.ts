import { decide, explain, type Obligation, type Ruleset, type Step } from '#lib/policy';
import { obligationText } from '#lib/rulebook';
import { doubts } from './doubts';
import type { FactSet } from './fact-sets';

/** One decision as JSON for others: everything named by its code, with the German words beside it. */
export function explained(ruleset: Ruleset, { name, facts, written, assumed }: FactSet, all: boolean) {
  const decision = decide(ruleset, facts);
  const { outcome, rules, because, chain } = decision;
  return {
    name,
    outcome,
    outcomeName: ruleset.label('outcome', outcome),
    rules,
    because: because.map((reason) => ({
      ...reason,
      deciding: rules.includes(reason.rule),
      markName: ruleset.label('mark', reason.mark),
      ...noteOf(ruleset, reason.rule),
    })),
    chain: chain && {
      ids: chain.ids,
      stages: chain.stages.map((stage) => stage.map((step) => ({ ...step, name: stepName(ruleset, step) }))),
    },
    obligations: decision.obligations.map((one) => ({
      ...one,
      text: obligationText(one),
      ...obligationWords(ruleset, one),
    })),
    assumed,
    doubts: doubts(ruleset, written, facts),
    rulesetHash: decision.rulesetHash,
    facts: decision.facts,
    ...(all && { considered: explain(ruleset, facts).considered }),
  };
}

/** The same for people at a terminal. */
export function* explainedLines(ruleset: Ruleset, set: FactSet, all: boolean): Generator<string> {
  const said = explained(ruleset, set, all);
  yield `${said.name}: ${said.outcome} – ${said.outcomeName}`;
  if (said.doubts.length > 0) {
    yield '  ACHTUNG: Diese Angaben fehlen. Mit einem anderen Wert wäre das Ergebnis strenger:';
    for (const { fact, taken, other, outcome } of said.doubts) {
      yield `    ${fact}: angenommen ${JSON.stringify(taken)}; mit ${JSON.stringify(other)} ${outcome} – ${ruleset.label('outcome', outcome)}`;
    }
  }
  if (said.chain) {
    yield `  Freigabekette ${said.chain.ids.join(' + ') || '(einzelne Schritte)'}, der Reihe nach:`;
    let number = 0;
    for (const stage of said.chain.stages) {
      yield `    ${++number}. ${stage.map((step) => `${step.name} [${step.id}, ${step.kind === 'CONSULT' ? 'Stellungnahme' : 'Entscheidung'}, ${step.workingDays} Arbeitstage${step.quorum ? `, ${step.quorum.votes} von ${step.quorum.of} Stimmen` : ''}]`).join('  ∥  ')}`;
    }
  }
  if (said.obligations.length > 0) {
    yield '  Auflagen:';
    for (const one of said.obligations) yield `    ${one.text} – ${one.name} (${one.enforcementName})`;
  }
  yield '  Warum:';
  for (const { rule, text, source, mark, markName, deciding, note, code } of said.because) {
    yield `    ${rule}${deciding ? '' : ' (Hinweis)'}: ${text} [${source}; ${mark} ${markName}${code ? `; ${code}` : ''}]`;
    if (note) yield `      umstritten: ${note}`;
  }
  if (said.assumed.length > 0) yield `  Nicht angegeben, deshalb angenommen: ${said.assumed.join(', ')}`;
  for (const { rule, matched, unmet } of said.considered ?? []) {
    const why = unmet.map(({ path, found }) => `${path} ist ${JSON.stringify(found) ?? 'nicht angegeben'}`).join('; ');
    yield `  ${matched ? '✓' : '·'} ${rule}${matched ? '' : `: ${why}`}`;
  }
}

const stepName = (ruleset: Ruleset, { id }: Step): string => ruleset.steps.find((step) => step.id === id)?.name ?? id;

function obligationWords(ruleset: Ruleset, obligation: Obligation) {
  const { name, meaning, label: enforcementName } = ruleset.obligationInWords(obligation);
  return { name, meaning, enforcementName };
}

function noteOf(ruleset: Ruleset, rule: string): { note?: string } {
  const note = ruleset.rules.find(({ id }) => id === rule)?.note;
  return note ? { note } : {};
}
