import { type InputFault, kernelProblems } from '#lib/kernel';
import { message } from '#lib/requests';
import { z } from 'zod';
import { type Instrument, INSTRUMENT_LABEL } from '../agreement/agreement.states';

/** What only the parties know and the instrument must settle. What the agreement says already is not asked again. */
export const instrumentQuestion = z.strictObject({
  code: z.string(),
  /** German, to the receiving side */
  question: z.string(),
  hint: z.string(),
});
export type InstrumentQuestion = z.output<typeof instrumentQuestion>;

const FUNCTION = 'Bitte nennen Sie Stellen und Funktionen, keine Personennamen.';

/** By instrument (governance §1.3). The Vermerk asks nothing: everything it needs stands in the request. */
export const INSTRUMENT_QUESTIONS: Readonly<Record<Instrument, readonly InstrumentQuestion[]>> = {
  VERMERK: [],
  INTERNE_VEREINBARUNG: [
    {
      code: 'DIENSTANWEISUNG',
      question: 'Welche Dienstanweisung gilt für die Arbeit mit diesen Daten?',
      hint: 'Bezeichnung und Fundstelle, zum Beispiel in der E-Akte.',
    },
  ],
  AVV: [
    {
      code: 'GEGENSTAND',
      question: 'Was genau wird im Auftrag verarbeitet?',
      hint: 'Gegenstand und Art der Verarbeitung. Die Dauer steht in der Vereinbarung.',
    },
    {
      code: 'DATENARTEN',
      question: 'Welche Arten von Daten und welche Gruppen von Personen sind betroffen?',
      hint: 'Ohne Personen schreiben Sie bitte: keine Personen.',
    },
    {
      code: 'UNTERAUFTRAG',
      question: 'Welche Unterauftragnehmer sind beteiligt?',
      hint: 'Gibt es keine, schreiben Sie bitte: keine.',
    },
    {
      code: 'TOM',
      question: 'Welche technischen und organisatorischen Maßnahmen schützen die Daten?',
      hint: 'Eine Fundstelle genügt, zum Beispiel die Anlage zum Vertrag.',
    },
  ],
  JCA: [
    { code: 'INFORMATION', question: 'Welche Stelle informiert die betroffenen Personen?', hint: FUNCTION },
    {
      code: 'ANLAUFSTELLE',
      question: 'Welche gemeinsame Anlaufstelle beantwortet die Anfragen von Betroffenen?',
      hint: FUNCTION,
    },
  ],
  DUV: [
    {
      code: 'ZWECKVERPFLICHTUNG',
      question: 'Wer hat die Verpflichtung auf den Zweck unterschrieben, und wo liegt sie?',
      hint: `Funktion und Fundstelle. ${FUNCTION}`,
    },
  ],
};

export interface InstrumentAnswer {
  code: string;
  question: string;
  answer: string;
}

/** Every question answered, none beside them. Throws `validation_failed` naming each that is missing or unknown. */
export function answered(instrument: Instrument, given: Readonly<Record<string, unknown>> = {}): InstrumentAnswer[] {
  const questions = INSTRUMENT_QUESTIONS[instrument];
  const answers: InstrumentAnswer[] = [];
  const errors: InputFault[] = [];
  for (const { code, question } of questions) {
    const said = message.safeParse(Object.hasOwn(given, code) ? given[code] : '');
    if (said.success) answers.push({ code, question, answer: said.data });
    else
      errors.push({ pointer: `/answers/${code}`, code: 'answer_missing', detail: `Bitte antworten Sie: ${question}` });
  }
  for (const code of Object.keys(given)) {
    if (!questions.some((one) => one.code === code))
      errors.push({
        pointer: `/answers/${code}`,
        code: 'not_asked',
        detail: 'Danach wird bei dieser Form der Vereinbarung nicht gefragt.',
      });
  }
  if (errors.length > 0) throw kernelProblems.validation_failed({ errors });
  return answers;
}

/** The annex both sides read beside the frozen text. */
export function annexText(number: string, instrument: Instrument, answers: readonly InstrumentAnswer[]): string {
  const parts = answers.map(({ question, answer }, at) => `${at + 1}. ${question}\n${answer}`);
  return `${[`Anlage zu Nummer ${number}\n${INSTRUMENT_LABEL[instrument]}`, ...parts].join('\n\n')}\n`
    .normalize('NFC')
    .toWellFormed();
}
