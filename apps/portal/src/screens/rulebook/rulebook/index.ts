import type { PortalScreen } from '../../../layout/portal-screen';
import { RulebookController } from './rulebook.controller';
import { RulebookPresenter } from './rulebook.presenter';

export const rulebookScreen: PortalScreen = { controllers: [RulebookController], providers: [RulebookPresenter] };
