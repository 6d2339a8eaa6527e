import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { CONFIG, type Config } from './config';
import { EventHandlers, Schedules } from './event-handlers';
import { Health } from './health';
import { RateLimits } from './http/rate-limits';
import { Logger } from './logger';
import { Relay } from './relay';
import { UnitOfWork } from './unit-of-work';

export interface KernelOptions {
  /** the entities of the stages an app uses */
  entities: MixedList<Function | string | EntitySchema>; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type
  /** which process this is, shown in pg_stat_activity */
  app: string;
}

@Global()
@Module({})
export class KernelModule implements OnApplicationShutdown {
  constructor(private readonly database: DataSource) {}

  static forRoot(config: Config, options: KernelOptions): DynamicModule {
    return {
      module: KernelModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: DataSource, useFactory: () => connect(config, options) },
        Logger,
        UnitOfWork,
        Health,
        EventHandlers,
        Schedules,
        Relay,
        RateLimits,
      ],
      exports: [CONFIG, DataSource, Logger, UnitOfWork, Health, EventHandlers, Schedules, Relay, RateLimits],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.database.isInitialized) await this.database.destroy();
  }
}

async function connect(config: Config, { entities, app }: KernelOptions): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    schema: 'kernel',
    entities,
    poolSize: config.databasePool,
    installExtensions: false,
    applicationName: `datenraum-${app}`,
    extra: { connectionTimeoutMillis: 5_000, statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 },
  });
  await source.initialize();
  // a commit that the log relies on must be on disk when it is acknowledged
  const [settings] = await source.query(
    `SELECT current_setting('synchronous_commit') AS commit, current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages`,
  );
  if (
    config.env === 'production' &&
    (settings.fsync !== 'on' || settings.pages !== 'on' || settings.commit === 'off')
  ) {
    await source.destroy();
    throw new Error(
      'PostgreSQL must run with fsync, full_page_writes and synchronous_commit on: an acknowledged event could be lost',
    );
  }
  return source;
}
