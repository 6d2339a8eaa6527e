import type { RoleCode } from '#lib/organisation';
import type { Step } from '#lib/policy';
import type { Conditions } from '#lib/requests';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Opinion, TaskState } from './task.states';
import type { CheckedEvidence } from './task.view';

/** One step of a chain for one request: who has to act until when, and who did. */
@Entity({ schema: 'approvals', name: 'task' })
export class Task {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('int') round!: number;
  @Column('int') stage!: number;
  /** name of the step in `approvals.yaml` */
  @Column('text') step!: string;
  @Column('text') role!: RoleCode;
  @Column('text') kind!: Step['kind'];
  @Column('text') seat!: Step['seat'];
  @Column('text', { nullable: true }) needs!: string | null;
  /** whether a deputy may stand in */
  @Column('bool') deputy!: boolean;
  /** the unit whose role holder acts; null for city-wide offices */
  @Column('uuid', { name: 'unit_id', nullable: true }) unitId!: string | null;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('uuid', { name: 'requester_person_id' }) requesterPersonId!: string;
  @Column('text') state!: TaskState;
  @Column('int') revision!: number;
  @Column('int', { name: 'working_days' }) workingDays!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'opened_at', nullable: true }) openedAt!: Date | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt!: Date | null;
  @Column('timestamptz', { name: 'overdue_at', nullable: true }) overdueAt!: Date | null;
  @Column('timestamptz', { name: 'escalated_at', nullable: true }) escalatedAt!: Date | null;
  /** the desk the step was raised to, besides its own (SOD-8); null: its own alone */
  @Column('text', { name: 'raised_role', nullable: true }) raisedRole!: RoleCode | null;
  /** null with a role: the head of the administration */
  @Column('uuid', { name: 'raised_unit_id', nullable: true }) raisedUnitId!: string | null;
  @Column('text', { name: 'raised_because', nullable: true }) raisedBecause!:
    'EXCLUDED' | 'VACANT' | 'ABSENT' | 'OVERDUE' | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('uuid', { name: 'decided_by_person_id', nullable: true }) decidedByPersonId!: string | null;
  @Column('uuid', { name: 'acted_for_person_id', nullable: true }) actedForPersonId!: string | null;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId!: string | null;
  @Column('text', { nullable: true }) opinion!: Opinion | null;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('jsonb', { nullable: true }) conditions!: Conditions | null;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: string | null;
  /** a deputy may act, a delegate may not */
  @Column('bool', { name: 'in_person' }) inPerson!: boolean;
  /** votes a committee needs, and of how many offices; null when one person decides */
  @Column('int', { name: 'votes_needed', nullable: true }) votesNeeded!: number | null;
  @Column('int', { nullable: true }) offices!: number | null;
  @Column('uuid', { name: 'delegation_id', nullable: true }) delegationId!: string | null;
  /** evidence that was checked, kind by kind */
  @Column('jsonb', { nullable: true }) evidence!: CheckedEvidence[] | null;
  /** where the written admission is (BMG § 37(2)) */
  @Column('text', { name: 'admission_reference', nullable: true }) admissionReference!: string | null;
}
