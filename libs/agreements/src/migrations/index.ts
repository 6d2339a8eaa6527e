import { InitAgreements1763711000000 } from './1763711000000-init-agreements';

export const agreementsMigrations = [InitAgreements1763711000000];
