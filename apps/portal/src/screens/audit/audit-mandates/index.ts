import type { PortalScreen } from '../../../layout/portal-screen';
import { AuditMandatesController } from './audit-mandates.controller';

export const auditMandatesScreen: PortalScreen = { controllers: [AuditMandatesController] };
