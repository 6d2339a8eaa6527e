import type { PortalScreen } from '../../../layout/portal-screen';
import { PersonPresenter } from '../../../layout/people/person.presenter';
import { DepartureController } from './departure.controller';

export const departureScreen: PortalScreen = { controllers: [DepartureController], providers: [PersonPresenter] };
