import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { InputOf } from '#lib/kernel';
import {
  type Actor,
  AppointmentQueries,
  CurrentActor,
  DepartureService,
  machineClientUseCases,
  PeopleService,
  PeopleQueries,
  personUseCases,
} from '#lib/organisation';
import { Id, Operation } from '../operation';

/** PeopleService and their accounts: two administrators admit, bring back and erase; one shuts out; who leaves, leaves everything. */
@Controller('v1')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly reads: PeopleQueries,
    private readonly departures: DepartureService,
    private readonly appointments: AppointmentQueries,
  ) {}

  @Get('people')
  @Operation({
    useCase: personUseCases.find,
    summary: 'Personen nach Namen suchen',
    answers: 'höchstens 20 Personen mit ihren Rollen',
  })
  async find(@CurrentActor() actor: Actor, @Query() query: InputOf<typeof personUseCases.find>) {
    return { items: await this.reads.search(actor, query.text) };
  }

  @Post('people')
  @Operation({
    useCase: personUseCases.admit,
    summary: 'Person mit Konto vorschlagen; eine zweite Person bestätigt',
    answers: 'Kennung des Vorgangs und der Person',
  })
  admit(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof personUseCases.admit>) {
    return this.people.admit(actor, input);
  }

  @Get('people/:id')
  @Operation({
    useCase: personUseCases.sheet,
    summary: 'Eine Person mit Konten und Fachverfahren',
    answers: 'Person, Rollen, Konten, Fachverfahren',
  })
  person(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.reads.sheet(actor, id);
  }

  @Get('people/:id/appointments')
  @Operation({
    useCase: personUseCases.rolesOf,
    summary: 'Rollen und Übertragungen einer Person',
    answers: 'Bestellungen mit Stand, Übertragungen',
  })
  async rolesOf(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return {
      items: await this.appointments.ofPerson(actor, id),
      delegations: await this.appointments.delegations(actor, id),
    };
  }

  @Post('people/:id/accounts')
  @Operation({
    useCase: personUseCases.addAccount,
    summary: 'Weiteres Konto vorschlagen; eine zweite Person bestätigt',
    answers: 'Kennung des Vorgangs',
  })
  addAccount(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof personUseCases.addAccount>,
  ) {
    return this.people.addAccount(actor, id, input);
  }

  @Post('people/:id/disabling')
  @HttpCode(204)
  @Operation({ useCase: personUseCases.disable, summary: 'Person sperren; wirkt sofort', answers: 'nichts' })
  disable(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.people.disablePerson(actor, id);
  }

  @Post('people/:id/return')
  @Operation({
    useCase: personUseCases.bringBack,
    summary: 'Entsperren vorschlagen; eine zweite Person bestätigt',
    answers: 'Kennung des Vorgangs',
  })
  bringBack(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.people.bringBack(actor, id);
  }

  @Post('people/:id/erasure')
  @Operation({
    useCase: personUseCases.erase,
    summary: 'Löschen vorschlagen (DSGVO Art. 17); eine zweite Person bestätigt',
    answers: 'Kennung des Vorgangs',
  })
  erase(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.people.erase(actor, id);
  }

  @Post('people/:id/absences')
  @Operation({
    useCase: personUseCases.proposeAbsence,
    summary: 'Abwesenheit einer Person vorschlagen; eine zweite Person bestätigt',
    answers: 'Kennung des Vorgangs',
  })
  proposeAbsence(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Body() input: InputOf<typeof personUseCases.proposeAbsence>,
  ) {
    return this.people.proposeAbsence(actor, id, input);
  }

  @Get('people/:id/departure')
  @Operation({
    useCase: personUseCases.previewDeparture,
    summary: 'Was mit einem Weggang endet',
    answers: 'Rollen, Übertragungen und Fachverfahren, aus einer Stelle oder aus der Stadt',
  })
  preview(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Query() query: InputOf<typeof personUseCases.previewDeparture>,
  ) {
    return this.departures.preview(actor, id, query.unitId ?? null);
  }

  @Post('people/:id/departure')
  @Operation({
    useCase: personUseCases.leave,
    summary: 'Person verlässt die Stadt: alles endet',
    answers: 'Kennung des Weggangs',
  })
  leave(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.departures.leave(actor, id);
  }

  @Post('people/:id/move')
  @Operation({
    useCase: personUseCases.move,
    summary: 'Person wechselt die Stelle: was sie in der alten hatte, endet',
    answers: 'Kennung des Wechsels',
  })
  move(@CurrentActor() actor: Actor, @Id('id') id: string, @Body() input: InputOf<typeof personUseCases.move>) {
    return this.departures.move(actor, id, input);
  }

  @Get('person-orders')
  @Operation({
    useCase: personUseCases.orders,
    summary: 'Vorgänge, die eine zweite Person brauchen',
    answers: 'offene Vorgänge zu Personen, älteste zuerst',
  })
  async orders(@CurrentActor() actor: Actor) {
    return { items: await this.reads.proposed(actor) };
  }

  @Post('person-orders/:id/confirmation')
  @Operation({
    useCase: personUseCases.confirmOrder,
    summary: 'Vorgang bestätigen (zweite Person)',
    answers: 'Kennung der Person',
  })
  confirmOrder(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.people.confirmOrder(actor, id);
  }

  @Post('person-orders/:id/refusal')
  @HttpCode(204)
  @Operation({ useCase: personUseCases.declineOrder, summary: 'Vorgang ablehnen', answers: 'nichts' })
  declineOrder(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.people.declineOrder(actor, id);
  }

  @Get('machine-clients/unanswered')
  @Operation({
    useCase: machineClientUseCases.unanswered,
    summary: 'Fachverfahren der eigenen Stellen, für die niemand mehr verantwortlich ist',
    answers: 'angehaltene Fachverfahren, und ob Sie jemanden benennen dürfen',
  })
  async unanswered(@CurrentActor() actor: Actor) {
    return { items: await this.departures.unanswered(actor) };
  }

  @Post('machine-clients/responsible')
  @HttpCode(204)
  @Operation({
    useCase: machineClientUseCases.nameResponsible,
    summary: 'Verantwortliche Person für ein Fachverfahren der Stelle benennen',
    answers: 'nichts',
  })
  nameResponsible(
    @CurrentActor() actor: Actor,
    @Body() { clientId, personId }: InputOf<typeof machineClientUseCases.nameResponsible>,
  ) {
    return this.departures.nameResponsible(actor, clientId, personId);
  }
}
