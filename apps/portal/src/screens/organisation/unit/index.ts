import type { PortalScreen } from '../../../layout/portal-screen';
import { UnitController } from './unit.controller';
import { UnitPresenter } from './unit.presenter';

export const unitScreen: PortalScreen = { controllers: [UnitController], providers: [UnitPresenter] };
