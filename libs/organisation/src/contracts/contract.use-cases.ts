import { defineUseCase } from '#lib/kernel';
import { z } from 'zod';
import { CONTRACT_KINDS } from './contract.entity';

const moment = z.iso.datetime({ offset: true });
const contractSchema = z.strictObject({
  unitA: z.uuid(),
  unitB: z.uuid(),
  kind: z.enum(CONTRACT_KINDS),
  reference: z.string().trim().min(1).max(200),
  validFrom: moment,
  validTo: moment,
});
export type ContractInput = z.input<typeof contractSchema>;

/** The register of contracts, kept by the Rechtsamt. */
export const contractUseCases = {
  register: defineUseCase({
    may: 'contract.register',
    audit: 'contract.registered.v1',
    input: contractSchema,
    output: z.strictObject({ contractId: z.uuid() }),
  }),
  end: defineUseCase({ may: 'contract.register', audit: 'contract.ended.v1' }),
};
