import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { ImpactService } from '#lib/agreements';
import { kernelProblems, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Replays, RuleUseReads } from '#lib/requests';
import {
  adoptSchema,
  callVoteSchema,
  changeRulesetSchema,
  checkRulesetSchema,
  commentSchema,
  draftRulesetSchema,
  recallSchema,
  RulebookReads,
  RulesetDrafts,
  RulesetRecall,
  voteSchema,
} from '#lib/rulebook';
import { Id, Operation } from '../operation';

const at = z.strictObject({ at: z.iso.datetime({ offset: true }).optional() });
const which = z.strictObject({ versionId: z.uuid().optional() });
const rule = z.strictObject({ rule: z.string().regex(/^[A-Z][A-Z0-9:_-]{2,60}$/) });
const nothing = z.strictObject({}).optional();
const OPEN = 'none: the law book is open to everybody who may read it';

/** The law book: read it, draft a change, discuss it, vote on it, put it into force; what it would change; replay. */
@Controller('v1')
export class RulebookController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
    private readonly drafts: RulesetDrafts,
    private readonly recalls: RulesetRecall,
    private readonly impact: ImpactService,
    private readonly use: RuleUseReads,
    private readonly replays: Replays,
  ) {}

  @Get('rulebook')
  @Operation({
    may: 'rulebook.read',
    audit: OPEN,
    summary: 'Das Regelwerk in Sätzen',
    query: which,
    answers: 'Kapitel, Regeln, Matrix, Ketten, Auflagen; ohne Angabe die geltende Fassung',
  })
  rulebook(@CurrentActor() actor: Actor, @Query() { versionId }: z.output<typeof which>) {
    return this.uow.read(actor.acting, (tx) => this.reads.law(tx, versionId ?? null));
  }

  @Get('rulebook/vocabulary')
  @Operation({
    may: 'rulebook.read',
    audit: OPEN,
    summary: 'Die Listen des Regelwerks mit deutschen Namen',
    query: which,
    answers: 'Zwecke, Rechtsgrundlagen, Nachweise, Auflagen mit Art der Einhaltung, Klassen',
  })
  rulebookVocabulary(@CurrentActor() actor: Actor, @Query() { versionId }: z.output<typeof which>) {
    return this.uow.read(actor.acting, async (tx) => (await this.reads.law(tx, versionId ?? null)).vocabulary);
  }

  @Get('rulebook/decisions')
  @Operation({
    may: 'request.read',
    audit: 'none: decisions the reader may see',
    summary: 'Entscheidungen nach einer Regel',
    query: rule,
    answers: 'Anzahl je Ergebnis und die neuesten',
  })
  ruleUse(@CurrentActor() actor: Actor, @Query() { rule: id }: z.output<typeof rule>) {
    return this.uow.read(actor.acting, (tx) => this.use.of(tx, id));
  }

  @Get('rulebook/versions')
  @Operation({
    may: 'rulebook.read',
    audit: OPEN,
    summary: 'Fassungen und Entwürfe; mit `at` die zu einem Zeitpunkt geltende',
    query: at,
    answers: 'Fassungen, neueste zuerst',
  })
  rulebookVersions(@CurrentActor() actor: Actor, @Query() { at: moment }: z.output<typeof at>) {
    return this.uow.read(actor.acting, async (tx) => {
      if (!moment) return this.reads.versions(tx);
      const found = await this.reads.at(tx, new Date(moment));
      return found ? [found] : [];
    });
  }

  @Get('rulebook/versions/:id')
  @Operation({
    may: 'rulebook.read',
    audit: OPEN,
    summary: 'Eine Fassung mit Stellungnahmen und Stimmen',
    answers: 'Fassung',
  })
  rulebookVersion(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.reads.version(tx, actor, id));
  }

  @Get('rulebook/versions/:id/files')
  @Operation({
    may: 'rulebook.read',
    audit: OPEN,
    summary: 'Die Dateien einer Fassung',
    answers: 'Name und Text jeder Datei',
  })
  rulebookFiles(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.reads.sources(tx, id));
  }

  @Get('rulebook/versions/:id/impact')
  @Operation({
    may: 'rulebook.comment',
    audit: 'none: decisions and agreements the reader may see',
    summary: 'Was eine Fassung an Entscheidungen und Vereinbarungen ändern würde',
    answers: 'Unterschiede, Richtung, Betroffene',
  })
  rulebookImpact(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.impact.run(tx, id));
  }

  @Post('rulebook/checks')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.draft',
    audit: 'none: nothing is kept',
    summary: 'Einen Text prüfen, ohne ihn zu speichern',
    body: checkRulesetSchema,
    answers: 'Kennung und Fehler der Fälle',
  })
  checkRulebook(@CurrentActor() actor: Actor, @Body() input: unknown) {
    return this.uow.read(actor.acting, (tx) => this.drafts.tryOut(tx, input));
  }

  @Post('rulebook/versions')
  @Operation({
    may: 'rulebook.draft',
    audit: 'rulebook.drafted.v1',
    summary: 'Entwurf anlegen: geänderte Dateien gegenüber der geltenden Fassung',
    body: draftRulesetSchema,
    answers: 'Entwurf',
  })
  draftRulebook(@CurrentActor() actor: Actor, @Body() input: unknown) {
    return this.done(actor, (tx) => this.drafts.draft(tx, actor, input));
  }

  @Put('rulebook/versions/:id')
  @Operation({
    may: 'rulebook.draft',
    audit: 'rulebook.drafted.v1',
    summary: 'Entwurf ändern',
    body: changeRulesetSchema,
    answers: 'Entwurf',
  })
  changeRulebook(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.done(actor, (tx) => this.drafts.change(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/consultation')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.draft',
    audit: 'rulebook.consulted.v1',
    summary: 'In die Beratung geben',
    body: nothing,
    answers: 'neuer Stand',
  })
  consultRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, (tx) => this.drafts.consult(tx, actor, id));
  }

  @Post('rulebook/versions/:id/revision')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.draft',
    audit: 'rulebook.returned.v1',
    summary: 'Zurück in den Entwurf',
    body: nothing,
    answers: 'neuer Stand',
  })
  reviseRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, (tx) => this.drafts.revise(tx, actor, id));
  }

  @Post('rulebook/versions/:id/withdrawal')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.draft',
    audit: 'rulebook.withdrawn.v1',
    summary: 'Entwurf zurückziehen',
    body: nothing,
    answers: 'neuer Stand',
  })
  withdrawRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, (tx) => this.drafts.withdraw(tx, actor, id));
  }

  @Post('rulebook/versions/:id/comments')
  @Operation({
    may: 'rulebook.comment',
    audit: 'rulebook.commented.v1',
    summary: 'Stellung nehmen',
    body: commentSchema,
    answers: 'Kennung',
  })
  commentRulebook(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.done(actor, (tx) => this.drafts.comment(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/ballot')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.draft',
    audit: 'rulebook.vote-called.v1',
    summary: 'Zur Abstimmung stellen',
    body: callVoteSchema,
    answers: 'neuer Stand',
  })
  callRulebookVote(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.done(actor, (tx) => this.drafts.callVote(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/votes')
  @Operation({
    may: 'rulebook.vote',
    audit: 'rulebook.voted.v1',
    summary: 'Für die eigene Stelle abstimmen',
    body: voteSchema,
    answers: 'Stand nach der Stimme',
  })
  voteRulebook(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.done(actor, (tx) => this.drafts.vote(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/adoption')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.vote',
    audit: 'rulebook.adopted.v1',
    summary: 'Mit Beschlussnummer in Kraft setzen',
    body: adoptSchema,
    answers: 'ab wann es gilt',
  })
  adoptRulebook(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.done(actor, (tx) => this.drafts.adopt(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/recall')
  @HttpCode(200)
  @Operation({
    may: 'rulebook.vote',
    audit: 'rulebook.recall-asked.v1',
    summary: 'Vor dem Inkrafttreten zurücknehmen: die Stimme der eigenen Stelle',
    body: recallSchema,
    answers: 'Stand, Stimmen und wie viele nötig sind',
  })
  recallRulebook(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: unknown) {
    return this.done(actor, (tx) => this.recalls.recall(tx, actor, id, input));
  }

  @Get('decisions/incidents')
  @Operation({
    may: 'audit.read',
    audit: 'none: incidents stand in the log already',
    summary: 'Entscheidungen, die bei der Nachprüfung anders herauskamen',
    answers: 'Vorfälle, neueste zuerst',
  })
  decisionIncidents(@CurrentActor() actor: Actor) {
    return this.uow.read(actor.acting, (tx) => this.replays.incidents(tx));
  }

  @Post('decisions/:id/replay')
  @HttpCode(200)
  @Operation({
    may: 'audit.read',
    audit: 'decision.replayed.v1, decision.replay-failed.v1',
    summary: 'Eine gespeicherte Entscheidung noch einmal ausführen',
    body: nothing,
    answers: 'gleich oder nicht, und was sich unterscheidet',
  })
  replayDecision(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, (tx) => this.replays.replay(tx, id, actor.personId));
  }

  private done<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    // machines draft and vote on nothing; their permissions say so, and so does this
    if (actor.acting.kind !== 'person') throw kernelProblems.page_not_found();
    return this.uow.run(actor.acting, work);
  }
}
