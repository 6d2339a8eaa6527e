import { AuditReads } from '#lib/audit';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Id, Operation } from '../operation';

const about = z.strictObject({ about: z.uuid() });
const verification = z.strictObject({ year: z.int().min(2000).max(2999) });

/** What the audit view of the portal shows, as JSON. Reading is itself an event, committed before the answer. */
@Controller('v1/audit')
export class AuditEntriesController {
  constructor(private readonly audit: AuditReads) {}

  @Get()
  @Operation({
    may: 'audit.read',
    audit: 'audit.read.v1',
    summary: 'Stand des Protokolls',
    answers: 'Protokolle je Jahr, was noch nicht versiegelt ist, neueste Einträge',
  })
  overview(@CurrentActor() actor: Actor) {
    return this.audit.overview(actor.acting);
  }

  @Get('entries')
  @Operation({
    may: 'audit.read',
    audit: 'audit.read.v1',
    summary: 'Einträge zu einem Vorgang',
    query: about,
    answers: 'Einträge in der Reihenfolge des Protokolls',
  })
  async about(@CurrentActor() actor: Actor, @Query() { about: subject }: z.output<typeof about>) {
    return { items: await this.audit.about(actor.acting, subject) };
  }

  @Get('entries/:id')
  @Operation({
    may: 'audit.read',
    audit: 'audit.read.v1',
    summary: 'Ein Eintrag',
    answers: 'Eintrag, Klarwerte und Nachweis',
  })
  entry(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.audit.entry(actor.acting, id);
  }

  /** Reads the whole log: an act that costs something, so no GET. */
  @Post('verifications')
  @HttpCode(200)
  @Operation({
    may: 'audit.read',
    audit: 'audit.read.v1',
    summary: 'Das Protokoll eines Jahres prüfen',
    body: verification,
    answers: 'in Ordnung, oder der erste Eintrag, der es nicht ist',
  })
  verify(@CurrentActor() actor: Actor, @Body() { year }: z.output<typeof verification>) {
    return this.audit.verify(actor.acting, year);
  }
}
