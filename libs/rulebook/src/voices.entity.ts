import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Vote } from './rulebook.states';

/** What somebody said about a draft. Stays with it, whatever becomes of it. Append only. */
@Entity({ schema: 'rulebook', name: 'comment' })
export class RulesetComment {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'version_id' }) versionId!: string;
  /** the text that was commented on */
  @Column('text') hash!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') role!: string;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  /** rule or matrix cell; null: the whole draft */
  @Column('text', { name: 'rule_id', nullable: true }) ruleId!: string | null;
  @Column('text') text!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** One office's vote. Append only. */
@Entity({ schema: 'rulebook', name: 'vote' })
export class RulesetVote {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string;
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'principal_person_id', nullable: true }) principalPersonId!: string | null;
  @Column('uuid', { name: 'appointment_id' }) appointmentId!: string;
  @Column('text') vote!: Vote;
  @Column('timestamptz', { name: 'cast_at' }) castAt!: Date;
}

/** One office's voice to take back what is adopted and not yet in force. Append only. */
@Entity({ schema: 'rulebook', name: 'recall' })
export class RulesetRecallVoice {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string;
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'principal_person_id', nullable: true }) principalPersonId!: string | null;
  @Column('uuid', { name: 'appointment_id' }) appointmentId!: string;
  @Column('text') reason!: string;
  @Column('text', { name: 'decision_number' }) decisionNumber!: string;
  @Column('timestamptz', { name: 'cast_at' }) castAt!: Date;
}
