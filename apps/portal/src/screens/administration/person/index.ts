import type { PortalScreen } from '../../../layout/portal-screen';
import { PersonPresenter } from '../../../layout/people/person.presenter';
import { PersonController } from './person.controller';

export const personScreen: PortalScreen = { controllers: [PersonController], providers: [PersonPresenter] };
