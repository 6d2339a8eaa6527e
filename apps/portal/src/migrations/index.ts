import { InitPortal1763718000000 } from './1763718000000-init-portal';

export const portalMigrations = [InitPortal1763718000000];
