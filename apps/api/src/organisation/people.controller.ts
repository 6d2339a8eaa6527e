import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, AppointmentReads, CurrentActor, Departures, People, PeopleReads } from '#lib/organisation';
import { Id, Operation } from '../operation';

const account = { iss: z.url().max(300), sub: z.string().min(1).max(255) };
const admission = z.strictObject({
  givenName: z.string().min(1).max(100),
  familyName: z.string().min(1).max(100),
  email: z.email().max(200).optional(),
  key: z.string().max(100).optional(),
  ...account,
});
const furtherAccount = z.strictObject(account);
const text = z.strictObject({ text: z.string().max(200) });
const scope = z.strictObject({ unitId: z.uuid().optional() });
const move = z.strictObject({ fromUnitId: z.uuid(), toUnitId: z.uuid() });
const responsible = z.strictObject({ clientId: z.string().min(1).max(200), personId: z.uuid() });

/** People and their accounts: two administrators admit, bring back and erase; one shuts out; who leaves, leaves everything. */
@Controller('v1')
export class PeopleController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly people: People,
    private readonly reads: PeopleReads,
    private readonly departures: Departures,
    private readonly appointments: AppointmentReads,
  ) {}

  @Get('people')
  @Operation({
    may: 'organisation.read',
    audit: 'none: names and roles of staff, by name',
    summary: 'Personen nach Namen suchen',
    query: text,
    answers: 'höchstens 20 Personen mit ihren Rollen',
  })
  async find(@CurrentActor() actor: Actor, @Query() query: z.output<typeof text>) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.search(tx, actor, query.text)) };
  }

  @Post('people')
  @Operation({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    summary: 'Person mit Konto vorschlagen; eine zweite Person bestätigt',
    body: admission,
    answers: 'Kennung des Vorgangs und der Person',
  })
  admit(@CurrentActor() actor: Actor, @Body() input: z.output<typeof admission>) {
    return this.uow.run(actor.acting, (tx) => this.people.admit(tx, actor, input));
  }

  @Get('people/:id')
  @Operation({
    may: 'organisation.administer',
    audit: 'none: administration reads the account it administers',
    summary: 'Eine Person mit Konten und Fachverfahren',
    answers: 'Person, Rollen, Konten, Fachverfahren',
  })
  person(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, (tx) => this.reads.sheet(tx, id));
  }

  @Get('people/:id/appointments')
  @Operation({
    may: 'organisation.read',
    audit: 'none: who holds which role is open to everybody who takes part',
    summary: 'Rollen und Übertragungen einer Person',
    answers: 'Bestellungen mit Stand, Übertragungen',
  })
  rolesOf(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.read(actor.acting, async (tx) => ({
      items: await this.appointments.ofPerson(tx, id),
      delegations: await this.appointments.delegations(tx, id),
    }));
  }

  @Post('people/:id/accounts')
  @Operation({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    summary: 'Weiteres Konto vorschlagen; eine zweite Person bestätigt',
    body: furtherAccount,
    answers: 'Kennung des Vorgangs',
  })
  addAccount(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof furtherAccount>) {
    return this.uow.run(actor.acting, (tx) => this.people.addAccount(tx, actor, id, input));
  }

  @Post('people/:id/disabling')
  @HttpCode(204)
  @Operation({
    may: 'organisation.administer',
    audit: 'person.disabled.v1',
    summary: 'Person sperren; wirkt sofort',
    answers: 'nichts',
  })
  disable(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.people.disablePerson(tx, actor, id));
  }

  @Post('people/:id/return')
  @Operation({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    summary: 'Entsperren vorschlagen; eine zweite Person bestätigt',
    answers: 'Kennung des Vorgangs',
  })
  bringBack(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.people.bringBack(tx, actor, id));
  }

  @Post('people/:id/erasure')
  @Operation({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    summary: 'Löschen vorschlagen (DSGVO Art. 17); eine zweite Person bestätigt',
    answers: 'Kennung des Vorgangs',
  })
  erase(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.people.erase(tx, actor, id));
  }

  @Get('people/:id/departure')
  @Operation({
    may: 'organisation.administer',
    audit: 'none: a preview changes nothing',
    summary: 'Was mit einem Weggang endet',
    query: scope,
    answers: 'Rollen, Übertragungen und Fachverfahren, aus einer Stelle oder aus der Stadt',
  })
  preview(@CurrentActor() actor: Actor, @Id('id') id: string, @Query() query: z.output<typeof scope>) {
    return this.uow.read(actor.acting, (tx) => this.departures.preview(tx, actor, id, query.unitId ?? null));
  }

  @Post('people/:id/departure')
  @Operation({
    may: 'organisation.administer',
    audit: 'person.departed.v1',
    summary: 'Person verlässt die Stadt: alles endet',
    answers: 'Kennung des Weggangs',
  })
  leave(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.departures.leave(tx, actor, id));
  }

  @Post('people/:id/move')
  @Operation({
    may: 'organisation.administer',
    audit: 'person.departed.v1',
    summary: 'Person wechselt die Stelle: was sie in der alten hatte, endet',
    body: move,
    answers: 'Kennung des Wechsels',
  })
  move(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: z.output<typeof move>) {
    return this.uow.run(actor.acting, (tx) => this.departures.move(tx, actor, id, input));
  }

  @Get('person-orders')
  @Operation({
    may: 'organisation.administer',
    audit: 'none: administration reads its own queue',
    summary: 'Vorgänge, die eine zweite Person brauchen',
    answers: 'offene Vorgänge zu Personen, älteste zuerst',
  })
  async orders(@CurrentActor() actor: Actor) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.proposed(tx)) };
  }

  @Post('person-orders/:id/confirmation')
  @Operation({
    may: 'organisation.administer',
    audit: 'person-order.confirmed.v1',
    summary: 'Vorgang bestätigen (zweite Person)',
    answers: 'Kennung der Person',
  })
  confirmOrder(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.people.confirmOrder(tx, actor, id));
  }

  @Post('person-orders/:id/refusal')
  @HttpCode(204)
  @Operation({
    may: 'organisation.administer',
    audit: 'person-order.declined.v1',
    summary: 'Vorgang ablehnen',
    answers: 'nichts',
  })
  declineOrder(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.people.declineOrder(tx, actor, id));
  }

  @Get('machine-clients/unanswered')
  @Operation({
    may: 'request.read',
    audit: 'none: a unit sees which of its own programmes are off',
    summary: 'Fachverfahren der eigenen Stellen, für die niemand mehr verantwortlich ist',
    answers: 'angehaltene Fachverfahren, und ob Sie jemanden benennen dürfen',
  })
  async unanswered(@CurrentActor() actor: Actor) {
    return { items: await this.uow.read(actor.acting, (tx) => this.departures.unanswered(tx, actor)) };
  }

  @Post('machine-clients/responsible')
  @HttpCode(204)
  @Operation({
    may: 'task.decide',
    audit: 'machine-client.named.v1',
    summary: 'Verantwortliche Person für ein Fachverfahren der Stelle benennen',
    body: responsible,
    answers: 'nichts',
  })
  nameResponsible(@CurrentActor() actor: Actor, @Body() { clientId, personId }: z.output<typeof responsible>) {
    return this.uow.run(actor.acting, (tx) => this.departures.nameResponsible(tx, actor, clientId, personId));
  }
}
