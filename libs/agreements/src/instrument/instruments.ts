import { CONTRACT_KINDS } from '#lib/organisation';
import type { Instruments, InstrumentText } from '#lib/policy';
import { z } from 'zod';

/** A contract that must be valid in the register, on the day of confirmation and at every delivery. */
export const instrumentNeed = z.strictObject({ kind: z.enum(CONTRACT_KINDS), partyA: z.uuid(), partyB: z.uuid() });
export type InstrumentNeed = z.output<typeof instrumentNeed>;

/**
 * Contracts an agreement rests on: the one of its instrument, the one with the processor of the receiving side, and where a
 * processor receives, the one of the side it works for (`own`: its instrument, as if that side received itself).
 */
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
  own: Pick<InstrumentText, 'contract'> | null = null,
): InstrumentNeed[] {
  // a processor is bound to the office it works for, which need not be the one that gives
  const partyA = (side === 'INSTRUCTING' && onBehalfOfUnitId) || providerUnitId;
  return [
    ...(contract ? [{ kind: contract, partyA, partyB: consumerUnitId }] : []),
    ...(own?.contract && onBehalfOfUnitId && onBehalfOfUnitId !== providerUnitId
      ? [{ kind: own.contract, partyA: providerUnitId, partyB: onBehalfOfUnitId }]
      : []),
    ...(processorUnitId ? [{ kind: processor.contract, partyA: consumerUnitId, partyB: processorUnitId }] : []),
  ];
}
