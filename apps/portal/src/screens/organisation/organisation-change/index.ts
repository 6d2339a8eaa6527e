import type { PortalScreen } from '../../../layout/portal-screen';
import { ChangeWords } from './change-words';
import { OrganisationChangeController } from './organisation-change.controller';

export const organisationChangeScreen: PortalScreen = {
  controllers: [OrganisationChangeController],
  providers: [ChangeWords],
};
