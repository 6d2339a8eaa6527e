import type { PortalScreen } from '../../../layout/portal-screen';
import { ContractsController } from './contracts.controller';
import { ContractsPresenter } from './contracts.presenter';

export const contractsScreen: PortalScreen = { controllers: [ContractsController], providers: [ContractsPresenter] };
