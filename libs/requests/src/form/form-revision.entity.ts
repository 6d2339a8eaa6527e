import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RequestForm } from './request-form';

/** A form a request had, from the first on. */
@Entity({ schema: 'requests', name: 'form_revision' })
export class FormRevision {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @PrimaryColumn('int') number!: number;
  @Column('jsonb') form!: RequestForm;
  @Column('text') sha256!: string;
  @Column('text', { array: true }) changed!: string[];
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
