import type { EndReason } from './exchange.states';

/** What the gate must know of an agreement at every look. Validity is half-open: from ≤ now < until, in database time. */
export interface AgreementValidity {
  state: string;
  revision: number;
  validFrom: Date;
  validUntil: Date;
}

/** Why an agreement lets no byte pass at `now`, or null. Pure; unknown states let nothing pass. */
export function obstacleOf(agreement: AgreementValidity | null, revision: number, now: Date): EndReason | null {
  if (!agreement) return 'agreement_revoked';
  if (agreement.state === 'EXPIRED') return 'agreement_expired';
  if (agreement.state !== 'ACTIVE') return 'agreement_revoked';
  if (now < agreement.validFrom || now >= agreement.validUntil) return 'agreement_expired';
  return agreement.revision === revision ? null : 'agreement_changed';
}
