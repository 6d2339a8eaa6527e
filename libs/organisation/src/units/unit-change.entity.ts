import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ItemKind, UnitChangeKind, UnitChangeState } from './unit-change.states';

/** An order that changes units: prepared by one person, confirmed by another, in force from `effectiveAt` on. */
@Entity({ schema: 'organisation', name: 'unit_change' })
export class UnitChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: UnitChangeKind;
  /** number of the order it rests on */
  @Column('text') basis!: string;
  @Column('text') state!: UnitChangeState;
  /** the moment the order names; null: from the confirmation on */
  @Column('timestamptz', { name: 'ordered_for', nullable: true }) orderedFor!: Date | null;
  @Column('timestamptz', { name: 'effective_at', nullable: true }) effectiveAt!: Date | null;
  @Column('text', { name: 'new_name', nullable: true }) newName!: string | null;
  @Column('uuid', { name: 'new_parent_id', nullable: true }) newParentId!: string | null;
  /** of a split: who keeps the files nobody else takes over */
  @Column('uuid', { name: 'records_unit_id', nullable: true }) recordsUnitId!: string | null;
  @Column('uuid', { name: 'prepared_by' }) preparedBy!: string;
  @Column('timestamptz', { name: 'prepared_at' }) preparedAt!: Date;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @Column('uuid', { name: 'cancelled_by', nullable: true }) cancelledBy!: string | null;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
  /** when roles were ended, departments moved and the others told; between `effectiveAt` and this everything is shut */
  @Column('timestamptz', { name: 'took_effect_at', nullable: true }) tookEffectAt!: Date | null;
}

@Entity({ schema: 'organisation', name: 'unit_change_unit' })
export class UnitChangeUnit {
  @PrimaryColumn('uuid', { name: 'change_id' }) changeId!: string;
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('text') part!: 'SOURCE' | 'TARGET';
}

/** One thing of the ending unit and who takes it over. */
@Entity({ schema: 'organisation', name: 'unit_change_item' })
export class UnitChangeItem {
  @PrimaryColumn('uuid', { name: 'change_id' }) changeId!: string;
  @PrimaryColumn('text') kind!: ItemKind;
  /** id; of a CLIENT issuer and client id with a space between */
  @PrimaryColumn('text') item!: string;
  @Column('uuid', { name: 'to_unit' }) toUnit!: string;
}
