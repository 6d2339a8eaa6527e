import type { PortalScreen } from '../../../layout/portal-screen';
import { AgreementsController } from './agreements.controller';

export const agreementsScreen: PortalScreen = { controllers: [AgreementsController] };
