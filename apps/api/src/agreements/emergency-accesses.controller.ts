import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { EmergencyAccesses, EmergencyReads, emergencyUseCases } from '#lib/agreements';
import type { InputOf } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Id, Operation } from '../operation';

/** Break glass: two people of one unit, 24 hours, reviewed afterwards. The data come through the gate like all others. */
@Controller('v1/emergency-accesses')
export class EmergencyAccessesController {
  constructor(
    private readonly accesses: EmergencyAccesses,
    private readonly reads: EmergencyReads,
  ) {}

  @Get()
  @Operation({
    useCase: emergencyUseCases.list,
    summary: 'Ausnahmezugriffe auflisten',
    answers: 'Liste, neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.reads.list(actor) };
  }

  @Get(':id')
  @Operation({
    useCase: emergencyUseCases.view,
    summary: 'Einen Ausnahmezugriff lesen',
    answers: 'Gefahr, Umfang, Personen und Stand',
  })
  view(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.view(actor, id);
  }

  @Post()
  @Operation({
    useCase: emergencyUseCases.open,
    summary: 'Ausnahmezugriff eröffnen (erste Person)',
    answers: 'Stand; geöffnet ist noch nichts',
  })
  open(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof emergencyUseCases.open>) {
    return this.accesses.open(actor, input);
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @Operation({
    useCase: emergencyUseCases.confirm,
    summary: 'Ausnahmezugriff bestätigen (zweite Person); er gilt dann 24 Stunden',
    answers: 'Stand und Vereinbarung',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.accesses.confirm(actor, id);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Operation({
    useCase: emergencyUseCases.end,
    summary: 'Ausnahmezugriff beenden, sofort (beide Seiten)',
    answers: 'neuer Stand',
  })
  end(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() { reason }: InputOf<typeof emergencyUseCases.end>) {
    return this.accesses.end(actor, id, reason);
  }

  @Post(':id/opinion')
  @HttpCode(200)
  @Operation({
    useCase: emergencyUseCases.giveOpinion,
    summary: 'Stellungnahme zum Datenschutz nach dem Ausnahmezugriff',
    answers: 'neuer Stand',
  })
  giveOpinion(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof emergencyUseCases.giveOpinion>,
  ) {
    return this.accesses.giveOpinion(actor, id, input);
  }

  @Post(':id/review')
  @HttpCode(200)
  @Operation({
    useCase: emergencyUseCases.review,
    summary: 'Nachprüfung: war der Ausnahmezugriff rechtmäßig?',
    answers: 'neuer Stand',
  })
  review(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof emergencyUseCases.review>) {
    return this.accesses.review(actor, id, input);
  }
}
