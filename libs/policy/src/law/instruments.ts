import { z } from 'zod';
import { MARK } from '../engine/decision';
import { evaluate } from '../engine/match';
import {
  type Consumer,
  CONSUMER,
  CONTRACT_KIND,
  type Openness,
  OPENNESS,
  UNIT_KINDS,
  type UnitKind,
} from '../facts/lists';
import type { Paths } from '../facts/paths';
import { type Condition, type Nameable, readCondition } from './conditions';

type ContractKind = (typeof CONTRACT_KIND)[number];

const code = z.string().regex(/^[A-Z][A-Z_]*$/, 'Hier dürfen nur Großbuchstaben und `_` stehen.');
const sentence = z.string().min(10);
const told = { because: sentence, source: z.string().min(1), mark: z.enum(MARK) };
export const instrumentsSchema = z.strictObject({
  source: z.string().min(1),
  /** the first row that fits; the last has no condition */
  choice: z
    .array(z.strictObject({ instrument: code, when: z.record(z.string(), z.unknown()).optional(), ...told }))
    .min(1),
  /** what a processor needs that works for the receiving side */
  processor: z.strictObject({ contract: z.enum(CONTRACT_KIND), ...told }),
  instruments: z
    .array(
      z.strictObject({
        code,
        name: z.string().min(1),
        /** kind of contract that must be valid in the register, on the day of confirmation and at every delivery */
        contract: z.enum(CONTRACT_KIND).optional(),
        /** who signs it with the receiving side: the giving office, or the one a processor works for */
        with: z.enum(['PROVIDER', 'INSTRUCTING']).optional(),
        /** what the contract, or without one the agreement, must say */
        settles: z.array(z.string().min(1)).min(1),
        /** what only the parties know; asked of the receiving side with its confirmation */
        questions: z.array(z.strictObject({ code, question: sentence, hint: z.string().min(1) })),
      }),
    )
    .min(1),
});
export type InstrumentsText = z.infer<typeof instrumentsSchema>;
export type InstrumentText = InstrumentsText['instruments'][number];

/** What the choice of an instrument may ask, by path. */
export interface Situation {
  provider: { legalForm: UnitKind };
  /** `kind`: as the rules see it; an Eigenbetrieb in competition is a GESELLSCHAFT */
  consumer: { legalForm: UnitKind; kind: Consumer };
  product: { openness: Openness | null };
  /** both fix purposes and means together (Art. 26 GDPR) */
  calc: { jointControl: boolean };
  /** `asked`: a rule asks for a contract; `registered`: always null, only older law books ask it (R-CON-01 says which contract carries what) */
  contract: { asked: boolean; registered: ContractKind | null };
}
export const SITUATION: Paths = {
  'provider.legalForm': { kind: 'enum', of: 'unitKind', values: UNIT_KINDS },
  'consumer.legalForm': { kind: 'enum', of: 'unitKind', values: UNIT_KINDS },
  'consumer.kind': { kind: 'enum', of: 'consumer', values: CONSUMER },
  'product.openness': { kind: 'enum', of: 'openness', values: OPENNESS, ordered: true },
  'calc.jointControl': { kind: 'boolean' },
  'contract.asked': { kind: 'boolean' },
  'contract.registered': { kind: 'enum', of: 'contractKind', values: CONTRACT_KIND },
};

/** How an exchange is put on paper, by one law book (governance §1.3). */
export class Instruments {
  constructor(
    readonly text: InstrumentsText,
    /** one for each row of the choice */
    readonly conditions: readonly Condition[],
  ) {}

  /** The instrument for the legal form of the parties and the case. */
  for(situation: Situation): InstrumentText {
    const at = this.conditions.findIndex((condition) => evaluate(condition, situation));
    return this.get(this.text.choice[at]!.instrument);
  }

  /** Throws for a code that this law book does not have. */
  get(asked: string): InstrumentText {
    const found = this.text.instruments.find((one) => one.code === asked);
    if (!found) throw new Error(`the law book has no instrument \`${asked}\``);
    return found;
  }
}

/** Reads the conditions and says what is wrong with instruments that have the right shape. */
export function readInstruments(
  text: InstrumentsText,
  codes: Nameable['codes'],
  report: (id: string | null, fault: string) => void,
): Instruments {
  const { choice, instruments } = text;
  const names = instruments.map((one) => one.code);
  for (const name of names.filter((one, at) => names.indexOf(one) !== at)) report(name, 'steht doppelt da');
  for (const { code: id, contract, with: side, questions } of instruments) {
    if ((contract === undefined) !== (side === undefined))
      report(id, '`contract` und `with` stehen zusammen da oder gar nicht');
    if (!choice.some(({ instrument }) => instrument === id)) report(id, 'keine Zeile von `choice` führt dorthin');
    const asked = questions.map((one) => one.code);
    for (const one of asked.filter((name, at) => asked.indexOf(name) !== at))
      report(id, `die Frage \`${one}\` steht doppelt da`);
  }
  const conditions = choice.map(({ instrument, when }, at): Condition => {
    if (!names.includes(instrument)) report(null, `\`choice\`, Zeile ${at + 1}: \`${instrument}\` gibt es nicht`);
    const last = at === choice.length - 1;
    if (last !== (when === undefined))
      report(
        null,
        last
          ? 'die letzte Zeile von `choice` gilt immer und hat kein `when`'
          : `\`choice\`, Zeile ${at + 1}: es fehlt \`when\``,
      );
    if (when === undefined) return { all: [] };
    return readCondition(when, { paths: SITUATION, codes }, (fault) =>
      report(null, `\`choice\`, Zeile ${at + 1}: ${fault}`),
    );
  });
  return new Instruments(text, conditions);
}
