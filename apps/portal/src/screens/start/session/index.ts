import type { PortalScreen } from '../../../layout/portal-screen';
import { SessionController } from './session.controller';

export const sessionScreen: PortalScreen = { controllers: [SessionController] };
