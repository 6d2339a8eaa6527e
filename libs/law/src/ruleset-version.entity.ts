import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a version stands; which step leads where is told by rulebook. */
export type VersionState = 'DRAFT' | 'CONSULTATION' | 'VOTE' | 'ADOPTED' | 'RECALLED' | 'REFUSED' | 'WITHDRAWN';

/** A file of the law book as it was imported. */
export interface SourceText {
  /** path inside the folder, e.g. `rules/general.yaml` */
  file: string;
  text: string;
}

/** SETUP: first import, in force without a vote; FILES: changed files of a new release; PERSON: drafted here. */
export const ORIGINS = ['SETUP', 'FILES', 'PERSON'] as const;

/** One version of the law book. Its text is fixed once it leaves the draft; its number always (trigger). */
@Entity({ schema: 'law', name: 'version' })
export class RulesetVersion {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') hash!: string;
  @Column('text') state!: VersionState;
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
