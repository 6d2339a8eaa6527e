import { SUPPORTED } from '#lib/exchange';
import { KernelModule, type Config } from '#lib/kernel';
import { CapabilitiesModule } from '#lib/rulebook';
import { type DynamicModule, type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { TestDatabase } from './database';

/** The given stage modules on a test database, started as the apps start them, without HTTP. Close it. `can`: what the law may ask of it. */
export async function aStage(
  db: TestDatabase,
  modules: (Type | DynamicModule)[],
  entities: NonNullable<Parameters<typeof KernelModule.forRoot>[1]>['entities'] = [],
  config: Config = db.config,
  can = SUPPORTED,
): Promise<INestApplicationContext> {
  @Module({
    imports: [KernelModule.forRoot(config, { entities, app: 'test' }), CapabilitiesModule.of(can), ...modules],
  })
  class TestApp {}
  return NestFactory.createApplicationContext(TestApp, { logger: ['error', 'warn'], abortOnError: false });
}
