import type { PortalScreen } from '../../../layout/portal-screen';
import { OrganisationController } from './organisation.controller';
import { OrganisationPresenter } from './organisation.presenter';

export const organisationScreen: PortalScreen = {
  controllers: [OrganisationController],
  providers: [OrganisationPresenter],
};
