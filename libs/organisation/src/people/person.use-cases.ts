import { defineUseCase, itemsOf, line, name, search } from '#lib/kernel';
import { z } from 'zod';
import { appointmentLine, delegationLine } from '../roles/appointment.view';
import { ABSENCE_REASONS } from '../roles/appointment.entity';
import { departurePreview, personLine, personOrderLine, personSheet, unansweredClient } from './people.view';

const called = name(100, { says: 'Bitte geben Sie einen Namen an.' });
const account = {
  /** identity provider and identity there; never an e-mail address, which may pass to somebody else */
  iss: z.url().max(300),
  sub: line(255, { says: 'Bitte geben Sie die Kennung des Kontos an.' }),
};
const admitSchema = z.strictObject({
  givenName: called,
  familyName: called,
  /** for notices only; it identifies nobody */
  email: z.email('Bitte geben Sie eine gültige Adresse an.').max(200).optional(),
  /** staff reference of the leading system */
  key: z
    .string()
    .regex(/^[a-z][a-z0-9.-]{1,99}$/)
    .optional(),
  ...account,
});
const accountSchema = z.strictObject(account);
export type AdmitInput = z.input<typeof admitSchema>;
export type AccountInput = z.input<typeof accountSchema>;

const moveSchema = z.strictObject({ fromUnitId: z.uuid(), toUnitId: z.uuid() });
export type MoveInput = z.input<typeof moveSchema>;

const moment = z.iso.datetime({ offset: true });
const absenceOrder = z.strictObject({ from: moment, to: moment, reason: z.enum(ABSENCE_REASONS) });
export type AbsenceOrderInput = z.input<typeof absenceOrder>;

const text = z.strictObject({ text: search(200) });
const scope = z.strictObject({ unitId: z.uuid().optional() });
const responsible = z.strictObject({ clientId: line(200), personId: z.uuid() });

/** An order that waits for a second administrator, and whom it is about. */
const personOrdered = z.strictObject({ orderId: z.uuid(), personId: z.uuid() });
const departed = z.strictObject({ departureId: z.uuid() });

/** People and their accounts: two administrators admit, bring back and erase; one shuts out; who leaves, leaves everything. */
export const personUseCases = {
  find: defineUseCase({
    may: 'organisation.read',
    audit: 'none: names and roles of staff, by name',
    input: text,
    output: itemsOf(personLine),
  }),
  admit: defineUseCase({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    input: admitSchema,
    output: personOrdered,
  }),
  sheet: defineUseCase({
    may: 'organisation.administer',
    audit: 'none: administration reads the account it administers',
    output: personSheet,
  }),
  rolesOf: defineUseCase({
    may: 'organisation.read',
    audit: 'none: who holds which role is open to everybody who takes part',
    output: z.strictObject({ items: z.array(appointmentLine), delegations: z.array(delegationLine) }),
  }),
  addAccount: defineUseCase({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    input: accountSchema,
    output: personOrdered,
  }),
  disable: defineUseCase({ may: 'organisation.administer', audit: 'person.disabled.v1' }),
  bringBack: defineUseCase({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    output: personOrdered,
  }),
  erase: defineUseCase({ may: 'organisation.administer', audit: 'person-order.proposed.v1', output: personOrdered }),
  /** somebody who can not say it: two administrators do, because the deputies may decide then */
  proposeAbsence: defineUseCase({
    may: 'organisation.administer',
    audit: 'person-order.proposed.v1',
    input: absenceOrder,
    output: personOrdered,
  }),
  previewDeparture: defineUseCase({
    may: 'organisation.administer',
    audit: 'none: a preview changes nothing',
    input: scope,
    output: departurePreview,
  }),
  leave: defineUseCase({ may: 'organisation.administer', audit: 'person.departed.v1', output: departed }),
  move: defineUseCase({
    may: 'organisation.administer',
    audit: 'person.departed.v1',
    input: moveSchema,
    output: departed,
  }),
  orders: defineUseCase({
    may: 'organisation.administer',
    audit: 'none: administration reads its own queue',
    output: itemsOf(personOrderLine),
  }),
  confirmOrder: defineUseCase({
    may: 'organisation.administer',
    audit: 'person-order.confirmed.v1',
    output: z.strictObject({ personId: z.uuid() }),
  }),
  declineOrder: defineUseCase({ may: 'organisation.administer', audit: 'person-order.declined.v1' }),
};

/** Programmes of a unit and the person who answers for each. */
export const machineClientUseCases = {
  unanswered: defineUseCase({
    may: 'request.read',
    audit: 'none: a unit sees which of its own programmes are off',
    output: itemsOf(unansweredClient),
  }),
  nameResponsible: defineUseCase({ may: 'task.decide', audit: 'machine-client.named.v1', input: responsible }),
};
