import type { RoleCode } from '#lib/organisation';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const VOTES = ['FOR', 'AGAINST'] as const;
export type VoteKind = (typeof VOTES)[number];
export const VOTE_LABEL: Record<VoteKind, string> = { FOR: 'Dafür', AGAINST: 'Dagegen' };

/** The vote of an office in a committee, one per office and round. Written once; the database allows nothing else. */
@Entity({ schema: 'approvals', name: 'vote' })
export class Vote {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @PrimaryColumn('int') round!: number;
  @PrimaryColumn('uuid', { name: 'office_unit_id' }) officeUnitId!: string;
  @Column('uuid', { name: 'task_id' }) taskId!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('uuid', { name: 'requester_person_id' }) requesterPersonId!: string;
  @Column('text') role!: RoleCode;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'acted_for_person_id', nullable: true }) actedForPersonId!: string | null;
  @Column('uuid', { name: 'appointment_id' }) appointmentId!: string;
  @Column('text') vote!: VoteKind;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('timestamptz', { name: 'voted_at' }) votedAt!: Date;
}
