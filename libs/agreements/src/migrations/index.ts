import { InitAgreements1763711000000 } from './1763711000000-init-agreements';
import { SuspensionReasons1763711000001 } from './1763711000001-suspension-reasons';
import { UnitChangeAgreements1763711000002 } from './1763711000002-unit-change';
import { EmergencyAccess1763711000004 } from './1763711000004-emergency-access';
import { Annex1763711000005 } from './1763711000005-annex';
import { AnnexTakenOver1763711000012 } from './1763711000012-annex-taken-over';
import { ReviewTold1763711000013 } from './1763711000013-review-told';
import { InstrumentsOfTheLaw1796040000201 } from './1796040000201-instruments-of-the-law';
import { StructuredAgreements1796040000320 } from './1796040000320-structured';
import { PlainNamesAgreements1796040000105 } from './1796040000105-plain-names';
import { TwoSignatures1796040000303 } from './1796040000303-two-signatures';

export const agreementsMigrations = [
  InitAgreements1763711000000,
  SuspensionReasons1763711000001,
  UnitChangeAgreements1763711000002,
  EmergencyAccess1763711000004,
  Annex1763711000005,
  AnnexTakenOver1763711000012,
  ReviewTold1763711000013,
  PlainNamesAgreements1796040000105,
  InstrumentsOfTheLaw1796040000201,
  TwoSignatures1796040000303,
  StructuredAgreements1796040000320,
];
