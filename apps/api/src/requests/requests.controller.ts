import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { pages } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import {
  Explanations,
  message,
  partialForm,
  type PartialRequestFormInput,
  proposalSchema,
  REQUEST_STATES,
  requestForm,
  type RequestFormInput,
  RequestService,
  RequestViews,
  RuleProposals,
} from '#lib/requests';
import { Id, Operation } from '../operation';

const listing = z.strictObject({
  side: z.enum(['CONSUMER', 'PROVIDER', 'ALL']).default('CONSUMER'),
  state: z.enum(REQUEST_STATES).optional(),
  ...pages,
});
const which = z.strictObject({ decisionId: z.uuid().optional() });
const withdrawal = z.strictObject({ revision: z.int() });
const answer = z.strictObject({ revision: z.int(), text: message, form: requestForm.optional() });

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
    may: 'request.submit',
    audit: 'request.checked.v1',
    summary: 'Vorprüfung: was würde entschieden?',
    body: partialForm,
    answers:
      'Entscheidung, ohne dass ein Antrag entsteht; `alternatives`: die kleinsten Änderungen, mit denen es sofort oder schneller ginge',
  })
  check(@CurrentActor() actor: Actor, @Body() form: PartialRequestFormInput) {
    return this.requests.check(actor, form);
  }

  @Post()
  @Operation({
    may: 'request.submit',
    audit: 'request.submitted.v1',
    summary: 'Antrag stellen; die Entscheidung kommt sofort',
    body: requestForm,
    answers: 'Nummer, Entscheidung und wer noch entscheidet',
  })
  submit(@CurrentActor() actor: Actor, @Body() form: RequestFormInput) {
    return this.requests.submit(actor, form);
  }

  @Get()
  @Operation({
    may: 'request.read',
    audit: 'none: own and reachable requests only',
    summary: 'Anträge auflisten',
    query: listing,
    answers: 'Liste, neueste zuerst',
  })
  list(@CurrentActor() actor: Actor, @Query() { state, ...filter }: z.output<typeof listing>) {
    return this.views.list(actor, { ...filter, ...(state && { states: [state] }) });
  }

  @Get(':id')
  @Operation({
    may: 'request.read',
    audit: 'none: the two sides read their own request',
    summary: 'Einen Antrag lesen',
    answers: 'Antrag mit allen Entscheidungen',
  })
  view(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.views.view(actor, id);
  }

  @Get(':id/explanation')
  @Operation({
    may: 'request.read',
    audit: 'none: the two sides read their own record',
    summary: 'Eine Entscheidung erklärt: so tief, wie es die eigene Aufgabe braucht',
    query: which,
    answers:
      'Ergebnis, Gründe und was zu tun ist; für die Datenverantwortung auch Regeln, Auflagen und Angaben; für die Prüfung jede erwogene Regel, Angaben im Wortlaut und Nachprüfung',
  })
  explanation(@CurrentActor() actor: Actor, @Id('id') id: string, @Query() { decisionId }: z.output<typeof which>) {
    return this.explanations.of(actor, id, decisionId);
  }

  @Post(':id/rule-proposal')
  @Operation({
    may: 'task.decide',
    audit: 'rule.proposed.v1',
    summary: 'Entschiedenen Fall als Regel vorschlagen: als Entwurf, oder an die Geschäftsstelle',
    body: proposalSchema,
    answers: 'Stand und, wenn schon angelegt, der Entwurf',
  })
  proposeRule(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.proposals.handOver(actor, id, input);
  }

  @Get(':id/rule-proposal')
  @Operation({
    may: 'task.decide',
    audit: 'none: a text made of the own decision',
    summary: 'Entschiedenen Fall als Regelentwurf lesen (Datenverantwortung)',
    answers: 'Regel und Fall als YAML; Begründung und Quelle sind auszufüllen',
  })
  ruleProposal(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.proposals.propose(actor, id);
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Operation({
    may: 'request.submit',
    audit: 'request.withdrawn.v1',
    summary: 'Antrag zurückziehen',
    body: withdrawal,
    answers: 'neuer Stand',
  })
  withdraw(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof withdrawal>) {
    return this.requests.withdraw(actor, id, input);
  }

  @Post(':id/answers')
  @HttpCode(200)
  @Operation({
    may: 'request.submit',
    audit: 'request.answered.v1',
    summary: 'Rückfrage beantworten',
    body: answer,
    answers: 'neue Entscheidung',
  })
  answer(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof answer>) {
    return this.requests.answer(actor, id, input);
  }
}
