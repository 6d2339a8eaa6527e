import type { PortalScreen } from '../../../layout/portal-screen';
import { AgreementController } from './agreement.controller';

export const agreementScreen: PortalScreen = { controllers: [AgreementController] };
