import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { type InputOf } from '#lib/kernel';
import { type Actor, CurrentActor, UnitChangeQueries, UnitChangeService, unitChangeUseCases } from '#lib/organisation';
import { ConfirmUnitChange, LeftBehindReads, reorganisationUseCases, UnitChangePreviews } from '#lib/reorganisation';
import { Id, Operation } from '../operation';

/** Units renamed, merged, split, dissolved, moved: prepared by one person, looked at, confirmed by another. */
@Controller('v1')
export class UnitChangesController {
  constructor(
    private readonly unitChanges: UnitChangeService,
    private readonly reads: UnitChangeQueries,
    private readonly previews: UnitChangePreviews,
    private readonly leftBehindReads: LeftBehindReads,
    private readonly confirmation: ConfirmUnitChange,
  ) {}

  @Get('unit-changes')
  @Operation({
    useCase: unitChangeUseCases.list,
    summary: 'Organisationsänderungen',
    answers: 'vorbereitete, bestätigte und verworfene Änderungen, die neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.reads.changes(actor) };
  }

  @Post('unit-changes')
  @Operation({
    useCase: unitChangeUseCases.prepare,
    summary: 'Organisationsänderung vorbereiten; eine zweite Person bestätigt',
    answers: 'Kennungen der Änderung und der übernehmenden Stellen',
  })
  prepare(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof unitChangeUseCases.prepare>) {
    return this.unitChanges.prepare(actor, input.order);
  }

  @Get('unit-changes/:id')
  @Operation({
    useCase: unitChangeUseCases.view,
    summary: 'Eine Organisationsänderung mit ihrem Plan',
    answers: 'Stellen, Plan und Stand',
  })
  change(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.change(actor, id);
  }

  @Get('unit-changes/:id/preview')
  @Operation({
    useCase: reorganisationUseCases.preview,
    summary: 'Vorschau: was die Änderung berührt und was ihr entgegensteht',
    answers:
      'Datenprodukte, Anfragen, Aufgaben, Vereinbarungen, Rollen, Verträge und Anwendungen je Stelle, und jedes Hindernis',
  })
  preview(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.previews.of(actor, id);
  }

  @Put('unit-changes/:id/items')
  @HttpCode(204)
  @Operation({ useCase: unitChangeUseCases.assign, summary: 'Bestimmen, was wohin geht', answers: 'nichts' })
  assign(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof unitChangeUseCases.assign>) {
    return this.unitChanges.assign(actor, id, input.items);
  }

  @Post('unit-changes/:id/confirmation')
  @Operation({
    useCase: reorganisationUseCases.confirm,
    summary: 'Organisationsänderung bestätigen (zweite Person)',
    answers: 'ab wann sie gilt',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.confirmation.confirm(actor, id);
  }

  @Delete('unit-changes/:id')
  @HttpCode(204)
  @Operation({
    useCase: unitChangeUseCases.cancel,
    summary: 'Vorbereitete Organisationsänderung verwerfen',
    answers: 'nichts',
  })
  cancel(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.unitChanges.cancel(actor, id);
  }

  @Get('left-behind-agreements')
  @Operation({
    useCase: reorganisationUseCases.leftBehind,
    summary: 'Vereinbarungen, deren eine Seite nicht mehr besteht',
    answers: 'Vereinbarungen, die ruhen, und welche Stelle über sie entscheiden muss',
  })
  async leftBehind(@CurrentActor() actor: Actor) {
    return { items: await this.leftBehindReads.agreements(actor) };
  }

  @Get('unit-histories')
  @Operation({
    useCase: unitChangeUseCases.histories,
    summary: 'Stellen nach heutigem oder früherem Namen finden',
    answers: 'Stellen mit früheren Namen und wer heute an ihrer Stelle steht',
  })
  async histories(@CurrentActor() actor: Actor, @Query() { name }: InputOf<typeof unitChangeUseCases.histories>) {
    return { items: await this.reads.find(actor, name) };
  }
}
