import type { PortalScreen } from '../../../layout/portal-screen';
import { AdministrationController } from './administration.controller';
import { AdministrationPresenter } from './administration.presenter';

export const administrationScreen: PortalScreen = {
  controllers: [AdministrationController],
  providers: [AdministrationPresenter],
};
