import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitChangeDesk, UnitChangePreviews } from '#lib/agreements';
import { UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  CurrentActor,
  unitChangeItemsSchema,
  UnitChangeReads,
  UnitChanges,
  unitChangeSchema,
} from '#lib/organisation';
import { Id, Operation } from '../operation';

/** what the order of the head of administration says, by its kind */
const order = z.strictObject({ order: unitChangeSchema });
const items = z.strictObject({ items: unitChangeItemsSchema });
const search = z.strictObject({ name: z.string().trim().min(1).max(200) });

/** Units renamed, merged, split, dissolved, moved: prepared by one person, looked at, confirmed by another. */
@Controller('v1')
export class UnitChangesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly unitChanges: UnitChanges,
    private readonly reads: UnitChangeReads,
    private readonly previews: UnitChangePreviews,
    private readonly desk: UnitChangeDesk,
  ) {}

  @Get('unit-changes')
  @Operation({
    may: 'organisation.read',
    audit: 'none: offices and orders',
    summary: 'Organisationsänderungen',
    answers: 'vorbereitete, bestätigte und verworfene Änderungen, die neueste zuerst',
  })
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.changes(tx)) };
  }

  @Post('unit-changes')
  @Operation({
    may: 'organisation.administer',
    audit: 'unit-change.prepared.v1',
    summary: 'Organisationsänderung vorbereiten; eine zweite Person bestätigt',
    body: order,
    answers: 'Kennungen der Änderung und der übernehmenden Stellen',
  })
  prepare(@CurrentActor() actor: Actor, @Body() input: z.output<typeof order>) {
    return this.uow.run(actor.acting, (tx) => this.unitChanges.prepare(tx, actor, input.order));
  }

  @Get('unit-changes/:id')
  @Operation({
    may: 'organisation.read',
    audit: 'none: offices and orders',
    summary: 'Eine Organisationsänderung mit ihrem Plan',
    answers: 'Stellen, Plan und Stand',
  })
  change(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.reads.change(tx, id));
  }

  @Get('unit-changes/:id/preview')
  @Operation({
    may: 'organisation.administer',
    audit: 'none: names and numbers, no content',
    summary: 'Vorschau: was die Änderung berührt und was ihr entgegensteht',
    answers:
      'Datenprodukte, Anfragen, Aufgaben, Vereinbarungen, Rollen, Verträge und Anwendungen je Stelle, und jedes Hindernis',
  })
  preview(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.previews.of(actor, id);
  }

  @Put('unit-changes/:id/items')
  @HttpCode(204)
  @Operation({
    may: 'organisation.administer',
    audit: 'unit-change.planned.v1',
    summary: 'Bestimmen, was wohin geht',
    body: items,
    answers: 'nichts',
  })
  assign(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof items>) {
    return this.uow.run(actor.acting, (tx) => this.unitChanges.assign(tx, actor, id, input.items));
  }

  @Post('unit-changes/:id/confirmation')
  @Operation({
    may: 'organisation.administer',
    audit: 'unit-change.confirmed.v1',
    summary: 'Organisationsänderung bestätigen (zweite Person)',
    answers: 'ab wann sie gilt',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.desk.confirm(actor, id);
  }

  @Delete('unit-changes/:id')
  @HttpCode(204)
  @Operation({
    may: 'organisation.administer',
    audit: 'unit-change.cancelled.v1',
    summary: 'Vorbereitete Organisationsänderung verwerfen',
    answers: 'nichts',
  })
  cancel(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.unitChanges.cancel(tx, actor, id));
  }

  @Get('left-behind-agreements')
  @Operation({
    may: 'agreement.read',
    audit: 'none: own agreements',
    summary: 'Vereinbarungen, deren eine Seite nicht mehr besteht',
    answers: 'Vereinbarungen, die ruhen, und welche Stelle über sie entscheiden muss',
  })
  async leftBehind(@CurrentActor() actor: Actor) {
    return { items: await this.previews.leftBehind(actor) };
  }

  @Get('unit-histories')
  @Operation({
    may: 'organisation.read',
    audit: 'none: offices, no persons',
    summary: 'Stellen nach heutigem oder früherem Namen finden',
    query: search,
    answers: 'Stellen mit früheren Namen und wer heute an ihrer Stelle steht',
  })
  async histories(@CurrentActor() actor: Actor, @Query() { name }: z.output<typeof search>) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.find(tx, name)) };
  }
}
