import type { PortalScreen } from '../../../layout/portal-screen';
import { PublishController } from './publish.controller';
import { PublishPresenter } from './publish.presenter';

export const publishScreen: PortalScreen = { controllers: [PublishController], providers: [PublishPresenter] };
