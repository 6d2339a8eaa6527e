import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#lib/kernel';
import { IngestService } from './ingest/ingest.service';
import { LocalObjectStore } from './store/local-object-store';
import { OBJECT_STORE } from './store/object-store';
import { PseudonymKeys } from './engine/pseudonym-keys';
import { QUERY_LIMITS, QUERY_LIMITS_TOKEN, QueryEngine } from './engine/query-engine';
import { WorkFolders } from './process/work-folder';

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
