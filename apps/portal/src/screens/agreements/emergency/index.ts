import type { PortalScreen } from '../../../layout/portal-screen';
import { EmergencyController } from './emergency.controller';

export const emergencyScreen: PortalScreen = { controllers: [EmergencyController] };
