import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '#lib/kernel';
import {
  ABSENCE_REASONS,
  Absences,
  type Actor,
  AppointmentReads,
  Appointments,
  CurrentActor,
  permits,
  ROLE_CODES,
  RoleCatalogue,
} from '#lib/organisation';
import { Id, Operation } from '../operation';

const moment = z.iso.datetime({ offset: true });
const absence = z.strictObject({ personId: z.uuid(), from: moment, to: moment, reason: z.enum(ABSENCE_REASONS) });
const appointment = z.strictObject({
  personId: z.uuid(),
  role: z.enum(ROLE_CODES),
  unitId: z.uuid(),
  scope: z.strictObject({
    kind: z.enum(['CITY', 'UNIT', 'DOMAIN', 'PRODUCT']),
    id: z.string().min(1).max(100).optional(),
  }),
  validFrom: moment.optional(),
  validTo: moment.nullable().optional(),
  deputyOf: z.uuid().nullable().optional(),
});
const past = z.strictObject({ past: z.enum(['true', 'false']).default('false') });

/** Roles: what each is for, who holds it, who stands in, and the two who grant it. */
@Controller('v1')
export class AppointmentsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly roles: RoleCatalogue,
    private readonly reads: AppointmentReads,
    private readonly appointments: Appointments,
    private readonly absences: Absences,
  ) {}

  @Get('roles')
  @Operation({
    may: 'organisation.read',
    audit: 'none: the role concept is open to everybody who takes part',
    summary: 'Rollen des Rollenkonzepts',
    answers: 'alle Rollen mit Ebene, Rechten, Pflichten, Bestellung, Vertretung, Unvereinbarkeiten und Quelle',
  })
  catalogue() {
    return { items: this.roles.all };
  }

  @Get('units/:id/appointments')
  @Operation({
    may: 'organisation.read',
    audit: 'none: who holds which role is open to everybody who takes part',
    summary: 'Bestellungen einer Stelle',
    query: past,
    answers: 'wer welche Rolle hat, seit wann, von wem vorgeschlagen und bestätigt',
  })
  async ofUnit(@CurrentActor() actor: Actor, @Id('id') id: string, @Query() query: z.output<typeof past>) {
    return {
      items: await this.uow.read(actor.acting, (tx) => this.reads.ofUnit(tx, id, { past: query.past === 'true' })),
    };
  }

  @Get('units/:id/seats')
  @Operation({
    may: 'organisation.read',
    audit: 'none: who holds which role is open to everybody who takes part',
    summary: 'Ämter einer Stelle und ihre Lücken',
    answers: 'je Rolle: wer sie hat, wer vertritt, was fehlt',
  })
  async seats(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.seats(tx, id)) };
  }

  @Get('appointments')
  @Operation({
    may: 'organisation.administer',
    audit: 'none: administration reads its own queue',
    summary: 'Bestellungen, die eine zweite Person brauchen',
    answers: 'vorgeschlagene Bestellungen',
  })
  async proposed(@CurrentActor() actor: Actor) {
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.proposed(tx)) };
  }

  @Post('appointments')
  @Operation({
    may: 'organisation.administer',
    audit: 'appointment.proposed.v1',
    summary: 'Rolle vorschlagen; eine zweite Person bestätigt',
    body: appointment,
    answers: 'Kennung der Bestellung',
  })
  appoint(@CurrentActor() actor: Actor, @Body() input: z.output<typeof appointment>) {
    return this.uow.run(actor.acting, (tx) => this.appointments.appoint(tx, actor, input));
  }

  @Post('appointments/:id/confirmation')
  @HttpCode(204)
  @Operation({
    may: 'organisation.administer',
    audit: 'appointment.confirmed.v1',
    summary: 'Rolle bestätigen (zweite Person)',
    answers: 'nichts',
  })
  confirm(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.appointments.confirmAppointment(tx, actor, id));
  }

  @Post('appointments/:id/refusal')
  @HttpCode(204)
  @Operation({
    may: 'organisation.administer',
    audit: 'appointment.declined.v1',
    summary: 'Vorgeschlagene Rolle ablehnen',
    answers: 'nichts',
  })
  decline(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.appointments.declineAppointment(tx, actor, id));
  }

  @Post('appointments/:id/end')
  @HttpCode(204)
  @Operation({
    may: 'organisation.administer',
    audit: 'appointment.ended.v1',
    summary: 'Rolle beenden',
    answers: 'nichts',
  })
  end(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.appointments.endAppointment(tx, actor, id));
  }

  @Get('absences')
  @Operation({
    may: 'organisation.read',
    audit: 'none: own absences; administration sees when, never why',
    summary: 'Laufende und kommende Abwesenheiten',
    answers: 'die eigenen; für die Administration alle',
  })
  async absencesNow(@CurrentActor() actor: Actor) {
    if (!permits(actor, 'organisation.administer') && actor.personId === null) return { items: [] };
    const of = permits(actor, 'organisation.administer') ? null : actor.personId;
    return { items: await this.uow.read(actor.acting, (tx) => this.reads.absences(tx, of)) };
  }

  @Post('absences')
  @Operation({
    may: 'organisation.read',
    audit: 'absence.set.v1',
    summary: 'Abwesenheit eintragen',
    body: absence,
    answers: 'Kennung der Abwesenheit',
  })
  setAbsence(@CurrentActor() actor: Actor, @Body() input: z.output<typeof absence>) {
    return this.uow.run(actor.acting, (tx) => this.absences.setAbsence(tx, actor, input));
  }

  @Delete('absences/:id')
  @HttpCode(204)
  @Operation({ may: 'organisation.read', audit: 'absence.ended.v1', summary: 'Abwesenheit beenden', answers: 'nichts' })
  endAbsence(@CurrentActor() actor: Actor, @Id('id') id: string) {
    return this.uow.run(actor.acting, (tx) => this.absences.endAbsence(tx, actor, id));
  }
}
