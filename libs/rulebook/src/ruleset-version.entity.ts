import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RulesetState } from './rulebook.states';

/** A file of the law book as it was imported. */
export interface SourceText {
  /** path inside the folder, e.g. `rules/general.yaml` */
  file: string;
  text: string;
}

/** One version of the law book. Its text, hash and number never change (trigger). */
@Entity({ schema: 'rulebook', name: 'ruleset_version' })
export class RulesetVersion {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') hash!: string;
  @Column('text') state!: RulesetState;
  @Column('jsonb') sources!: SourceText[];
  @Column('timestamptz', { name: 'imported_at' }) importedAt!: Date;
  @Column('timestamptz', { name: 'in_force_from', nullable: true }) inForceFrom!: Date | null;
  @Column('timestamptz', { name: 'in_force_until', nullable: true }) inForceUntil!: Date | null;
}
