import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AppointmentState } from '../organisation.states';
import type { RoleCode } from '#lib/policy';

export const SCOPE_KINDS = ['CITY', 'UNIT', 'DOMAIN', 'PRODUCT'] as const;
export interface Scope {
  kind: (typeof SCOPE_KINDS)[number];
  /** unit, domain or product the appointment is limited to; absent for CITY and UNIT */
  id?: string;
}

/** A role held by a person in a unit, valid [validFrom, validTo). Granted by two people, ended by one. */
@Entity({ schema: 'organisation', name: 'appointment' })
export class AppointmentRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') role!: RoleCode;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('text', { name: 'scope_kind' }) scopeKind!: Scope['kind'];
  @Column('text', { name: 'scope_id', nullable: true }) scopeId!: string | null;
  @Column('uuid', { name: 'deputy_of', nullable: true }) deputyOf!: string | null;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_to', nullable: true }) validTo!: Date | null;
  @Column('text') state!: AppointmentState;
  /** SETUP: loaded with the organisation; ORDER: proposed and confirmed by two people */
  @Column('text') origin!: 'SETUP' | 'ORDER';
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy!: string | null;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
}

export const ABSENCE_REASONS = ['URLAUB', 'KRANK', 'VAKANZ', 'BEFANGENHEIT'] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

/** A time in which deputies act for a person, [from, to). The reason is personal and stays out of every event. */
@Entity({ schema: 'organisation', name: 'absence' })
export class Absence {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('timestamptz', { name: 'from_at' }) fromAt!: Date;
  @Column('timestamptz', { name: 'to_at' }) toAt!: Date;
  @Column('text') reason!: AbsenceReason;
  @Column('uuid', { name: 'set_by' }) setBy!: string;
}
