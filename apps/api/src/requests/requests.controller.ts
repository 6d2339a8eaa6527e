import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor } from '#lib/organisation';
import {
  Explanations,
  RequestService,
  requestUseCases,
  RequestViews,
  RuleProposals,
  ruleProposalUseCases,
} from '#lib/requests';
import type { InputOf } from '#lib/kernel';
import { Id, Operation } from '../operation';

@Controller('v1/requests')
export class RequestsController {
  constructor(
    private readonly requests: RequestService,
    private readonly views: RequestViews,
    private readonly proposals: RuleProposals,
    private readonly explanations: Explanations,
  ) {}

  @Post('check')
  @HttpCode(200)
  @Operation({
    useCase: requestUseCases.check,
    summary: 'Vorprüfung: was würde entschieden?',
    answers:
      'Entscheidung, ohne dass ein Antrag entsteht; `alternatives`: die kleinsten Änderungen, mit denen es sofort oder schneller ginge',
  })
  check(@CurrentActor() actor: Actor, @Body() form: InputOf<typeof requestUseCases.check>) {
    return this.requests.check(actor, form);
  }

  @Post()
  @Operation({
    useCase: requestUseCases.submit,
    summary: 'Antrag stellen; die Entscheidung kommt sofort',
    answers: 'Nummer, Entscheidung und wer noch entscheidet',
  })
  submit(@CurrentActor() actor: Actor, @Body() form: InputOf<typeof requestUseCases.submit>) {
    return this.requests.submit(actor, form);
  }

  @Get()
  @Operation({ useCase: requestUseCases.list, summary: 'Anträge auflisten', answers: 'Liste, neueste zuerst' })
  list(@CurrentActor() actor: Actor, @Query() { state, ...filter }: InputOf<typeof requestUseCases.list>) {
    return this.views.list(actor, { ...filter, ...(state && { states: [state] }) });
  }

  @Get(':id')
  @Operation({
    useCase: requestUseCases.view,
    summary: 'Einen Antrag lesen',
    answers: 'Antrag mit allen Entscheidungen',
  })
  view(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.views.view(actor, id);
  }

  @Get(':id/explanation')
  @Operation({
    useCase: requestUseCases.explain,
    summary: 'Eine Entscheidung erklärt: so tief, wie es die eigene Aufgabe braucht',
    answers:
      'Ergebnis, Gründe und was zu tun ist; für die Datenverantwortung auch Regeln, Auflagen und Angaben; für die Prüfung jede erwogene Regel, Angaben im Wortlaut und Nachprüfung',
  })
  explanation(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Query() { decisionId }: InputOf<typeof requestUseCases.explain>,
  ) {
    return this.explanations.of(actor, id, decisionId);
  }

  @Post(':id/rule-proposal')
  @Operation({
    useCase: ruleProposalUseCases.handOver,
    summary: 'Entschiedenen Fall als Regel vorschlagen: als Entwurf, oder an die Geschäftsstelle',
    answers: 'Stand und, wenn schon angelegt, der Entwurf',
  })
  proposeRule(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof ruleProposalUseCases.handOver>,
  ) {
    return this.proposals.handOver(actor, id, input);
  }

  @Get(':id/rule-proposal')
  @Operation({
    useCase: ruleProposalUseCases.propose,
    summary: 'Entschiedenen Fall als Regelentwurf lesen (Datenverantwortung)',
    answers: 'Regel und Fall als YAML; Begründung und Quelle sind auszufüllen',
  })
  ruleProposal(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.proposals.propose(actor, id);
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Operation({ useCase: requestUseCases.withdraw, summary: 'Antrag zurückziehen', answers: 'neuer Stand' })
  withdraw(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof requestUseCases.withdraw>,
  ) {
    return this.requests.withdraw(actor, id, input);
  }

  @Post(':id/answers')
  @HttpCode(200)
  @Operation({ useCase: requestUseCases.answer, summary: 'Rückfrage beantworten', answers: 'neue Entscheidung' })
  answer(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof requestUseCases.answer>) {
    return this.requests.answer(actor, id, input);
  }
}
