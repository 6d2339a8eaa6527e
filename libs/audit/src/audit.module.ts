import { Module } from '@nestjs/common';
import { AuditReads } from './audit.reads';
import { AuditTiles } from './audit.tiles';

/** Reading the log. Sealing it is a process of its own (apps/sealer), the only one that holds the key. */
@Module({ providers: [AuditReads, AuditTiles], exports: [AuditReads, AuditTiles] })
export class AuditModule {}
