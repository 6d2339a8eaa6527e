import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ImpactQueries, impactUseCases } from '#lib/agreements';
import { type InputOf, kernelProblems } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { decisionUseCases, ReplayService, RuleUseQueries } from '#lib/requests';
import { RulebookQueries, rulebookUseCases, RulesetDraftService, RulesetRecallService } from '#lib/rulebook';
import { Id, Operation } from '../operation';

/** The law book: read it, draft a change, discuss it, vote on it, put it into force; what it would change; replay. */
@Controller('v1')
export class RulebookController {
  constructor(
    private readonly reads: RulebookQueries,
    private readonly drafts: RulesetDraftService,
    private readonly recalls: RulesetRecallService,
    private readonly impact: ImpactQueries,
    private readonly use: RuleUseQueries,
    private readonly replays: ReplayService,
  ) {}

  @Get('rulebook')
  @Operation({
    useCase: rulebookUseCases.law,
    summary: 'Das Regelwerk in Sätzen',
    answers:
      'Kapitel, Regeln, Matrix, Ketten, Rollen, Formen der Vereinbarung, Auflagen; ohne Angabe die geltende Fassung',
  })
  rulebook(@CurrentActor() actor: Actor, @Query() { versionId }: InputOf<typeof rulebookUseCases.law>) {
    return this.reads.law(actor, versionId ?? null);
  }

  @Get('rulebook/vocabulary')
  @Operation({
    useCase: rulebookUseCases.vocabulary,
    summary: 'Die Listen des Regelwerks mit deutschen Namen',
    answers: 'Zwecke, Rechtsgrundlagen, Nachweise, Auflagen mit Art der Einhaltung, Klassen',
  })
  async rulebookVocabulary(
    @CurrentActor() actor: Actor,
    @Query() { versionId }: InputOf<typeof rulebookUseCases.vocabulary>,
  ) {
    return (await this.reads.law(actor, versionId ?? null)).vocabulary;
  }

  @Get('rulebook/decisions')
  @Operation({
    useCase: decisionUseCases.ruleUse,
    summary: 'Entscheidungen nach einer Regel',
    answers: 'Anzahl je Ergebnis und die neuesten',
  })
  ruleUse(@CurrentActor() actor: Actor, @Query() { rule: id }: InputOf<typeof decisionUseCases.ruleUse>) {
    return this.use.of(actor, id);
  }

  @Get('rulebook/versions')
  @Operation({
    useCase: rulebookUseCases.versions,
    summary: 'Fassungen und Entwürfe; mit `at` die zu einem Zeitpunkt geltende',
    answers: 'Fassungen, neueste zuerst',
  })
  async rulebookVersions(
    @CurrentActor() actor: Actor,
    @Query() { at: moment }: InputOf<typeof rulebookUseCases.versions>,
  ) {
    if (!moment) return this.reads.versions(actor);
    const found = await this.reads.at(actor, new Date(moment));
    return found ? [found] : [];
  }

  @Get('rulebook/versions/:id')
  @Operation({
    useCase: rulebookUseCases.version,
    summary: 'Eine Fassung mit Stellungnahmen und Stimmen',
    answers: 'Fassung',
  })
  rulebookVersion(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.version(actor, id);
  }

  @Get('rulebook/versions/:id/changes')
  @Operation({
    useCase: rulebookUseCases.changes,
    summary: 'Was eine Fassung anders sagt als die, auf der sie beruht',
    answers: 'Sätze vorher und nachher; nichts, wenn eine von beiden heute nicht gelesen werden kann',
  })
  async rulebookChanges(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return { items: await this.reads.changes(actor, id) };
  }

  @Get('rulebook/versions/:id/files')
  @Operation({
    useCase: rulebookUseCases.files,
    summary: 'Die Dateien einer Fassung',
    answers: 'Name und Text jeder Datei',
  })
  rulebookFiles(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.sources(actor, id);
  }

