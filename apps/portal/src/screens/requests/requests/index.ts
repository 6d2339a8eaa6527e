import type { PortalScreen } from '../../../layout/portal-screen';
import { RequestWords } from '../../../layout/requests/request-words';
import { RequestsController } from './requests.controller';
import { RequestsPresenter } from './requests.presenter';

export const requestsScreen: PortalScreen = {
  controllers: [RequestsController],
  providers: [RequestsPresenter, RequestWords],
};
