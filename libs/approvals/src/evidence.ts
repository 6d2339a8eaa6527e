import type { Decision } from '#lib/policy';
import type { EvidenceView } from '#lib/requests';
import type { AskedEvidence } from './task.view';

/**
 * What must be seen before an evidence step is done: every document of a kind the decision rests on; the impact assessment
 * where the rules ask for one. Where it rests on none, the statute: nobody sits at an empty desk.
 */
export function askedEvidence(
  { facts, obligations }: Pick<Decision, 'facts' | 'obligations'>,
  documents: readonly EvidenceView[],
  nameOf: (kind: string) => string,
): AskedEvidence[] {
  const kinds = new Set(facts.evidence);
  if (obligations.some(({ id }) => id === 'O-DSFA')) kinds.add('DSFA');
  if (kinds.size === 0) kinds.add('RECHTSNORM');
  return [...kinds].sort().flatMap((kind): AskedEvidence[] => {
    const shown = documents.filter((one) => one.kind === kind && one.state === 'HOLDS');
    if (shown.length === 0)
      return [{ key: kind, kind, name: nameOf(kind), title: null, reference: null, document: null }];
    return shown.map((document) => {
      const { id: key, title, reference } = document;
      return { key, kind, name: nameOf(kind), title, reference, document };
    });
  });
}
