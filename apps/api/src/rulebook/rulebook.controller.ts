import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ImpactService, impactUseCases } from '#lib/agreements';
import { type InputOf, kernelProblems, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { decisionUseCases, Replays, RuleUseReads } from '#lib/requests';
import { RulebookReads, rulebookUseCases, RulesetDrafts, RulesetRecall } from '#lib/rulebook';
import { Id, Operation } from '../operation';

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
    useCase: rulebookUseCases.law,
    summary: 'Das Regelwerk in Sätzen',
    answers: 'Kapitel, Regeln, Matrix, Ketten, Auflagen; ohne Angabe die geltende Fassung',
  })
  rulebook(@CurrentActor() actor: Actor, @Query() { versionId }: InputOf<typeof rulebookUseCases.law>) {
    return this.uow.read(actor.acting, (tx) => this.reads.law(tx, versionId ?? null));
  }

  @Get('rulebook/vocabulary')
  @Operation({
    useCase: rulebookUseCases.vocabulary,
    summary: 'Die Listen des Regelwerks mit deutschen Namen',
    answers: 'Zwecke, Rechtsgrundlagen, Nachweise, Auflagen mit Art der Einhaltung, Klassen',
  })
  rulebookVocabulary(
    @CurrentActor() actor: Actor,
    @Query() { versionId }: InputOf<typeof rulebookUseCases.vocabulary>,
  ) {
    return this.uow.read(actor.acting, async (tx) => (await this.reads.law(tx, versionId ?? null)).vocabulary);
  }

  @Get('rulebook/decisions')
  @Operation({
    useCase: decisionUseCases.ruleUse,
    summary: 'Entscheidungen nach einer Regel',
    answers: 'Anzahl je Ergebnis und die neuesten',
  })
  ruleUse(@CurrentActor() actor: Actor, @Query() { rule: id }: InputOf<typeof decisionUseCases.ruleUse>) {
    return this.uow.read(actor.acting, (tx) => this.use.of(tx, id));
  }

  @Get('rulebook/versions')
  @Operation({
    useCase: rulebookUseCases.versions,
    summary: 'Fassungen und Entwürfe; mit `at` die zu einem Zeitpunkt geltende',
    answers: 'Fassungen, neueste zuerst',
  })
  rulebookVersions(@CurrentActor() actor: Actor, @Query() { at: moment }: InputOf<typeof rulebookUseCases.versions>) {
    return this.uow.read(actor.acting, async (tx) => {
      if (!moment) return this.reads.versions(tx);
      const found = await this.reads.at(tx, new Date(moment));
      return found ? [found] : [];
    });
  }

  @Get('rulebook/versions/:id')
  @Operation({
    useCase: rulebookUseCases.version,
    summary: 'Eine Fassung mit Stellungnahmen und Stimmen',
    answers: 'Fassung',
  })
  rulebookVersion(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.reads.version(tx, actor, id));
  }

  @Get('rulebook/versions/:id/files')
  @Operation({
    useCase: rulebookUseCases.files,
    summary: 'Die Dateien einer Fassung',
    answers: 'Name und Text jeder Datei',
  })
  rulebookFiles(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.reads.sources(tx, id));
  }

  @Get('rulebook/versions/:id/impact')
  @Operation({
    useCase: impactUseCases.run,
    summary: 'Was eine Fassung an Entscheidungen und Vereinbarungen ändern würde',
    answers: 'Unterschiede, Richtung, Betroffene',
  })
  rulebookImpact(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.impact.run(tx, id));
  }

  @Post('rulebook/checks')
  @HttpCode(200)
  @Operation({
    useCase: rulebookUseCases.check,
    summary: 'Einen Text prüfen, ohne ihn zu speichern',
    answers: 'Kennung und Fehler der Fälle',
  })
  checkRulebook(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof rulebookUseCases.check>) {
    return this.uow.read(actor.acting, (tx) => this.drafts.tryOut(tx, input));
  }

  @Post('rulebook/versions')
  @Operation({
    useCase: rulebookUseCases.draft,
    summary: 'Entwurf anlegen: geänderte Dateien gegenüber der geltenden Fassung',
    answers: 'Entwurf',
  })
  draftRulebook(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof rulebookUseCases.draft>) {
    return this.done(actor, (tx) => this.drafts.draft(tx, actor, input));
  }

  @Put('rulebook/versions/:id')
  @Operation({ useCase: rulebookUseCases.change, summary: 'Entwurf ändern', answers: 'Entwurf' })
  changeRulebook(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.change>,
  ) {
    return this.done(actor, (tx) => this.drafts.change(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/consultation')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.consult, summary: 'In die Beratung geben', answers: 'neuer Stand' })
  consultRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, (tx) => this.drafts.consult(tx, actor, id));
  }

  @Post('rulebook/versions/:id/revision')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.revise, summary: 'Zurück in den Entwurf', answers: 'neuer Stand' })
  reviseRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, (tx) => this.drafts.revise(tx, actor, id));
  }

  @Post('rulebook/versions/:id/withdrawal')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.withdraw, summary: 'Entwurf zurückziehen', answers: 'neuer Stand' })
  withdrawRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, (tx) => this.drafts.withdraw(tx, actor, id));
  }

  @Post('rulebook/versions/:id/comments')
  @Operation({ useCase: rulebookUseCases.comment, summary: 'Stellung nehmen', answers: 'Kennung' })
  commentRulebook(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.comment>,
  ) {
    return this.done(actor, (tx) => this.drafts.comment(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/ballot')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.callVote, summary: 'Zur Abstimmung stellen', answers: 'neuer Stand' })
  callRulebookVote(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.callVote>,
  ) {
    return this.done(actor, (tx) => this.drafts.callVote(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/votes')
  @Operation({
    useCase: rulebookUseCases.vote,
    summary: 'Für die eigene Stelle abstimmen',
    answers: 'Stand nach der Stimme',
  })
  voteRulebook(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.vote>,
  ) {
    return this.done(actor, (tx) => this.drafts.vote(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/adoption')
  @HttpCode(200)
  @Operation({
    useCase: rulebookUseCases.adopt,
    summary: 'Mit Beschlussnummer in Kraft setzen',
    answers: 'ab wann es gilt',
  })
  adoptRulebook(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.adopt>,
  ) {
    return this.done(actor, (tx) => this.drafts.adopt(tx, actor, id, input));
  }

  @Post('rulebook/versions/:id/recall')
  @HttpCode(200)
  @Operation({
    useCase: rulebookUseCases.recall,
    summary: 'Vor dem Inkrafttreten zurücknehmen: die Stimme der eigenen Stelle',
    answers: 'Stand, Stimmen und wie viele nötig sind',
  })
  recallRulebook(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.recall>,
  ) {
    return this.done(actor, (tx) => this.recalls.recall(tx, actor, id, input));
  }

  @Get('decisions/incidents')
  @Operation({
    useCase: decisionUseCases.incidents,
    summary: 'Entscheidungen, die bei der Nachprüfung anders herauskamen',
    answers: 'Vorfälle, neueste zuerst',
  })
  decisionIncidents(@CurrentActor() actor: Actor) {
    return this.uow.read(actor.acting, (tx) => this.replays.incidents(tx));
  }

  @Post('decisions/:id/replay')
  @HttpCode(200)
  @Operation({
    useCase: decisionUseCases.replay,
    summary: 'Eine gespeicherte Entscheidung noch einmal ausführen',
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
