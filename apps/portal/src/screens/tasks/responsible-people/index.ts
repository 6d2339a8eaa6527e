import type { PortalScreen } from '../../../layout/portal-screen';
import { ResponsiblePeopleController } from './responsible-people.controller';
import { ResponsiblePeoplePresenter } from './responsible-people.presenter';

export const responsiblePeopleScreen: PortalScreen = {
  controllers: [ResponsiblePeopleController],
  providers: [ResponsiblePeoplePresenter],
};
