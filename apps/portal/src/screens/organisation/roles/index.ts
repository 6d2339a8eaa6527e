import type { PortalScreen } from '../../../layout/portal-screen';
import { RolesController } from './roles.controller';
import { RolesPresenter } from './roles.presenter';

export const rolesScreen: PortalScreen = { controllers: [RolesController], providers: [RolesPresenter] };
