import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AbsenceReason } from '../roles/appointment.entity';

/** What two administrators can order about a person. */
export const PERSON_ORDER_KINDS = ['ADMIT', 'ACCOUNT', 'RETURN', 'ERASE', 'ABSENCE'] as const;
export type PersonOrderKind = (typeof PERSON_ORDER_KINDS)[number];

/** Proposed by one administrator, confirmed by another; neither is the person. Names are erased with the person. */
@Entity({ schema: 'organisation', name: 'person_order' })
export class PersonOrder {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: PersonOrderKind;
  /** of ADMIT the person exists only once it is confirmed */
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text', { name: 'given_name', nullable: true }) givenName!: string | null;
  @Column('text', { name: 'family_name', nullable: true }) familyName!: string | null;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { name: 'staff_key', nullable: true }) staffKey!: string | null;
  @Column('text', { nullable: true }) iss!: string | null;
  @Column('text', { nullable: true }) sub!: string | null;
  /** of ABSENCE: [from, to), and why, which is personal and is erased with the person */
  @Column('timestamptz', { name: 'absent_from', nullable: true }) absentFrom!: Date | null;
  @Column('timestamptz', { name: 'absent_to', nullable: true }) absentTo!: Date | null;
  @Column('text', { name: 'absence_reason', nullable: true }) absenceReason!: AbsenceReason | null;
  @Column('text') state!: 'PROPOSED' | 'CONFIRMED' | 'DECLINED';
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
}

/** Somebody left the city, or moved from a unit. Later stages learn by event that it happened and read here who it was. */
@Entity({ schema: 'organisation', name: 'departure' })
export class Departure {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') kind!: 'LEFT' | 'MOVED';
  /** null when the person left the city */
  @Column('uuid', { name: 'unit_id', nullable: true }) unitId!: string | null;
  @Column('uuid', { name: 'to_unit_id', nullable: true }) toUnitId!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { name: 'set_by' }) setBy!: string;
}
