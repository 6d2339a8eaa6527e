import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One message of the thread between deciders and the asking office. */
@Entity({ schema: 'requests', name: 'question' })
export class Question {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text') kind!: 'QUESTION' | 'ANSWER';
  @Column('uuid', { nullable: true }) answers!: string | null;
  @Column('text') text!: string;
  /** names of the form members the answer changed */
  @Column('text', { array: true }) changed!: string[];
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
