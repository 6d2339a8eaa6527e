import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Handovers, handoverUseCases } from '#lib/requests';
import type { InputOf } from '#lib/kernel';
import { Id, Operation } from '../operation';

/** Requests whose responsible person left: they rest until the asking unit names somebody. */
@Controller('v1')
export class HandoversController {
  constructor(private readonly handovers: Handovers) {}

  @Get('handovers')
  @Operation({
    useCase: handoverUseCases.list,
    summary: 'Anträge, für die niemand mehr verantwortlich ist',
    answers: 'ruhende Anträge der eigenen Stellen, auf beiden Seiten',
  })
  async resting(@CurrentActor() actor: Actor) {
    return { items: await this.handovers.resting(actor) };
  }

  @Post('requests/:id/handover')
  @HttpCode(204)
  @Operation({
    useCase: handoverUseCases.name,
    summary: 'Verantwortliche Person für einen Antrag benennen',
    answers: 'nichts',
  })
  name(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof handoverUseCases.name>) {
    return this.handovers.name(actor, id, input);
  }
}
