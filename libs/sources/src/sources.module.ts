import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#lib/kernel';
import { IngestService } from './ingest.service';
import { LocalObjectStore } from './local-object-store';
import { OBJECT_STORE } from './object-store';
import { PseudonymKeys } from './pseudonym-keys';
import { QUERY_LIMITS, QUERY_LIMITS_TOKEN, QueryEngine } from './query-engine';
import { WorkFolders } from './work-folder';

@Module({
  providers: [
    {
      provide: OBJECT_STORE,
      useFactory: (config: Config) => new LocalObjectStore(config.objectStoreDir),
      inject: [CONFIG],
    },
    { provide: WorkFolders, useFactory: (config: Config) => new WorkFolders(config.objectStoreDir), inject: [CONFIG] },
    {
      provide: PseudonymKeys,
      useFactory: (config: Config) => new PseudonymKeys(config.objectStoreDir),
      inject: [CONFIG],
    },
    { provide: QUERY_LIMITS_TOKEN, useValue: QUERY_LIMITS },
    IngestService,
    QueryEngine,
  ],
  exports: [OBJECT_STORE, WorkFolders, PseudonymKeys, IngestService, QueryEngine],
})
export class SourcesModule {}
