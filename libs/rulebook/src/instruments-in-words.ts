import type { Ruleset } from '#lib/policy';
import { conditionsOf } from './clauses';
import type { ReadableInstruments } from './readable.view';

const SIGNED_WITH = { PROVIDER: 'der gebenden Stelle', INSTRUCTING: 'der Stelle, für die gearbeitet wird' };

/** The instruments of a law book in German: which one for whom, and what each needs, settles and asks. */
export function instrumentsInWords(ruleset: Ruleset): ReadableInstruments {
  const { choice, processor, instruments, source } = ruleset.instruments.text;
  const told = ({ because, source: from, mark }: { because: string; source: string; mark: string }) => ({
    sentence: because,
    source: from,
    markName: ruleset.label('mark', mark),
  });
  // of a book from before, whose vocabulary has no words for what the choice asks, the sentences speak alone
  const worded = (when: object = {}): boolean => Object.keys(when).every((path) => ruleset.vocabulary.facts[path]);
  return {
    source,
    choice: choice.map(({ instrument, when, ...row }) => ({
      instrument: ruleset.instruments.get(instrument).name,
      ...(worded(when) ? conditionsOf(ruleset, when) : { applies: [], unless: [] }),
      ...told(row),
    })),
    processor: { contract: ruleset.label('contractKind', processor.contract), ...told(processor) },
    instruments: instruments.map(({ code, name, contract, with: side, settles, questions }) => ({
      code,
      name,
      contract: contract && side ? `${ruleset.label('contractKind', contract)} mit ${SIGNED_WITH[side]}` : null,
      settles,
      questions: questions.map(({ question, hint }) => ({ question, hint })),
    })),
  };
}
