import type { Capabilities } from '#lib/policy';

/** Nest token: what this program can carry out. A chain with another step is refused, never shortened. */
export const CAPABILITIES = Symbol('rulebook.capabilities');

/**
 * Steps that approvals can carry out, and parts that keep obligations. `disclosure.*`, `exchange.watermark` and
 * `exchange.blocks` are bound to a gate that denies every delivery until they are built.
 */
export const BUILT: Capabilities = {
  steps: [
    'REQ_HEAD',
    'STEWARD',
    'DSB',
    'ISB',
    'STAT',
    'LEGAL',
    'EVIDENCE',
    'OWNER',
    'OWNER_IN_PERSON',
    'LEITUNG_VERWALTUNG',
    'SK',
    'OPENDATA',
    'GS',
  ],
  enforcers: [
    'agreements.terms',
    'exchange.mask',
    'exchange.fields',
    'exchange.grid',
    'exchange.log',
    'exchange.contract',
    'exchange.watermark',
    'exchange.blocks',
    'disclosure.tables',
    'disclosure.anonymise',
  ],
};
