import { type Actor, CurrentActor } from '#lib/organisation';
import { RuleProposals, ruleProposalUseCases } from '#lib/requests';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { InputOf } from '#lib/kernel';
import { Id, Operation } from '../operation';

/** Decided cases that were handed over as rules, and what becomes of them. */
@Controller('v1/rule-proposals')
export class RuleProposalsController {
  constructor(private readonly proposals: RuleProposals) {}

  @Get()
  @Operation({
    useCase: ruleProposalUseCases.list,
    summary: 'Vorschläge für Regeln',
    answers: 'Vorschläge, offene zuerst',
  })
  list(@CurrentActor() actor: Actor) {
    return this.proposals.list(actor);
  }

  @Post(':id/draft')
  @Operation({
    useCase: ruleProposalUseCases.draft,
    summary: 'Vorschlag als Entwurf des Regelwerks anlegen',
    answers: 'Entwurf',
  })
  draft(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.proposals.draft(actor, id);
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @Operation({
    useCase: ruleProposalUseCases.decline,
    summary: 'Vorschlag nicht aufnehmen, mit Antwort',
    answers: 'Stand',
  })
  decline(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof ruleProposalUseCases.decline>,
  ) {
    return this.proposals.decline(actor, id, input);
  }
}
