import { contract } from './contract.enforcer';
import { grid } from './grid.enforcer';
import { log } from './log.enforcer';
import { mask } from './mask.enforcer';
import { minfields } from './minfields.enforcer';
import type { ObligationEnforcer } from './obligation-enforcer';

export type { DeliveredField, KnownAtTheGate, ObligationEnforcer } from './obligation-enforcer';

/** Everything the gate can enforce. What the law book wants enforced or checked and is not here is not delivered. */
export const ENFORCERS: readonly ObligationEnforcer[] = [mask, minfields, grid, log, contract];

/** Not built: a rule may ask for these enforcers, and the gate denies every delivery that rests on one. */
export const REFUSED_AT_THE_GATE: readonly string[] = [
  'exchange.watermark',
  'exchange.blocks',
  'disclosure.tables',
  'disclosure.anonymise',
];
