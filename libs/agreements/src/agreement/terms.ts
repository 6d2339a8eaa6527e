import type { Field } from '#lib/catalogue';
import type { Obligation } from '#lib/policy';
import type { RequestFacts, StoredDecision } from '#lib/requests';
import { type Mask, stricterMask } from '#lib/sources';
import type { Terms } from './agreement.entity';

/** The obligation to delete after so many days. */
export const RETAIN = 'O-RETAIN';

/** Words of a list parameter of an obligation, or null when the obligation is not there. */
const wordsOf = (obligations: readonly Obligation[], id: string, param: string): string[] | null => {
  const value = obligations.find((one) => one.id === id)?.params[param];
  return Array.isArray(value) ? value.map(String) : null;
};

/**
 * What is agreed: the approved scope, cut to the fields the decision leaves (O-MINFIELDS), masked where it says so
 * (O-MASK; a field nobody declared a mask for is left out) or where it was asked for coarser, kept no longer than asked and allowed. Pure.
 */
export function termsOf(
  { scope, conditions, productVersionId }: Pick<RequestFacts, 'scope' | 'conditions' | 'productVersionId'>,
  decision: Pick<StoredDecision, 'obligations' | 'rules' | 'rulesetHash'>,
  versionFields: readonly Field[],
): Terms {
  const { obligations, rules, rulesetHash } = decision;
  const least = wordsOf(obligations, 'O-MINFIELDS', 'fields');
  const masked = wordsOf(obligations, 'O-MASK', 'fields') ?? [];
  const fields = versionFields.filter(({ name }) => scope.fields.includes(name) && (!least || least.includes(name)));
  const masks = fields.flatMap(({ name, mask }): [string, Mask][] => {
    const chosen = scope.coarser?.find(({ field }) => field === name)?.mask;
    const demanded = masked.includes(name) ? (mask ?? { kind: 'drop' }) : undefined;
    // what the applicant asked for and what the rules demand: the stricter, never the wider
    const holds = chosen && demanded ? stricterMask(chosen, demanded) : (chosen ?? demanded);
    return holds ? [[name, holds]] : [];
  });
  const allowed = obligations.find(({ id }) => id === RETAIN)?.params.days;
  const days = [scope.retentionDays, allowed].filter((value) => typeof value === 'number');
  const { rows, form, purposeCode, purposeText, recipients, processorUnitId } = scope;
  return {
    productVersionId,
    fields: fields.map(({ name }) => name),
    masks: Object.fromEntries(masks),
    rows,
    form,
    purposeCode,
    purposeText,
    recipients,
    processorUnitId,
    retentionDays: days.length > 0 ? Math.min(...days) : null,
    obligations,
    notes: conditions?.note ? [conditions.note] : [],
    rules,
    rulesetHash,
  };
}
