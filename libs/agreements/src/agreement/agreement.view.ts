import type { AgreementState, Instrument } from './agreement.states';
import type { InstrumentQuestion } from '../instrument/instrument-questions';
import type { NeedStanding } from '../instrument/instrument-standing.reads';
import type { SuspensionReason, Terms } from './agreement.entity';

/** One line of a list of agreements: plain JSON. */
export interface AgreementLine {
  id: string;
  number: string;
  requestId: string;
  state: AgreementState;
  stateName: string;
  revision: number;
  productId: string;
  productTitle: string;
  consumerUnitId: string;
  consumerUnitName: string;
  providerUnitId: string;
  providerUnitName: string;
  purposeCode: string;
  instrument: Instrument;
  instrumentName: string;
  /** half-open, ISO 8601 */
  validFrom: string;
  validUntil: string;
}

export interface AgreementView extends AgreementLine {
  terms: Terms;
  /** the same text for both sides, and its SHA-256 in hexadecimal */
  termsText: string;
  termsSha256: string;
  consent: 'STANDING_OFFER' | 'APPROVAL' | 'EMERGENCY';
  confirmedByName: string | null;
  confirmedAt: string | null;
  endedAt: string | null;
  endReason: string | null;
  /** why it rests and since when; empty unless it rests */
  suspendedBecause: SuspensionReason[];
  suspendedAt: string | null;
  /** what is asked with the confirmation, because the instrument needs it; empty once it was confirmed */
  asks: readonly InstrumentQuestion[];
  /** what was settled with the confirmation, and its SHA-256; null where the instrument asks nothing */
  annex: { text: string; sha256: string } | null;
  /** contracts it rests on, as they stand now */
  contracts: NeedStanding[];
  /** what the reader may do now */
  may: { confirm: boolean; terminate: boolean; revoke: boolean; receive: boolean };
}
