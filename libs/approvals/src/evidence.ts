import type { Decision } from '#lib/policy';
import type { RequestForm } from '#lib/requests';
import type { AskedEvidence } from './task.view';

/**
 * What must be seen before an evidence step is done: the statute, always; whatever the office says it can show, because
 * the decision rests on it; the impact assessment where the rules ask for one.
 */
export function askedEvidence(
  { facts, obligations }: Pick<Decision, 'facts' | 'obligations'>,
  { attachments }: Pick<RequestForm, 'attachments'>,
): AskedEvidence[] {
  const kinds = new Set(['RECHTSNORM', ...facts.evidence]);
  if (obligations.some(({ id }) => id === 'O-DSFA')) kinds.add('DSFA');
  return [...kinds].sort().map((kind) => {
    const attached = attachments.find((one) => one.kind === kind);
    return { kind, title: attached?.title ?? null, reference: attached?.reference ?? null };
  });
}
