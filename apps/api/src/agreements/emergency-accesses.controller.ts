import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { EmergencyAccesses, EmergencyReads, findingInput, openingInput, opinionInput } from '#lib/agreements';
import { type Actor, CurrentActor } from '#lib/organisation';
import { message } from '#lib/requests';
import { Body, Id, Operation } from '../operation';

const ending = z.strictObject({ reason: message });

/** Break glass: two people of one unit, 24 hours, reviewed afterwards. The data come through the gate like all others. */
@Controller('v1/emergency-accesses')
export class EmergencyAccessesController {
  constructor(
    private readonly accesses: EmergencyAccesses,
    private readonly reads: EmergencyReads,
  ) {}

  @Get()
  @Operation({
    may: 'request.read',
    audit: 'none: both sides and those who are told read the same list',
    summary: 'Ausnahmezugriffe auflisten',
    answers: 'Liste, neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.reads.list(actor) };
  }

  @Get(':id')
  @Operation({
    may: 'request.read',
    audit: 'none: both sides and those who are told read the same record',
    summary: 'Einen Ausnahmezugriff lesen',
    answers: 'Gefahr, Umfang, Personen und Stand',
  })
  view(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.view(actor, id);
  }

  @Post()
  @Operation({
    may: 'request.submit',
    audit: 'emergency.opened.v1',
    summary: 'Ausnahmezugriff eröffnen (erste Person)',
    body: openingInput,
    answers: 'Stand; geöffnet ist noch nichts',
  })
  open(@CurrentActor() actor: Actor, @Body() input: z.input<typeof openingInput>) {
    return this.accesses.open(actor, input);
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'emergency.confirmed.v1',
    summary: 'Ausnahmezugriff bestätigen (zweite Person); er gilt dann 24 Stunden',
    answers: 'Stand und Vereinbarung',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.accesses.confirm(actor, id);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Operation({
    may: 'request.read',
    audit: 'agreement.revoked.v1',
    summary: 'Ausnahmezugriff beenden, sofort (beide Seiten)',
    body: ending,
    answers: 'neuer Stand',
  })
  end(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { reason }: z.output<typeof ending>) {
    return this.accesses.end(actor, id, reason);
  }

  @Post(':id/opinion')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'emergency.opinion-given.v1',
    summary: 'Stellungnahme zum Datenschutz nach dem Ausnahmezugriff',
    body: opinionInput,
    answers: 'neuer Stand',
  })
  giveOpinion(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof opinionInput>) {
    return this.accesses.giveOpinion(actor, id, input);
  }

  @Post(':id/review')
  @HttpCode(200)
  @Operation({
    may: 'task.decide',
    audit: 'emergency.reviewed.v1',
    summary: 'Nachprüfung: war der Ausnahmezugriff rechtmäßig?',
    body: findingInput,
    answers: 'neuer Stand',
  })
  review(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof findingInput>) {
    return this.accesses.review(actor, id, input);
  }
}
