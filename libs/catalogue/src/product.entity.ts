import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Card } from './card';
import { METADATA } from './metadata';
import { columnsOf } from './metadatum';
import type { ProductState } from './product.states';

/**
 * A data product. What is decided on stands in columns of its own, which the table of metadata gives; null means "not
 * stated yet", which is never the same as "no". The rest of the governance card is `card`.
 */
@Entity({ schema: 'catalogue', name: 'product' })
export class Product extends columnsOf(METADATA) {
  @PrimaryColumn('uuid') id!: string;
  /** short name, unique, for addresses and the pilot files */
  @Column('text', { nullable: true }) key!: string | null;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('text') state!: ProductState;
  /** counts every change; who changes or releases names the one they saw */
  @Column('int') revision!: number;
  @Column('jsonb') card!: Card;
  @Column('uuid', { name: 'current_version_id', nullable: true }) currentVersionId!: string | null;
  /** everybody who has edited it; none of them may release it (SOD-2) */
  @Column('uuid', { array: true, name: 'edited_by' }) editedBy!: string[];
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'modified_at' }) modifiedAt!: Date;
}
