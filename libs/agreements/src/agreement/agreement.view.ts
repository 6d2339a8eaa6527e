import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { instrumentQuestion } from '../instrument/instrument-questions';
import { needStatus } from '../instrument/instrument-status.reads';
import { agreementDocument } from './agreement-document';
import { CONSENTS, suspensionReason, termsSchema } from './agreement.entity';
import { agreementStates } from './agreement.states';

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
  instrument: z.string(),
  instrumentName: z.string(),
  /** half-open */
  validFrom: isoTime,
  validUntil: isoTime,
});
export type AgreementLine = z.output<typeof agreementLine>;

/** A running agreement that asks for its reader: it rests, or a contract it needs ends before it. */
export interface AgreementConcern {
  id: string;
  number: string;
  productTitle: string;
  kind: 'RESTS' | 'CONTRACT_ENDS';
  /** in German, for both sides */
  because: string[];
}

/** Another agreement under which the same receiver gets the same product. */
export const parallelAgreement = agreementLine.pick({
  id: true,
  number: true,
  state: true,
  stateName: true,
  purposeCode: true,
  validUntil: true,
});

export const agreementView = z.strictObject({
  ...agreementLine.shape,
  terms: termsSchema,
  /** the structure both sides agreed to; null: agreed before there was one */
  document: agreementDocument.nullable(),
  /** the same text for both sides, made from `document` */
  termsText: z.string(),
  /** SHA-256 in hexadecimal of the canonical JSON (RFC 8785) of `document`; without one of `termsText` */
  termsSha256: z.string(),
  consent: z.enum(CONSENTS),
  /** whose purpose it is, when the receiving unit works on instructions */
  controllerUnitName: z.string().nullable(),
  controllerConfirmedByName: z.string().nullable(),
  controllerConfirmedAt: isoTime.nullable(),
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
  annex: z.strictObject({ document: agreementDocument.nullable(), text: z.string(), sha256: z.string() }).nullable(),
  /** what changed for both sides without a new agreement, in German */
  hints: z.array(z.string()),
  /** contracts it rests on, as they stand now */
  contracts: z.array(needStatus),
  /** others that run for the same product and receiver: ending this one leaves them as they are */
  parallel: z.array(parallelAgreement),
  /** fields that come more strictly masked than agreed, because the version in force of the data says so: how, in words */
  tightened: z.array(z.strictObject({ field: z.string(), as: z.string() })),
  /** what the reader may do now */
  may: z.strictObject({
    confirm: z.boolean(),
    confirmAsController: z.boolean(),
    terminate: z.boolean(),
    revoke: z.boolean(),
    receive: z.boolean(),
  }),
});
export type AgreementView = z.output<typeof agreementView>;

/** Where an agreement stands after an act. */
export const agreementStatus = agreementLine.pick({ id: true, state: true, revision: true });
/** After a revocation: what still runs for the same product and receiver. */
export const revoked = z.strictObject({ ...agreementStatus.shape, stillRunning: z.array(parallelAgreement) });
export type Revoked = z.output<typeof revoked>;
export type AgreementStatus = z.output<typeof agreementStatus>;
