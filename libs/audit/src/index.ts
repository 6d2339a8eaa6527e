export { auditRead, logOpened } from './audit.events';
export { AuditModule } from './audit.module';
export { auditProblems } from './audit.problems';
export { AuditReads } from './audit.reads';
export { auditUseCases, tileUseCases } from './audit.use-cases';
export type { ClearField, Entry, EntryDetail, LogState, Overview } from './audit.view';
export { AuditTiles, type Served } from './audit.tiles';
export { exportLog } from './export-log';
export { runSealerLoop } from './sealer-loop';
export { keepVkey, LogKeyFault, readLogKey, vkeyFile } from './log-key';
export { auditMigrations } from './migrations';
export { PublishedCheckpoints } from './published-checkpoints';
export { CommitUnknown, Sealer, SealRefused, type SealerSettings } from './sealer.service';
export const auditEntities = []; // sealing and serving are plain SQL
