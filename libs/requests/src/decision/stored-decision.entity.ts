import type { Chain, Decision, Facts, Obligation, Phase, Reason } from '#lib/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type DecisionCause = 'SUBMIT' | 'ANSWER' | 'APPROVAL' | 'AGREEMENT' | 'DELIVERY' | 'UNIT_CHANGE';

/** One decision and everything it was taken on; `factsCanonical` is the byte form its digest is over. */
@Entity({ schema: 'requests', name: 'decision' })
export class StoredDecision {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('int', { name: 'request_revision' }) requestRevision!: number;
  @Column('int', { name: 'form_number' }) formNumber!: number;
  @Column('text') phase!: Phase;
  @Column('text') cause!: DecisionCause;
  @Column('text') outcome!: Decision['outcome'];
  @Column('text', { array: true }) rules!: string[];
  @Column('jsonb') obligations!: Obligation[];
  @Column('jsonb', { nullable: true }) chain!: Chain | null;
  @Column('jsonb') because!: Reason[];
  @Column('text', { name: 'ruleset_hash' }) rulesetHash!: string;
  @Column('jsonb') facts!: Facts;
  @Column('text', { name: 'facts_canonical' }) factsCanonical!: string;
  @Column('text', { name: 'facts_sha256' }) factsSha256!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date;
}
