import { AuditReads, auditUseCases } from '#lib/audit';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { InputOf } from '#lib/kernel';
import { Id, Operation } from '../operation';

/** What the audit view of the portal shows, as JSON. Reading is itself an event, committed before the answer. */
@Controller('v1/audit')
export class AuditEntriesController {
  constructor(private readonly audit: AuditReads) {}

  @Get()
  @Operation({
    useCase: auditUseCases.overview,
    summary: 'Stand des Protokolls',
    answers: 'Protokolle je Jahr, was noch nicht versiegelt ist, neueste Einträge',
  })
  overview(@CurrentActor() actor: Actor) {
    return this.audit.overview(actor.acting);
  }

  @Get('entries')
  @Operation({
    useCase: auditUseCases.about,
    summary: 'Einträge zu einem Vorgang',
    answers: 'Einträge in der Reihenfolge des Protokolls',
  })
  async about(@CurrentActor() actor: Actor, @Query() { about: subject }: InputOf<typeof auditUseCases.about>) {
    return { items: await this.audit.about(actor.acting, subject) };
  }

  @Get('entries/:id')
  @Operation({ useCase: auditUseCases.entry, summary: 'Ein Eintrag', answers: 'Eintrag, Klarwerte und Nachweis' })
  entry(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.audit.entry(actor.acting, id);
  }

  /** Reads the whole log: an act that costs something, so no GET. */
  @Post('verifications')
  @HttpCode(200)
  @Operation({
    useCase: auditUseCases.verify,
    summary: 'Das Protokoll eines Jahres prüfen',
    answers: 'in Ordnung, oder der erste Eintrag, der es nicht ist',
  })
  verify(@CurrentActor() actor: Actor, @Body() { year }: InputOf<typeof auditUseCases.verify>) {
    return this.audit.verify(actor.acting, year);
  }
}
