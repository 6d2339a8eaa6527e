import type { PortalScreen } from '../../../layout/portal-screen';
import { RuleProposalController } from './rule-proposal.controller';

export const ruleProposalScreen: PortalScreen = { controllers: [RuleProposalController] };
