import type { PortalScreen } from '../../../layout/portal-screen';
import { PublishCardController } from './publish-card.controller';
import { PublishCardPresenter } from './publish-card.presenter';

export const publishCardScreen: PortalScreen = {
  controllers: [PublishCardController],
  providers: [PublishCardPresenter],
};
