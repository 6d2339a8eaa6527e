import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { type InputOf } from '#lib/kernel';
import { LawQueries } from '#lib/law';
import {
  AbsenceService,
  absenceUseCases,
  type Actor,
  AppointmentQueries,
  AppointmentService,
  appointmentUseCases,
  CurrentActor,
  permits,
  roleUseCases,
} from '#lib/organisation';
import { Id, Operation } from '../operation';

/** Roles: what each is for, who holds it, who stands in, and the two who grant it. */
@Controller('v1')
export class AppointmentsController {
  constructor(
    private readonly laws: LawQueries,
    private readonly reads: AppointmentQueries,
    private readonly appointments: AppointmentService,
    private readonly absences: AbsenceService,
  ) {}

  @Get('roles')
  @Operation({
    useCase: roleUseCases.list,
    summary: 'Rollen des Rollenkonzepts',
    answers: 'alle Rollen mit Ebene, Rechten, Pflichten, Bestellung, Vertretung, Unvereinbarkeiten und Quelle',
  })
  async catalogue(@CurrentActor() actor: Actor) {
    return { items: (await this.laws.roles(actor)).all };
  }

  @Get('units/:id/appointments')
  @Operation({
    useCase: appointmentUseCases.ofUnit,
    summary: 'Bestellungen einer Stelle',
    answers: 'wer welche Rolle hat, seit wann, von wem vorgeschlagen und bestätigt',
  })
  async ofUnit(
    @CurrentActor() actor: Actor,
    @Id('id') id: string,
    @Query() query: InputOf<typeof appointmentUseCases.ofUnit>,
  ) {
    return {
      items: await this.reads.ofUnit(actor, id, { past: query.past === 'true' }),
    };
  }

  @Get('units/:id/seats')
  @Operation({
    useCase: appointmentUseCases.seats,
    summary: 'Ämter einer Stelle und ihre Lücken',
    answers: 'je Rolle: wer sie hat, wer vertritt, was fehlt',
  })
  async seats(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return { items: await this.reads.seats(actor, id) };
  }

  @Get('appointments')
  @Operation({
    useCase: appointmentUseCases.proposed,
    summary: 'Bestellungen, die eine zweite Person brauchen',
    answers: 'vorgeschlagene Bestellungen',
  })
  async proposed(@CurrentActor() actor: Actor) {
    return { items: await this.reads.proposed(actor) };
  }

  @Post('appointments')
  @Operation({
    useCase: appointmentUseCases.propose,
    summary: 'Rolle vorschlagen; eine zweite Person bestätigt',
    answers: 'Kennung der Bestellung',
  })
  appoint(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof appointmentUseCases.propose>) {
    return this.appointments.appoint(actor, input);
  }

  @Post('appointments/:id/confirmation')
  @HttpCode(204)
  @Operation({ useCase: appointmentUseCases.confirm, summary: 'Rolle bestätigen (zweite Person)', answers: 'nichts' })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.appointments.confirmAppointment(actor, id);
  }

  @Post('appointments/:id/refusal')
  @HttpCode(204)
  @Operation({ useCase: appointmentUseCases.decline, summary: 'Vorgeschlagene Rolle ablehnen', answers: 'nichts' })
  decline(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.appointments.declineAppointment(actor, id);
  }

  @Post('appointments/:id/end')
  @HttpCode(204)
  @Operation({ useCase: appointmentUseCases.end, summary: 'Rolle beenden', answers: 'nichts' })
  end(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.appointments.endAppointment(actor, id);
  }

  @Get('absences')
  @Operation({
    useCase: absenceUseCases.list,
    summary: 'Laufende und kommende Abwesenheiten',
    answers: 'die eigenen; für die Administration alle',
  })
  async absencesNow(@CurrentActor() actor: Actor) {
    if (!permits(actor, 'organisation.administer') && actor.personId === null) return { items: [] };
    const of = permits(actor, 'organisation.administer') ? null : actor.personId;
    return { items: await this.reads.absences(actor, of) };
  }

  @Post('absences')
  @Operation({
    useCase: absenceUseCases.set,
    summary: 'Eigene Abwesenheit eintragen',
    answers: 'Kennung der Abwesenheit',
  })
  setAbsence(@CurrentActor() actor: Actor, @Body() input: InputOf<typeof absenceUseCases.set>) {
    return this.absences.setAbsence(actor, input);
  }

  @Delete('absences/:id')
  @HttpCode(204)
  @Operation({ useCase: absenceUseCases.end, summary: 'Abwesenheit beenden', answers: 'nichts' })
  endAbsence(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.absences.endAbsence(actor, id);
  }
}
