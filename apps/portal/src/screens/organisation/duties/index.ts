import type { PortalScreen } from '../../../layout/portal-screen';
import { DutiesController } from './duties.controller';
import { DutiesPresenter } from './duties.presenter';

export const dutiesScreen: PortalScreen = { controllers: [DutiesController], providers: [DutiesPresenter] };
