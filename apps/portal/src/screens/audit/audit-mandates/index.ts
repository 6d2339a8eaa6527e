import type { PortalScreen } from '../../../layout/portal-screen';
import { AuditMandatesController } from './audit-mandates.controller';
import { AuditMandatesPresenter } from './audit-mandates.presenter';

export const auditMandatesScreen: PortalScreen = {
  controllers: [AuditMandatesController],
  providers: [AuditMandatesPresenter],
};
