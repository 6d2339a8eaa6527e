import type { Mark, Ruleset } from '#lib/policy';
import { conditionsOf } from './clauses';
import type { ReadableInstruments } from './readable.view';
import { readingsOf } from './readings-in-words';

interface Told {
  because: string;
  source: string;
  mark: Mark;
  note?: string | undefined;
}

const SIGNED_WITH = { PROVIDER: 'der gebenden Stelle', INSTRUCTING: 'der Stelle, für die gearbeitet wird' };

/** The instruments of a law book in German: which one for whom, and what each needs, settles and asks. */
export function instrumentsInWords(ruleset: Ruleset): ReadableInstruments {
  const { choice, processor, instruments, source } = ruleset.instruments.text;
  const told = ({ because, source: from, mark, note }: Told) => ({
    sentence: because,
    source: from,
    mark,
    markName: ruleset.markName(mark),
    note: note ?? null,
    readings: readingsOf(ruleset, from),
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
