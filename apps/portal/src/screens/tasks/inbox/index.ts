import type { PortalScreen } from '../../../layout/portal-screen';
import { InboxController } from './inbox.controller';

export const inboxScreen: PortalScreen = { controllers: [InboxController] };
