import { defineUseCase, isoTime, itemsOf, line, text } from '#lib/kernel';
import { z } from 'zod';
import { CONTRACT_KINDS } from './contract.entity';

const party = z.uuid('Bitte wählen Sie die Vertragspartei.');
const moment = (says: string) => z.iso.datetime({ offset: true, error: says });
/** What a contract is about. PARTIES: every product of one of the two parties, or of an office the party speaks for. */
export const contractSubject = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('PRODUCTS'),
      productIds: z.array(z.uuid()).min(1, 'Bitte nennen Sie mindestens ein Datenprodukt.').max(200),
    }),
    z.strictObject({ kind: z.literal('PARTIES') }),
    z.strictObject({
      kind: z.literal('PROCESSING'),
      text: text(2000, { least: 10, says: 'Bitte beschreiben Sie die Verarbeitung.' }),
    }),
  ],
  'Bitte sagen Sie, worum es in dem Vertrag geht.',
);
export type ContractSubject = z.output<typeof contractSubject>;

const contractSchema = z.strictObject({
  unitA: party,
  unitB: party,
  kind: z.enum(CONTRACT_KINDS, 'Bitte wählen Sie die Art des Vertrags.'),
  reference: line(200, { says: 'Bitte nennen Sie die Fundstelle.' }),
  subject: contractSubject,
  validFrom: moment('Bitte nennen Sie den Tag, ab dem der Vertrag gilt.'),
  validTo: moment('Bitte nennen Sie den letzten Tag, an dem der Vertrag gilt.'),
});
export type ContractInput = z.input<typeof contractSchema>;

const contractLine = z.strictObject({
  id: z.uuid(),
  unitA: z.uuid(),
  unitB: z.uuid(),
  unitAName: z.string(),
  unitBName: z.string(),
  kind: z.enum(CONTRACT_KINDS),
  reference: z.string(),
  /** null: the record does not say what the contract is about, so it carries no personal data */
  subject: contractSubject.nullable(),
  /** half-open */
  validFrom: isoTime,
  validTo: isoTime,
});
/** One entry of the register that is not over. */
export type ContractLine = z.output<typeof contractLine>;

/** The register of contracts, kept by the Rechtsamt. */
export const contractUseCases = {
  list: defineUseCase({
    may: 'contract.register',
    audit: 'none: the register is kept by the reader',
    output: itemsOf(contractLine),
  }),
  register: defineUseCase({
    may: 'contract.register',
    audit: 'contract.registered.v1',
    input: contractSchema,
    output: z.strictObject({ contractId: z.uuid() }),
  }),
  complete: defineUseCase({
    may: 'contract.register',
    audit: 'contract.completed.v1',
    input: z.strictObject({ subject: contractSubject }),
  }),
  end: defineUseCase({ may: 'contract.register', audit: 'contract.ended.v1' }),
};
