import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { z } from 'zod';
import { AGREEMENT_STATES, type AgreementListFilter, AgreementReads, AgreementService } from '#lib/agreements';
import { DeliveryService, ExchangeReads, FORMATS } from '#lib/exchange';
import { CONFIG, type Config, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { message } from '#lib/requests';
import { Body, Id, Operation, pages, Query } from '../operation';

const listing = z.strictObject({
  side: z.enum(['CONSUMER', 'PROVIDER', 'ALL']).default('ALL'),
  state: z.enum(AGREEMENT_STATES).optional(),
  ...pages,
});
const confirmation = z.strictObject({
  revision: z.int(),
  answers: z.record(z.string().max(60), z.string().max(5000)).optional(),
});
const revocation = z.strictObject({ reason: message });
const termination = z.strictObject({ reason: message.optional() });
const download = z.strictObject({ format: z.enum(FORMATS) });

@Controller('v1/agreements')
export class AgreementsController {
  constructor(
    private readonly agreements: AgreementService,
    private readonly reads: AgreementReads,
    private readonly deliveries: DeliveryService,
    private readonly exchanges: ExchangeReads,
    private readonly uow: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Operation({
    may: 'agreement.read',
    audit: 'none: own agreements only',
    summary: 'Vereinbarungen auflisten',
    query: listing,
    answers: 'Liste, neueste zuerst',
  })
  list(@CurrentActor() actor: Actor, @Query() { state, ...filter }: z.output<typeof listing>) {
    return this.reads.list(actor, { ...filter, ...(state && { states: [state] as AgreementListFilter['states'] }) });
  }

  @Get(':id')
  @Operation({
    may: 'agreement.read',
    audit: 'none: both sides read the same text',
    summary: 'Eine Vereinbarung lesen',
    answers: 'Bedingungen und Text',
  })
  view(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.view(actor, id);
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @Operation({
    may: 'agreement.confirm',
    audit: 'agreement.activated.v1',
    summary:
      'Vereinbarung bestätigen; sie gilt dann. `answers`: Antworten auf das, was die Form der Vereinbarung fragt (`asks`)',
    body: confirmation,
    answers: 'neuer Stand',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof confirmation>) {
    return this.agreements.confirm(actor, id, input);
  }

  @Post(':id/revocation')
  @HttpCode(200)
  @Operation({
    may: 'agreement.revoke',
    audit: 'agreement.revoked.v1',
    summary: 'Vereinbarung widerrufen, sofort',
    body: revocation,
    answers: 'neuer Stand',
  })
  revoke(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { reason }: z.output<typeof revocation>) {
    return this.agreements.revoke(actor, id, reason);
  }

  @Post(':id/termination')
  @HttpCode(200)
  @Operation({
    may: 'agreement.confirm',
    audit: 'agreement.terminated.v1',
    summary: 'Vereinbarung beenden (nutzende Stelle)',
    body: termination,
    answers: 'neuer Stand',
  })
  terminate(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { reason }: z.output<typeof termination>) {
    return this.agreements.terminate(actor, id, reason);
  }

  @Post(':id/downloads')
  @Operation({
    may: 'data.receive',
    audit: 'exchange.ticket_issued.v1',
    summary: 'Abrufschein für den Browser: 60 Sekunden, einmal',
    body: download,
    answers: 'Adresse zum Abruf',
  })
  async download(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { format }: z.output<typeof download>) {
    const ticket = await this.deliveries.createTicket(actor, id, format);
    return {
      ...ticket,
      url: `${this.config.gateway.url}/v1/agreements/${id}/data?format=${format}&ticket=${ticket.token}`,
    };
  }

  @Get(':id/exchanges')
  @Operation({
    may: 'agreement.read',
    audit: 'none: the two sides read their own record',
    summary: 'Lieferungen unter dieser Vereinbarung',
    answers: 'Zeilen, Bytes und SHA-256 je Lieferung',
  })
  async exchangesOf(@CurrentActor() actor: Actor, @Id('id') id: string) {
    await this.reads.view(actor, id); // an agreement of others is not found, instead of having no deliveries
    return { items: await this.uow.read(actor.acting, (tx) => this.exchanges.ofAgreement(tx, id)) };
  }
}
