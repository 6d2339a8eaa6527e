import type { PortalScreen } from '../../../layout/portal-screen';
import { PersonAdmissionController } from './person-admission.controller';

export const personAdmissionScreen: PortalScreen = { controllers: [PersonAdmissionController] };
