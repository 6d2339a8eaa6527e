import { AGREEMENT_ENFORCERS } from '#lib/agreements';
import type { Capabilities } from '#lib/policy';
import { ENFORCERS, type ObligationEnforcer, REFUSED_AT_THE_GATE } from './enforcers';

/**
 * What this program makes of the obligations of a law book: promised in the agreement, enforced by the gate, or known
 * and refused there. A rule that binds to anything else does not load. `enforcers`: those of the gate.
 */
export const supportedWith = (enforcers: readonly ObligationEnforcer[]): Capabilities => ({
  enforcers: [...AGREEMENT_ENFORCERS, ...enforcers.map(({ enforcer }) => enforcer), ...REFUSED_AT_THE_GATE],
});

export const SUPPORTED = supportedWith(ENFORCERS);
