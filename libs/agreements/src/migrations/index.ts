import { InitAgreements1763711000000 } from './1763711000000-init-agreements';
import { SuspensionReasons1763711000001 } from './1763711000001-suspension-reasons';
import { EmergencyAccess1763711000004 } from './1763711000004-emergency-access';
import { Annex1763711000005 } from './1763711000005-annex';

export const agreementsMigrations = [InitAgreements1763711000000, SuspensionReasons1763711000001, EmergencyAccess1763711000004, Annex1763711000005];
