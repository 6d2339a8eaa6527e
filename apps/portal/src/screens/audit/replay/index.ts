import type { PortalScreen } from '../../../layout/portal-screen';
import { ReplayController } from './replay.controller';

export const replayScreen: PortalScreen = { controllers: [ReplayController] };
