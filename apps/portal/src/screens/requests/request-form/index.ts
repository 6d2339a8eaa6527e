import type { PortalScreen } from '../../../layout/portal-screen';
import { AccessOutlook } from '../../../layout/requests/access-outlook';
import { RequestFormController } from './request-form.controller';
import { RequestFormPresenter } from './request-form.presenter';

export const requestFormScreen: PortalScreen = {
  controllers: [RequestFormController],
  providers: [RequestFormPresenter, AccessOutlook],
};
