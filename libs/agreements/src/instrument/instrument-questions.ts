import { type InputFault, kernelProblems } from '#lib/kernel';
import type { InstrumentText } from '#lib/policy';
import { message } from '#lib/requests';
import { z } from 'zod';
import { type AgreementDocument, quotation } from '../agreement/agreement-document';

/** What only the parties know and the instrument must settle. What the agreement says already is not asked again. */
export const instrumentQuestion = z.strictObject({
  code: z.string(),
  /** German, to the receiving side */
  question: z.string(),
  hint: z.string(),
});
export type InstrumentQuestion = z.output<typeof instrumentQuestion>;

export interface InstrumentAnswer {
  code: string;
  question: string;
  answer: string;
}

/** Every question answered, none beside them. Throws `validation_failed` naming each that is missing or unknown. */
export function answered(
  { questions }: Pick<InstrumentText, 'questions'>,
  given: Readonly<Record<string, unknown>> = {},
): InstrumentAnswer[] {
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

/** The annex both sides read beside the frozen agreement: our questions, and the answers as quotations. */
export const annexOf = (
  number: string,
  { name }: Pick<InstrumentText, 'name'>,
  answers: readonly InstrumentAnswer[],
): AgreementDocument => ({
  title: `Anlage zu Nummer ${number}`,
  number: name,
  clauses: answers.map(({ code, question, answer }) => ({
    id: code,
    title: question,
    items: [quotation('CONSUMER', null, answer)],
  })),
});
