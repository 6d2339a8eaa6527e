import type { PortalScreen } from '../../../layout/portal-screen';
import { EmergencyController } from './emergency.controller';
import { EmergencyPresenter } from './emergency.presenter';

export const emergencyScreen: PortalScreen = { controllers: [EmergencyController], providers: [EmergencyPresenter] };
