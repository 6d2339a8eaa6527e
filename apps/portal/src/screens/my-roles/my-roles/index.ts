import type { PortalScreen } from '../../../layout/portal-screen';
import { MyRolesController } from './my-roles.controller';
import { MyRolesPresenter } from './my-roles.presenter';

export const myRolesScreen: PortalScreen = { controllers: [MyRolesController], providers: [MyRolesPresenter] };
