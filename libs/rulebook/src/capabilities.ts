import { type DynamicModule, Module } from '@nestjs/common';
import type { Capabilities } from '#lib/policy';

/** Nest token: what this program can carry out. A chain with another step is refused, never shortened. */
export const CAPABILITIES = Symbol('rulebook.capabilities');

/** Steps that approvals can carry out. */
const STEPS = [
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
];

/**
 * Tells the law book what the program it runs in can carry out. Every app that reads the law imports it once, with what
 * the stages after this one say of themselves; an app that does not say it does not start.
 */
@Module({})
export class CapabilitiesModule {
  static of({ enforcers }: Pick<Capabilities, 'enforcers'>): DynamicModule {
    const capabilities: Capabilities = { steps: STEPS, enforcers };
    return {
      module: CapabilitiesModule,
      global: true,
      providers: [{ provide: CAPABILITIES, useValue: capabilities }],
      exports: [CAPABILITIES],
    };
  }
}
