import type { PortalScreen } from '../../../layout/portal-screen';
import { AboutController } from './about.controller';

export const aboutScreen: PortalScreen = { controllers: [AboutController] };
