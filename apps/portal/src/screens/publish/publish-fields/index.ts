import type { PortalScreen } from '../../../layout/portal-screen';
import { PublishFieldsController } from './publish-fields.controller';

export const publishFieldsScreen: PortalScreen = { controllers: [PublishFieldsController] };
