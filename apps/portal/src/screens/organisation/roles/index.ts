import type { PortalScreen } from '../../../layout/portal-screen';
import { RolesController } from './roles.controller';

export const rolesScreen: PortalScreen = { controllers: [RolesController] };
