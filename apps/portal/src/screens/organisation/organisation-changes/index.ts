import type { PortalScreen } from '../../../layout/portal-screen';
import { OrganisationChangesController } from './organisation-changes.controller';
import { OrganisationChangesPresenter } from './organisation-changes.presenter';

export const organisationChangesScreen: PortalScreen = {
  controllers: [OrganisationChangesController],
  providers: [OrganisationChangesPresenter],
};