  @Get('rulebook/versions/:id/impact')
  @Operation({
    useCase: impactUseCases.run,
    summary: 'Was eine Fassung an Entscheidungen und Vereinbarungen ändern würde',
    answers: 'Unterschiede, Richtung, Betroffene',
  })
  rulebookImpact(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.impact.run(actor, id);
  }

  @Post('rulebook/checks')
  @HttpCode(200)
  @Operation({
    useCase: rulebookUseCases.check,
    summary: 'Einen Text prüfen, ohne ihn zu speichern',
    answers: 'Kennung und Fehler der Fälle',
  })
  checkRulebook(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof rulebookUseCases.check>) {
    return this.drafts.tryOut(actor, input);
  }

  @Post('rulebook/versions')
  @Operation({
    useCase: rulebookUseCases.draft,
    summary: 'Entwurf anlegen: geänderte Dateien gegenüber der geltenden Fassung',
    answers: 'Entwurf',
  })
  draftRulebook(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof rulebookUseCases.draft>) {
    return this.done(actor, () => this.drafts.draft(actor, input));
  }

  @Put('rulebook/versions/:id')
  @Operation({ useCase: rulebookUseCases.change, summary: 'Entwurf ändern', answers: 'Entwurf' })
  changeRulebook(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.change>,
  ) {
    return this.done(actor, () => this.drafts.change(actor, id, input));
  }

  @Post('rulebook/versions/:id/consultation')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.consult, summary: 'In die Beratung geben', answers: 'neuer Stand' })
  consultRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, () => this.drafts.consult(actor, id));
  }

  @Post('rulebook/versions/:id/revision')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.revise, summary: 'Zurück in den Entwurf', answers: 'neuer Stand' })
  reviseRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, () => this.drafts.revise(actor, id));
  }

  @Post('rulebook/versions/:id/withdrawal')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.withdraw, summary: 'Entwurf zurückziehen', answers: 'neuer Stand' })
  withdrawRulebook(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, () => this.drafts.withdraw(actor, id));
  }

  @Post('rulebook/versions/:id/comments')
  @Operation({ useCase: rulebookUseCases.comment, summary: 'Stellung nehmen', answers: 'Kennung' })
  commentRulebook(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.comment>,
  ) {
    return this.done(actor, () => this.drafts.comment(actor, id, input));
  }

  @Post('rulebook/versions/:id/ballot')
  @HttpCode(200)
  @Operation({ useCase: rulebookUseCases.callVote, summary: 'Zur Abstimmung stellen', answers: 'neuer Stand' })
  callRulebookVote(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof rulebookUseCases.callVote>,
  ) {
    return this.done(actor, () => this.drafts.callVote(actor, id, input));
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
    return this.done(actor, () => this.drafts.vote(actor, id, input));
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
    return this.done(actor, () => this.drafts.adopt(actor, id, input));
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
    return this.done(actor, () => this.recalls.recall(actor, id, input));
  }

  @Get('decisions/incidents')
  @Operation({
    useCase: decisionUseCases.incidents,
    summary: 'Entscheidungen, die bei der Nachprüfung anders herauskamen',
    answers: 'Vorfälle, neueste zuerst',
  })
  decisionIncidents(@CurrentActor() actor: Actor) {
    return this.replays.incidents(actor);
  }

  @Post('decisions/:id/replay')
  @HttpCode(200)
  @Operation({
    useCase: decisionUseCases.replay,
    summary: 'Eine gespeicherte Entscheidung noch einmal ausführen',
    answers: 'gleich oder nicht, und was sich unterscheidet',
  })
  replayDecision(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.done(actor, () => this.replays.replay(actor, id));
  }

  private done<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    // machines draft and vote on nothing; their permissions say so, and so does this
    if (actor.acting.kind !== 'person') throw kernelProblems.page_not_found();
    return work();
  }
}
