import type { Chain, Decision, Facts, Obligation, Phase, Reason } from '#lib/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why a request on its way was decided anew: `request.decided.v1` tells the approvals, which know what still counts. */
export const REQUEST_CAUSES = [
  'SUBMIT',
  /** an answer changed the form, and not only to less */
  'ANSWER',
  /** an answer asks for less: what people agreed to covers it */
  'NARROWED',
  'APPROVAL',
  'UNIT_CHANGE',
  /** something the case rests on changed (`causedBy`), the data and the form are the same */
  'CIRCUMSTANCES',
  /** the product says something else of its data now */
  'PRODUCT_CHANGE',
] as const;
export type RequestCause = (typeof REQUEST_CAUSES)[number];
export type DecisionCause = RequestCause | 'AGREEMENT' | 'DELIVERY';

/** One decision and everything it was taken on; `factsCanonical` is the byte form its digest is over. */
@Entity({ schema: 'requests', name: 'decision' })
export class StoredDecision {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('int', { name: 'request_revision' }) requestRevision!: number;
  @Column('int', { name: 'form_number' }) formNumber!: number;
  @Column('text') phase!: Phase;
  @Column('text') cause!: DecisionCause;
  /** type of the event that led to it; null for what people did to the request */
  @Column('text', { name: 'caused_by', nullable: true }) causedBy?: string | null;
  @Column('text') outcome!: Decision['outcome'];
  @Column('text', { array: true }) rules!: string[];
  @Column('jsonb') obligations!: Obligation[];
  @Column('jsonb', { nullable: true }) chain!: Chain | null;
  @Column('jsonb') because!: Reason[];
  /** codes of the legal bases that carry it; null in a decision of before they were kept */
  @Column('text', { array: true, nullable: true, name: 'carried_by' }) carriedBy!: string[] | null;
  @Column('text', { name: 'ruleset_hash' }) rulesetHash!: string;
  @Column('jsonb') facts!: Facts;
  @Column('text', { name: 'facts_canonical' }) factsCanonical!: string;
  @Column('text', { name: 'facts_sha256' }) factsSha256!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date;
}
