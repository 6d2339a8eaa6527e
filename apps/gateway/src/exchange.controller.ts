import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { ExchangeQueries, type ExchangeView } from '#lib/exchange';
import { parse } from '#lib/kernel';
import { Access, type Actor, CurrentActor } from '#lib/organisation';

@Controller('v1/exchanges/:id')
export class ExchangeController {
  constructor(private readonly exchanges: ExchangeQueries) {}

  /** How an exchange ended: a client that lost its connection compares bytes and SHA-256 with what it has. */
  @Get()
  @Access({ may: 'agreement.read', audit: 'none: the two sides read their own record' })
  exchange(@Param('id') id: string, @Query() query: unknown, @CurrentActor() actor: Actor): Promise<ExchangeView> {
    parse(z.strictObject({}), query);
    return this.exchanges.exchange(actor, id);
  }
}
