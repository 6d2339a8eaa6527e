import type { ObligationEnforcer } from './obligation-enforcer';

/** No byte without its record: `DeliveryService` commits it before the first one, whether or not a rule asks. */
export const log: ObligationEnforcer = {
  obligation: 'O-LOG',
  enforcer: 'exchange.log',
  apply: () => null,
};
