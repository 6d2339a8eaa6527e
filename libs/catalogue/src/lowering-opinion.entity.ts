import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Adviser } from './lowering';

export const LOWERING_OPINIONS = ['POSITIVE', 'NEGATIVE'] as const;
export type LoweringOpinionValue = (typeof LOWERING_OPINIONS)[number];

/** One adviser is to be heard on one lowering of a classification. What is proposed otherwise later asks anew. */
@Entity({ schema: 'catalogue', name: 'lowering_opinion' })
export class LoweringOpinion {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'product_id' }) productId!: string;
  @Column('text') role!: Adviser;
  /** what is lowered, in German; the same lines are the same proposal */
  @Column('text', { array: true }) lines!: string[];
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('text', { nullable: true }) opinion!: LoweringOpinionValue | null;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('uuid', { name: 'given_by', nullable: true }) givenBy!: string | null;
  @Column('timestamptz', { name: 'given_at', nullable: true }) givenAt!: Date | null;
  /** why the owner released against it */
  @Column('text', { nullable: true }) reasons!: string | null;
}
