import { deliveryLimit, FORM, obligationSchema } from '#lib/policy';
import { maskSchema, rowFilterSchema } from '#lib/sources';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { z } from 'zod';
import type { StoredState } from './agreement.states';
import { instrumentNeed } from '../instrument/instruments';

/** What was agreed, frozen at the offer. The gate reads this and nothing newer, but decides again beside it. */
export const termsSchema = z.strictObject({
  productVersionId: z.string(),
  /** columns that may leave, masked where `masks` says so */
  fields: z.array(z.string()),
  masks: z.record(z.string(), maskSchema),
  rows: rowFilterSchema.nullable(),
  form: z.enum(FORM),
  /** complete deliveries in a period of days; null: no limit. Absent in agreements made before: then the law of now alone */
  deliveries: deliveryLimit.nullable().optional(),
  purposeCode: z.string(),
  purposeText: z.string(),
  recipients: z.array(z.string()),
  processorUnitId: z.string().nullable(),
  retentionDays: z.number().nullable(),
  obligations: z.array(obligationSchema),
  /** conditions of the approvers in words */
  notes: z.array(z.string()),
  rules: z.array(z.string()),
  rulesetHash: z.string(),
  /** contracts that must be valid while it runs; absent in agreements made before instruments had needs */
  needs: z.array(instrumentNeed).optional(),
});
export type Terms = z.output<typeof termsSchema>;

/** Why an agreement rests, in words both sides may read. */
export const suspensionReason = z.strictObject({
  /** id of a rule or matrix cell, or a code of this stage */
  code: z.string(),
  /** German, for people */
  text: z.string(),
  source: z.string().nullable(),
});
export type SuspensionReason = z.output<typeof suspensionReason>;

export const CONSENTS = ['STANDING_OFFER', 'APPROVAL', 'EMERGENCY'] as const;

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
  @Column('text') instrument!: string;
  @Column('text') consent!: (typeof CONSENTS)[number];
  @Column('jsonb') terms!: Terms;
  /** canonical JSON of the structure that is sealed; null: agreed before there was one, and its text is sealed */
  @Column('text', { nullable: true }) document!: string | null;
  @Column('text', { name: 'terms_text' }) termsText!: string;
  @Column('text', { name: 'terms_sha256' }) termsSha256!: string;
  @Column('text', { name: 'ruleset_hash' }) rulesetHash!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_until' }) validUntil!: Date;
  @Column('uuid', { name: 'activation_decision_id', nullable: true }) activationDecisionId!: string | null;
  @Column('uuid', { name: 'confirmed_by_person_id', nullable: true }) confirmedByPersonId!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  /** whose purpose it is when the receiving unit works on instructions; it confirms first. Null: nobody's but its own */
  @Column('uuid', { name: 'controller_unit_id', nullable: true }) controllerUnitId?: string | null;
  @Column('uuid', { name: 'controller_confirmed_by', nullable: true }) controllerConfirmedBy?: string | null;
  @Column('timestamptz', { name: 'controller_confirmed_at', nullable: true }) controllerConfirmedAt?: Date | null;
  @Column('uuid', { name: 'ended_by_person_id', nullable: true }) endedByPersonId!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: string | null;
  /** null unless SUSPENDED */
  @Column('jsonb', { name: 'suspended_because', nullable: true }) suspendedBecause!: SuspensionReason[] | null;
  @Column('timestamptz', { name: 'suspended_at', nullable: true }) suspendedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
