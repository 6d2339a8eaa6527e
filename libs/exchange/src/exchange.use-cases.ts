import { defineUseCase, itemsOf } from '#lib/kernel';
import { z } from 'zod';
import { FORMAT_NAMES } from '#lib/sources';
import { exchangeView, ticketView } from './exchange.view';

/** What the two sides ask about deliveries, and the ticket for one. The delivery itself is the gate's. */
export const exchangeUseCases = {
  createTicket: defineUseCase({
    may: 'data.receive',
    audit: 'exchange.ticket_issued.v1',
    input: z.strictObject({ format: z.enum(FORMAT_NAMES) }),
    /** `url`: where a browser takes the data, once */
    output: z.strictObject({ ...ticketView.shape, url: z.url() }),
  }),
  ofAgreement: defineUseCase({
    may: 'agreement.read',
    audit: 'none: the two sides read their own record',
    output: itemsOf(exchangeView),
  }),
};
