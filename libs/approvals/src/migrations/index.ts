import { InitApprovals1763710000000 } from './1763710000000-init-approvals';
import { AllChains1763710000001 } from './1763710000001-all-chains';

export const approvalsMigrations = [InitApprovals1763710000000, AllChains1763710000001];
