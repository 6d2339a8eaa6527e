import type { PortalScreen } from '../../../layout/portal-screen';
import { RulebookDraftController } from './rulebook-draft.controller';
import { RulebookDraftPresenter } from './rulebook-draft.presenter';

export const rulebookDraftScreen: PortalScreen = {
  controllers: [RulebookDraftController],
  providers: [RulebookDraftPresenter],
};
