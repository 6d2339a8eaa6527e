import type { PortalScreen } from '../../../layout/portal-screen';
import { AuditController } from './audit.controller';

export const auditScreen: PortalScreen = { controllers: [AuditController] };
