import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InstrumentAnswer } from '../instrument/instrument-questions';

/** What the receiving side settled when it confirmed, because the instrument asks for it. Never changes. */
@Entity({ schema: 'agreements', name: 'annex' })
export class Annex {
  @PrimaryColumn('uuid', { name: 'agreement_id' }) agreementId!: string;
  @Column('jsonb') answers!: InstrumentAnswer[];
  /** canonical JSON of the structure that is sealed; null: of before */
  @Column('text', { nullable: true }) document!: string | null;
  @Column('text') text!: string;
  @Column('text') sha256!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
