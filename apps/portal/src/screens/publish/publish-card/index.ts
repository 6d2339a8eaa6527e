import type { PortalScreen } from '../../../layout/portal-screen';
import { PublishCardController } from './publish-card.controller';

export const publishCardScreen: PortalScreen = { controllers: [PublishCardController] };
