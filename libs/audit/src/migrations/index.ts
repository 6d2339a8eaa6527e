import { InitAudit1763716000000 } from './1763716000000-init-audit';

export const auditMigrations = [InitAudit1763716000000];
