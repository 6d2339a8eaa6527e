import { InitApprovals1763710000000 } from './1763710000000-init-approvals';
import { AllChains1763710000001 } from './1763710000001-all-chains';
import { UnitChangeApprovals1763710000002 } from './1763710000002-unit-change';

export const approvalsMigrations = [InitApprovals1763710000000, AllChains1763710000001, UnitChangeApprovals1763710000002];
