import { type DynamicModule, Module } from '@nestjs/common';
import type { Capabilities } from '#lib/policy';

/** Nest token: what this program can carry out. */
export const CAPABILITIES = Symbol('rulebook.capabilities');

/**
 * Tells the law book what the program it runs in can carry out. Every app that reads the law imports it once, with what
 * the stages after this one say of themselves; an app that does not say it does not start.
 */
@Module({})
export class CapabilitiesModule {
  static of(capabilities: Capabilities): DynamicModule {
    return {
      module: CapabilitiesModule,
      global: true,
      providers: [{ provide: CAPABILITIES, useValue: capabilities }],
      exports: [CAPABILITIES],
    };
  }
}
