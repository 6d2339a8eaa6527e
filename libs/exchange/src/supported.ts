import { AGREEMENT_ENFORCERS } from '#lib/agreements';
import type { Capabilities } from '#lib/policy';
import { ENFORCERS, type ObligationEnforcer } from './enforcers';
import { type DeliveredForm, FORMS } from './forms';

/**
 * What this program carries out of a law book: promised in the agreement, or enforced and delivered by the gate. Here,
 * because this is the last stage through which an obligation passes. What is in none of the lists no decision permits.
 */
export const supportedWith = (
  enforcers: readonly ObligationEnforcer[],
  forms: readonly DeliveredForm[] = FORMS,
): Capabilities => ({
  enforcers: [...AGREEMENT_ENFORCERS, ...enforcers.map(({ enforcer }) => enforcer)],
  forms: forms.map(({ form }) => form),
});

export const SUPPORTED = supportedWith(ENFORCERS);
