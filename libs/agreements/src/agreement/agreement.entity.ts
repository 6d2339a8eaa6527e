import type { Form, Obligation } from '#lib/policy';
import type { Mask, RowFilter } from '#lib/sources';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instrument, StoredState } from './agreement.states';
import type { InstrumentNeed } from '../instrument/instruments';

/** What was agreed, frozen at the offer. The gate reads this and nothing newer, but decides again beside it. */
export interface Terms {
  productVersionId: string;
  /** columns that may leave, masked where `masks` says so */
  fields: string[];
  masks: Record<string, Mask>;
  rows: RowFilter | null;
  form: Form;
  purposeCode: string;
  purposeText: string;
  recipients: string[];
  processorUnitId: string | null;
  retentionDays: number | null;
  obligations: Obligation[];
  /** conditions of the approvers in words */
  notes: string[];
  rules: string[];
  rulesetHash: string;
  /** contracts that must be valid while it runs; absent in agreements made before instruments had needs */
  needs?: InstrumentNeed[];
}

/** Why an agreement rests, in words both sides may read. */
export interface SuspensionReason {
  /** id of a rule or matrix cell, or a code of this stage */
  code: string;
  /** German, for people */
  text: string;
  source: string | null;
}

@Entity({ schema: 'agreements', name: 'agreement' })
export class Agreement {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text') number!: string;
  @Column('text') state!: StoredState;
  @Column('int') revision!: number;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('uuid', { name: 'product_id' }) productId!: string;
  @Column('uuid', { name: 'product_version_id' }) productVersionId!: string;
  @Column('text') instrument!: Instrument;
  @Column('text') consent!: 'STANDING_OFFER' | 'APPROVAL' | 'EMERGENCY';
  @Column('jsonb') terms!: Terms;
  @Column('text', { name: 'terms_text' }) termsText!: string;
  @Column('text', { name: 'terms_sha256' }) termsSha256!: string;
  @Column('text', { name: 'ruleset_hash' }) rulesetHash!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_until' }) validUntil!: Date;
  @Column('uuid', { name: 'activation_decision_id', nullable: true }) activationDecisionId!: string | null;
  @Column('uuid', { name: 'confirmed_by_person_id', nullable: true }) confirmedByPersonId!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @Column('uuid', { name: 'ended_by_person_id', nullable: true }) endedByPersonId!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: string | null;
  /** null unless SUSPENDED */
  @Column('jsonb', { name: 'suspended_because', nullable: true }) suspendedBecause!: SuspensionReason[] | null;
  @Column('timestamptz', { name: 'suspended_at', nullable: true }) suspendedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
