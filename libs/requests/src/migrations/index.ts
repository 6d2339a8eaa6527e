import { InitRequests1763709000000 } from './1763709000000-init-requests';

import { Emergency1763709000004 } from './1763709000004-emergency';

export const requestsMigrations = [InitRequests1763709000000, Emergency1763709000004];
