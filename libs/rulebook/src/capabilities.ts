import type { Capabilities } from '#lib/policy';

/** Nest token: what this program can carry out. A chain with another step is refused, never shortened. */
export const CAPABILITIES = Symbol('rulebook.capabilities');

/** Parts of the program that carry an obligation out. */
const IMPLEMENTED = [
  'agreements.terms',
  'exchange.mask',
  'exchange.fields',
  'exchange.grid',
  'exchange.log',
  'exchange.contract',
];

/** Not built yet: a rule may ask for them, and the gate denies every delivery that rests on one. */
const REFUSED_AT_THE_GATE = ['exchange.watermark', 'exchange.blocks', 'disclosure.tables', 'disclosure.anonymise'];

/** Steps that approvals can carry out, and what a law book may name as enforcer of an obligation. */
export const SUPPORTED: Capabilities = {
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
  enforcers: [...IMPLEMENTED, ...REFUSED_AT_THE_GATE],
};
