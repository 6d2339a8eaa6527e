import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Handovers } from '#lib/requests';
import { Id, Operation } from '../operation';

const named = z.strictObject({ personId: z.uuid() });

/** Requests whose responsible person left: they rest until the asking unit names somebody. */
@Controller('v1')
export class HandoversController {
  constructor(private readonly handovers: Handovers) {}

  @Get('handovers')
  @Operation({
    may: 'request.read',
    audit: 'none: both sides see that their own request rests',
    summary: 'Anträge, für die niemand mehr verantwortlich ist',
    answers: 'ruhende Anträge der eigenen Stellen, auf beiden Seiten',
  })
  async resting(@CurrentActor() actor: Actor) {
    return { items: await this.handovers.resting(actor) };
  }

  @Post('requests/:id/handover')
  @HttpCode(204)
  @Operation({
    may: 'task.decide',
    audit: 'request.handed-over.v1',
    summary: 'Verantwortliche Person für einen Antrag benennen',
    body: named,
    answers: 'nichts',
  })
  name(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof named>) {
    return this.handovers.name(actor, id, input);
  }
}
