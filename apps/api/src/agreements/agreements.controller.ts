import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { type AgreementListFilter, AgreementReads, AgreementService, agreementUseCases } from '#lib/agreements';
import { DeliveryService, ExchangeQueries, exchangeUseCases } from '#lib/exchange';
import { CONFIG, type Config, type InputOf } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Id, Operation } from '../operation';

@Controller('v1/agreements')
export class AgreementsController {
  constructor(
    private readonly agreements: AgreementService,
    private readonly reads: AgreementReads,
    private readonly deliveries: DeliveryService,
    private readonly exchanges: ExchangeQueries,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Operation({
    useCase: agreementUseCases.list,
    summary: 'Vereinbarungen auflisten',
    answers: 'Liste, neueste zuerst',
  })
  list(@CurrentActor() actor: Actor, @Query() { state, ...filter }: InputOf<typeof agreementUseCases.list>) {
    return this.reads.list(actor, { ...filter, ...(state && { states: [state] as AgreementListFilter['states'] }) });
  }

  @Get(':id')
  @Operation({
    useCase: agreementUseCases.view,
    summary: 'Eine Vereinbarung lesen',
    answers: 'Bedingungen und Text',
  })
  view(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.view(actor, id);
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @Operation({
    useCase: agreementUseCases.confirm,
    summary:
      'Vereinbarung bestätigen; sie gilt dann. `answers`: Antworten auf das, was die Form der Vereinbarung fragt (`asks`)',
    answers: 'neuer Stand',
  })
  confirm(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof agreementUseCases.confirm>,
  ) {
    return this.agreements.confirm(actor, id, input);
  }

  @Post(':id/controller-confirmation')
  @HttpCode(200)
  @Operation({
    useCase: agreementUseCases.confirmAsController,
    summary: 'Vereinbarung als beauftragende Stelle bestätigen, bevor der Auftragsverarbeiter es tut',
    answers: 'neuer Stand',
  })
  confirmAsController(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof agreementUseCases.confirmAsController>,
  ) {
    return this.agreements.confirmAsController(actor, id, input);
  }

  @Post(':id/revocation')
  @HttpCode(200)
  @Operation({
    useCase: agreementUseCases.revoke,
    summary: 'Vereinbarung widerrufen, sofort',
    answers: 'neuer Stand',
  })
  revoke(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { reason, together }: InputOf<typeof agreementUseCases.revoke>,
  ) {
    return this.agreements.revoke(actor, id, reason, together);
  }

  @Post(':id/termination')
  @HttpCode(200)
  @Operation({
    useCase: agreementUseCases.terminate,
    summary: 'Vereinbarung beenden (nutzende Stelle)',
    answers: 'neuer Stand',
  })
  terminate(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { reason }: InputOf<typeof agreementUseCases.terminate>,
  ) {
    return this.agreements.terminate(actor, id, reason);
  }

  @Post(':id/downloads')
  @Operation({
    useCase: exchangeUseCases.createTicket,
    summary: 'Abrufschein für den Browser: 60 Sekunden, einmal',
    answers: 'Adresse zum Abruf',
  })
  async download(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() { format }: InputOf<typeof exchangeUseCases.createTicket>,
  ) {
    const ticket = await this.deliveries.createTicket(actor, id, format);
    return {
      ...ticket,
      url: `${this.config.gateway.url}/v1/agreements/${id}/data?format=${format}&ticket=${ticket.token}`,
    };
  }

  @Get(':id/exchanges')
  @Operation({
    useCase: exchangeUseCases.ofAgreement,
    summary: 'Lieferungen unter dieser Vereinbarung',
    answers: 'Zeilen, Bytes und SHA-256 je Lieferung',
  })
  async exchangesOf(@CurrentActor() actor: Actor, @Id('id') id: string) {
    await this.reads.view(actor, id); // an agreement of others is not found, instead of having no deliveries
    return { items: await this.exchanges.ofAgreement(actor, id) };
  }
}
