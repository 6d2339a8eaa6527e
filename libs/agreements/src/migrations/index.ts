import { InitAgreements1763711000000 } from './1763711000000-init-agreements';
import { SuspensionReasons1763711000001 } from './1763711000001-suspension-reasons';
import { UnitChangeAgreements1763711000002 } from './1763711000002-unit-change';
import { EmergencyAccess1763711000004 } from './1763711000004-emergency-access';
import { Annex1763711000005 } from './1763711000005-annex';
import { AnnexTakenOver1763711000012 } from './1763711000012-annex-taken-over';
import { ReviewTold1763711000013 } from './1763711000013-review-told';
import { PlainNamesAgreements1796040000105 } from './1796040000105-plain-names';

export const agreementsMigrations = [
  InitAgreements1763711000000,
  SuspensionReasons1763711000001,
  UnitChangeAgreements1763711000002,
  EmergencyAccess1763711000004,
  Annex1763711000005,
  AnnexTakenOver1763711000012,
  ReviewTold1763711000013,
  PlainNamesAgreements1796040000105,
];
