import type { PortalScreen } from '../../../layout/portal-screen';
import { AccessOutlook } from '../../../layout/requests/access-outlook';
import { CatalogueController } from './catalogue.controller';
import { CataloguePresenter } from './catalogue.presenter';

export const catalogueScreen: PortalScreen = {
  controllers: [CatalogueController],
  providers: [CataloguePresenter, AccessOutlook],
};
