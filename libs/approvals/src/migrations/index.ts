import { InitApprovals1763710000000 } from './1763710000000-init-approvals';

export const approvalsMigrations = [InitApprovals1763710000000];
