import { defineUseCase, itemsOf } from '#lib/kernel';
import { z } from 'zod';

/** A request that rests because nobody of the asking office answers for it. */
export const restingRequest = z.strictObject({
  requestId: z.uuid(),
  number: z.string(),
  consumerUnitId: z.uuid(),
  consumerUnitName: z.string(),
  providerUnitName: z.string(),
  productTitle: z.string(),
  /** the reader may name somebody now */
  mayName: z.boolean(),
});
export type RestingRequest = z.output<typeof restingRequest>;

const handover = z.strictObject({ personId: z.uuid() });
export type HandoverInput = z.input<typeof handover>;

/** Naming who answers for a request from now on, when whoever did has left. */
export const handoverUseCases = {
  list: defineUseCase({
    may: 'request.read',
    audit: 'none: both sides see that their own request rests',
    output: itemsOf(restingRequest),
  }),
  name: defineUseCase({ may: 'task.decide', audit: 'request.handed-over.v1', input: handover }),
};
