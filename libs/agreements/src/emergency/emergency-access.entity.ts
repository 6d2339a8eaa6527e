import type { Danger, Form } from '#lib/policy';
import type { RowFilter } from '#lib/sources';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EmergencyFinding, EmergencyOpinion } from './emergency-access.states';

/** What two people opened together because of a danger, and what was found afterwards (R-EMG-01, SOD-10). */
@Entity({ schema: 'agreements', name: 'emergency_access' })
export class EmergencyAccess {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('uuid', { name: 'product_id' }) productId!: string;
  @Column('uuid', { name: 'product_version_id' }) productVersionId!: string;
  @Column('text') danger!: Danger;
  @Column('text') reason!: string;
  @Column('text', { name: 'case_number' }) caseNumber!: string;
  @Column('text', { array: true }) fields!: string[];
  @Column('jsonb', { nullable: true }) rows!: RowFilter | null;
  @Column('text') form!: Exclude<Form, 'API_LIVE'>;
  @Column('uuid', { name: 'opened_by' }) openedBy!: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  /** unconfirmed until then, it opens nothing */
  @Column('timestamptz', { name: 'lapses_at' }) lapsesAt!: Date;
  @Column('uuid', { name: 'dropped_by', nullable: true }) droppedBy!: string | null;
  @Column('timestamptz', { name: 'dropped_at', nullable: true }) droppedAt!: Date | null;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null;
  @Column('uuid', { name: 'agreement_id', nullable: true }) agreementId!: string | null;
  @Column('text', { nullable: true }) opinion!: EmergencyOpinion | null;
  @Column('text', { name: 'opinion_text', nullable: true }) opinionText!: string | null;
  @Column('uuid', { name: 'opinion_by', nullable: true }) opinionBy!: string | null;
  @Column('timestamptz', { name: 'opinion_at', nullable: true }) opinionAt!: Date | null;
  @Column('text', { nullable: true }) finding!: EmergencyFinding | null;
  @Column('text', { name: 'finding_text', nullable: true }) findingText!: string | null;
  @Column('uuid', { name: 'finding_by', nullable: true }) findingBy!: string | null;
  @Column('timestamptz', { name: 'finding_at', nullable: true }) findingAt!: Date | null;
}
