import { type InputFault, quoted } from '#lib/kernel';
import type { Ruleset } from '#lib/policy';
import { APPLICANT_QUESTIONS } from './applicant-questions';
import type { PartialRequestForm } from './request-form';

/**
 * Faults of a form that says two things which can not both be so. Neither is turned into what fits the other: whoever
 * asks says which of them is meant.
 */
export function contradictions(
  ruleset: Pick<Ruleset, 'meansAi' | 'label'>,
  { purposeCode, declarations }: Pick<PartialRequestForm, 'purposeCode' | 'declarations'>,
): InputFault[] {
  if (purposeCode === undefined || !ruleset.meansAi(purposeCode) || declarations?.usesAi !== false) return [];
  const purpose = quoted(ruleset.label('purposes', purposeCode));
  const question = quoted(APPLICANT_QUESTIONS.usesAi.label);
  return [
    {
      pointer: '/declarations/usesAi',
      code: 'contradiction',
      detail: `Der Zweck ${purpose} ist eine Nutzung für künstliche Intelligenz. Auf die Frage ${question} haben Sie mit „Nein“ geantwortet. Bitte ändern Sie die Antwort, oder wählen Sie einen anderen Zweck.`,
    },
  ];
}
