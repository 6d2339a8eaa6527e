import type { PortalScreen } from '../../../layout/portal-screen';
import { AccessOutlook } from '../../../layout/requests/access-outlook';
import { ProductController } from './product.controller';
import { ProductPresenter } from './product.presenter';

export const productScreen: PortalScreen = {
  controllers: [ProductController],
  providers: [ProductPresenter, AccessOutlook],
};
