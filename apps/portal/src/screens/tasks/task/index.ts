import type { PortalScreen } from '../../../layout/portal-screen';
import { RequestWords } from '../../../layout/requests/request-words';
import { TaskController } from './task.controller';
import { TaskPresenter } from './task.presenter';

export const taskScreen: PortalScreen = { controllers: [TaskController], providers: [TaskPresenter, RequestWords] };
