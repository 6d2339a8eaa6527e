import { contract } from './contract.enforcer';
import { grid } from './grid.enforcer';
import { log } from './log.enforcer';
import { mask } from './mask.enforcer';
import { minfields } from './minfields.enforcer';
import type { ObligationEnforcer } from './obligation-enforcer';

export type { DeliveredField, KnownAtTheGate, ObligationEnforcer } from './obligation-enforcer';

/** Everything the gate can enforce. What the law book wants enforced or checked and is not here no decision permits. */
export const ENFORCERS: readonly ObligationEnforcer[] = [mask, minfields, grid, log, contract];
