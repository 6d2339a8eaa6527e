import type { Danger } from '#lib/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Conditions, RequestForm } from '../form/request-form';
import type { RequestState } from './request.states';
import type { Refusal } from './request.view';

/** A step of a chain a person completed, as the approval reports it. */
export interface DoneStep {
  /** name of the step in `approvals.yaml` */
  step: string;
  role: string;
  seat: string;
  kind: 'APPROVE' | 'CONSULT';
  taskId: string;
}

/** An emergency access (SOD-10): what it is for, and the two people who opened it together. */
export interface Emergency {
  danger: Danger;
  openedBy: string;
  confirmedBy: string;
}

@Entity({ schema: 'requests', name: 'access_request' })
export class AccessRequest {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') number!: string;
  @Column('text') state!: RequestState;
  @Column('int') revision!: number;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  /** on whose instructions the asking unit works; null: it asks for itself. Never changes */
  @Column('uuid', { name: 'controller_unit_id', nullable: true }) controllerUnitId!: string | null;
  @Column('uuid', { name: 'requester_person_id' }) requesterPersonId!: string;
  @Column('uuid', { name: 'product_id' }) productId!: string;
  @Column('uuid', { name: 'product_version_id' }) productVersionId!: string;
  @Column('text', { name: 'purpose_code' }) purposeCode!: string;
  @Column('jsonb') form!: RequestForm;
  @Column('int', { name: 'form_number' }) formNumber!: number;
  @Column('jsonb', { nullable: true }) conditions!: Conditions | null;
  @Column('jsonb', { name: 'done_steps', nullable: true }) doneSteps!: DoneStep[] | null;
  @Column('uuid', { name: 'decision_id', nullable: true }) decisionId!: string | null;
  @Column('jsonb', { nullable: true }) refusal!: Refusal | null;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_until' }) validUntil!: Date;
  @Column('uuid', { name: 'copied_from', nullable: true }) copiedFrom!: string | null;
  /** null for an ordinary request; never changes */
  @Column('jsonb', { nullable: true }) emergency?: Emergency | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
