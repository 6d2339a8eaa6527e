import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { instrumentQuestion } from '../instrument/instrument-questions';
import { needStatus } from '../instrument/instrument-status.reads';
import { CONSENTS, suspensionReason, termsSchema } from './agreement.entity';
import { agreementStates, INSTRUMENTS } from './agreement.states';

/** One line of a list of agreements: plain JSON. */
export const agreementLine = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  requestId: z.uuid(),
  state: z.enum(agreementStates.all),
  stateName: z.string(),
  revision: z.int(),
  productId: z.uuid(),
  productTitle: z.string(),
  consumerUnitId: z.uuid(),
  consumerUnitName: z.string(),
  providerUnitId: z.uuid(),
  providerUnitName: z.string(),
  purposeCode: z.string(),
  instrument: z.enum(INSTRUMENTS),
  instrumentName: z.string(),
  /** half-open */
  validFrom: isoTime,
  validUntil: isoTime,
});
export type AgreementLine = z.output<typeof agreementLine>;

export const agreementView = z.strictObject({
  ...agreementLine.shape,
  terms: termsSchema,
  /** the same text for both sides, and its SHA-256 in hexadecimal */
  termsText: z.string(),
  termsSha256: z.string(),
  consent: z.enum(CONSENTS),
  confirmedByName: z.string().nullable(),
  confirmedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  endReason: z.string().nullable(),
  /** why it rests and since when; empty unless it rests */
  suspendedBecause: z.array(suspensionReason),
  suspendedAt: isoTime.nullable(),
  /** what is asked with the confirmation, because the instrument needs it; empty once it was confirmed */
  asks: z.array(instrumentQuestion).readonly(),
  /** what was settled with the confirmation, and its SHA-256; null where the instrument asks nothing */
  annex: z.strictObject({ text: z.string(), sha256: z.string() }).nullable(),
  /** contracts it rests on, as they stand now */
  contracts: z.array(needStatus),
  /** what the reader may do now */
  may: z.strictObject({ confirm: z.boolean(), terminate: z.boolean(), revoke: z.boolean(), receive: z.boolean() }),
});
export type AgreementView = z.output<typeof agreementView>;

/** Where an agreement stands after an act. */
export const agreementStatus = agreementLine.pick({ id: true, state: true, revision: true });
export type AgreementStatus = z.output<typeof agreementStatus>;
