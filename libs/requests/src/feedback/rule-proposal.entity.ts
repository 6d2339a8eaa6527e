import { Column, Entity, PrimaryColumn } from 'typeorm';

export const PROPOSAL_STATE_LABEL = {
  HANDED_OVER: 'bei der Geschäftsstelle',
  DRAFTED: 'als Entwurf angelegt',
  DECLINED: 'nicht aufgenommen',
} as const;
export type ProposalState = keyof typeof PROPOSAL_STATE_LABEL;

/** A decided case handed over as a rule: who proposed it, and what became of it. */
@Entity({ schema: 'requests', name: 'rule_proposal' })
export class ProposedRule {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('text', { name: 'rule_id' }) ruleId!: string;
  @Column('jsonb') files!: { file: string; text: string }[];
  @Column('text') because!: string;
  @Column('text') source!: string;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('text') state!: ProposalState;
  @Column('uuid', { name: 'version_id', nullable: true }) versionId!: string | null;
  @Column('uuid', { name: 'handled_by', nullable: true }) handledBy!: string | null;
  @Column('timestamptz', { name: 'handled_at', nullable: true }) handledAt!: Date | null;
  @Column('text', { nullable: true }) answer!: string | null;
}
