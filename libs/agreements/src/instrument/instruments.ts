import { CONTRACT_KINDS } from '#lib/organisation';
import type { Instruments, InstrumentText } from '#lib/policy';
import { z } from 'zod';

/** A contract that must be valid in the register, on the day of confirmation and at every delivery. */
export const instrumentNeed = z.strictObject({ kind: z.enum(CONTRACT_KINDS), partyA: z.uuid(), partyB: z.uuid() });
export type InstrumentNeed = z.output<typeof instrumentNeed>;

/** Contracts an agreement rests on: the one of its instrument, and the one with the processor of the receiving side. */
export function needsOf(
  { contract, with: side }: Pick<InstrumentText, 'contract' | 'with'>,
  { text: { processor } }: Pick<Instruments, 'text'>,
  {
    providerUnitId,
    consumerUnitId,
    processorUnitId,
    onBehalfOfUnitId,
  }: {
    providerUnitId: string;
    consumerUnitId: string;
    processorUnitId: string | null;
    onBehalfOfUnitId?: string | null;
  },
): InstrumentNeed[] {
  // a processor is bound to the office it works for, which need not be the one that gives
  const partyA = (side === 'INSTRUCTING' && onBehalfOfUnitId) || providerUnitId;
  return [
    ...(contract ? [{ kind: contract, partyA, partyB: consumerUnitId }] : []),
    ...(processorUnitId ? [{ kind: processor.contract, partyA: consumerUnitId, partyB: processorUnitId }] : []),
  ];
}
