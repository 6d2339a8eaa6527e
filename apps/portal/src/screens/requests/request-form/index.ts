import type { PortalScreen } from '../../../layout/portal-screen';
import { AccessOutlook } from '../../../layout/requests/access-outlook';
import { EvidenceUpload } from './evidence-upload';
import { RequestChangeController } from './request-change.controller';
import { RequestFormController } from './request-form.controller';
import { RequestFormPresenter } from './request-form.presenter';

export const requestFormScreen: PortalScreen = {
  controllers: [RequestFormController, RequestChangeController],
  providers: [EvidenceUpload, RequestFormPresenter, AccessOutlook],
};
