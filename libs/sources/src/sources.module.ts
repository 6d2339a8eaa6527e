import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#lib/kernel';
import { IngestService } from './ingest/ingest.service';
import { LocalObjectStore } from './store/local-object-store';
import { EVIDENCE_STORE, OBJECT_STORE } from './store/object-store';
import { PseudonymKeys } from './engine/pseudonym-keys';
import { QUERY_LIMITS, QUERY_LIMITS_TOKEN, QueryEngine } from './engine/query-engine';
import { ClamdScanner } from './scan/clamd-scanner';
import { MALWARE_SCANNER } from './scan/malware-scanner';
import { WorkFolders } from './process/work-folder';

@Module({
  providers: [
    {
      provide: OBJECT_STORE,
      useFactory: (config: Config) => new LocalObjectStore(config.objectStoreDir),
      inject: [CONFIG],
    },
    {
      provide: EVIDENCE_STORE,
      useFactory: (config: Config) => new LocalObjectStore(join(config.objectStoreDir, 'evidence')),
      inject: [CONFIG],
    },
    {
      provide: MALWARE_SCANNER,
      useFactory: ({ malwareScanner: at }: Config) => (at ? new ClamdScanner(at.host, at.port) : null),
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
  exports: [OBJECT_STORE, EVIDENCE_STORE, MALWARE_SCANNER, WorkFolders, PseudonymKeys, IngestService, QueryEngine],
})
export class SourcesModule {}
