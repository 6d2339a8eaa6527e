import { type Actor, CurrentActor } from '#lib/organisation';
import { declineSchema, RuleProposals } from '#lib/requests';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { Id, Operation } from '../operation';

const nothing = z.strictObject({}).optional();

/** Decided cases that were handed over as rules, and what becomes of them. */
@Controller('v1/rule-proposals')
export class RuleProposalsController {
  constructor(private readonly proposals: RuleProposals) {}

  @Get()
  @Operation({
    may: 'request.read',
    audit: 'none: proposals of the own office; for the Geschäftsstelle all',
    summary: 'Vorschläge für Regeln',
    answers: 'Vorschläge, offene zuerst',
  })
  list(@CurrentActor() actor: Actor) {
    return this.proposals.list(actor);
  }

  @Post(':id/draft')
  @Operation({
    may: 'rulebook.draft',
    audit: 'rule.drafted.v1',
    summary: 'Vorschlag als Entwurf des Regelwerks anlegen',
    body: nothing,
    answers: 'Entwurf',
  })
  draft(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.proposals.draft(actor, id);
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.draft',
    audit: 'rule.declined.v1',
    summary: 'Vorschlag nicht aufnehmen, mit Antwort',
    body: declineSchema,
    answers: 'Stand',
  })
  decline(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.proposals.decline(actor, id, input);
  }
}
