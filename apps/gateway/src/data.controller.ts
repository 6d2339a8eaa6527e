import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DeliveryService } from '#lib/exchange';
import { kernelProblems, parse } from '#lib/kernel';
import { Access, type Actor, CurrentActor } from '#lib/organisation';
import { FORMAT_NAMES } from '#lib/sources';
import { gatewayProblems } from './gateway.problems';
import { HttpOutlet } from './http-outlet';
import { formatFor } from './media-types';

const query = z.strictObject({
  format: z.enum(FORMAT_NAMES).optional(),
  ticket: z.string().max(200).optional(),
  /** formats for spreadsheets only: whether cells a spreadsheet would run are defused. Default: yes for a ticket (a browser), no for a machine */
  escaping: z.enum(['spreadsheet', 'none']).optional(),
});

@Controller('v1/agreements/:id/data')
export class DataController {
  constructor(private readonly deliveries: DeliveryService) {}

  @Get()
  @Access({ may: 'data.receive', audit: 'exchange.started.v1' })
  async data(
    @Param('id') agreementId: string,
    @Query() given: unknown,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // HEAD would have to decide and record an exchange without one; a part has no digest; HTTP/1.0 has no end of body
    if (request.method !== 'GET') throw kernelProblems.method_not_allowed();
    if (request.headers.range !== undefined) throw gatewayProblems.range_refused();
    if (request.raw.httpVersionMajor === 1 && request.raw.httpVersionMinor === 0)
      throw gatewayProblems.http_version_refused();
    const { format: named, ticket, escaping } = parse(query, given);
    const format = named ?? formatFor(request.headers.accept);
    if (!format) throw gatewayProblems.format_not_acceptable();

    const spreadsheetSafe = (escaping ?? (ticket === undefined ? 'none' : 'spreadsheet')) === 'spreadsheet';
    await this.deliveries.deliver({ actor, agreementId, format, ticket, spreadsheetSafe }, new HttpOutlet(reply));
  }
}
