import type { PortalScreen } from '../../../layout/portal-screen';
import { RulebookVersionController } from './rulebook-version.controller';

export const rulebookVersionScreen: PortalScreen = { controllers: [RulebookVersionController] };
