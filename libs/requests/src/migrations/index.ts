import { InitRequests1763709000000 } from './1763709000000-init-requests';

export const requestsMigrations = [InitRequests1763709000000];
