import type { PortalScreen } from '../../../layout/portal-screen';
import { PublishFieldsController } from './publish-fields.controller';
import { PublishFieldsPresenter } from './publish-fields.presenter';

export const publishFieldsScreen: PortalScreen = {
  controllers: [PublishFieldsController],
  providers: [PublishFieldsPresenter],
};
