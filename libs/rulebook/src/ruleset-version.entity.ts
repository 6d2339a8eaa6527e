import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredRulesetState, Vote } from './rulebook.states';

/** A file of the law book as it was imported. */
export interface SourceText {
  /** path inside the folder, e.g. `rules/general.yaml` */
  file: string;
  text: string;
}

/** SETUP: first import, in force without a vote; FILES: changed files of a new release; PERSON: drafted here. */
export const ORIGINS = ['SETUP', 'FILES', 'PERSON'] as const;

/** One version of the law book. Its text is fixed once it leaves the draft; its number always (trigger). */
@Entity({ schema: 'rulebook', name: 'ruleset_version' })
export class RulesetVersion {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') hash!: string;
  @Column('text') state!: StoredRulesetState;
  @Column('jsonb') sources!: SourceText[];
  @Column('text') origin!: (typeof ORIGINS)[number];
  @Column('text') title!: string;
  @Column('text') reason!: string;
  @Column('int') revision!: number;
  @Column('int', { name: 'based_on', nullable: true }) basedOn!: number | null;
  /** who answers for the proposal; set when drafted, or when somebody takes up a draft made of files */
  @Column('uuid', { name: 'proposed_by', nullable: true }) proposedBy!: string | null;
  @Column('timestamptz', { name: 'vote_until', nullable: true }) voteUntil!: Date | null;
  @Column('text', { name: 'decision_number', nullable: true }) decisionNumber!: string | null;
  @Column('uuid', { name: 'activated_by', nullable: true }) activatedBy!: string | null;
  @Column('timestamptz', { name: 'activated_at', nullable: true }) activatedAt!: Date | null;
  @Column('timestamptz', { name: 'imported_at' }) importedAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
  @Column('timestamptz', { name: 'in_force_from', nullable: true }) inForceFrom!: Date | null;
  @Column('timestamptz', { name: 'in_force_until', nullable: true }) inForceUntil!: Date | null;
  /** when it would have begun, had it not been recalled; when and under which number it was */
  @Column('timestamptz', { name: 'recalled_from', nullable: true }) recalledFrom!: Date | null;
  @Column('timestamptz', { name: 'recalled_at', nullable: true }) recalledAt!: Date | null;
  @Column('text', { name: 'recall_number', nullable: true }) recallNumber!: string | null;
  /** the event `rulebook.entered-force.v1` has been written */
  @Column('boolean') announced!: boolean;
}

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
