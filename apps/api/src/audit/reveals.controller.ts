import { AuditRevealService, auditRevealUseCases } from '#lib/assurance';
import { type InputOf } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Id, Operation } from '../operation';

/** Naming the person behind an entry of the log: two roles consent, the Personalrat reads along, every step is on record. */
@Controller('v1/audit-reveals')
export class AuditRevealsController {
  constructor(private readonly reveals: AuditRevealService) {}

  @Get()
  @Operation({
    useCase: auditRevealUseCases.list,
    summary: 'Offenlegungen auflisten',
    answers: 'Liste ohne Personen, neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.reveals.list(actor) };
  }

  @Post()
  @Operation({
    useCase: auditRevealUseCases.ask,
    summary: 'Offenlegung einer Person beantragen',
    answers: 'Kennung; offengelegt ist noch nichts',
  })
  ask(@CurrentActor() actor: Actor, @Body() { entryId, ...input }: InputOf<typeof auditRevealUseCases.ask>) {
    return this.reveals.ask(actor, entryId, input);
  }

  @Post(':id/consent')
  @HttpCode(204)
  @Operation({
    useCase: auditRevealUseCases.consent,
    summary: 'Der Offenlegung zustimmen (Datenschutz, Geschäftsstelle)',
    answers: 'nichts',
  })
  consent(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.reveals.answer(actor, id, true);
  }

  @Post(':id/refusal')
  @HttpCode(204)
  @Operation({ useCase: auditRevealUseCases.refuse, summary: 'Die Offenlegung ablehnen', answers: 'nichts' })
  refuse(@CurrentActor() actor: Actor, @Id('id') id: string): Promise<void> {
    return this.reveals.answer(actor, id, false);
  }

  /** Every look is recorded before the answer, so no GET. */
  @Post(':id/reading')
  @HttpCode(200)
  @Operation({
    useCase: auditRevealUseCases.person,
    summary: 'Den Namen der offengelegten Person lesen',
    answers: 'Name',
  })
  person(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reveals.person(actor, id);
  }
}
