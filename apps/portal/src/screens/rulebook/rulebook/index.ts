import type { PortalScreen } from '../../../layout/portal-screen';
import { RulebookController } from './rulebook.controller';

export const rulebookScreen: PortalScreen = { controllers: [RulebookController] };
