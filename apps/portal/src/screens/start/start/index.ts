import type { PortalScreen } from '../../../layout/portal-screen';
import { StartController } from './start.controller';
import { StartPresenter } from './start.presenter';

export const startScreen: PortalScreen = { controllers: [StartController], providers: [StartPresenter] };
