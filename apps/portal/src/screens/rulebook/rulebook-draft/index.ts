import type { PortalScreen } from '../../../layout/portal-screen';
import { RulebookDraftController } from './rulebook-draft.controller';

export const rulebookDraftScreen: PortalScreen = { controllers: [RulebookDraftController] };
