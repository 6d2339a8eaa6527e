import type { PortalScreen } from '../../../layout/portal-screen';
import { RulebookVersionController } from './rulebook-version.controller';
import { RulebookVersionPresenter } from './rulebook-version.presenter';

export const rulebookVersionScreen: PortalScreen = {
  controllers: [RulebookVersionController],
  providers: [RulebookVersionPresenter],
};
