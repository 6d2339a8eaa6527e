import { UNIT_KINDS, type UnitKind } from '#lib/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export { UNIT_KINDS, type UnitKind };

/** A unit of the city, or another party. Never deleted: ended by `validTo`, old ids stay as history. */
@Entity({ schema: 'organisation', name: 'unit' })
export class Unit {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') key!: string;
  @Column('text') name!: string;
  @Column('text') kind!: UnitKind;
  @Column('uuid', { name: 'parent_id', nullable: true }) parentId!: string | null;
  /** acts in competition (HDSIG § 2(2)): private-sector rules apply */
  @Column('boolean') competition!: boolean;
  /** entity under the NIS2 directive (R-KRI-02) */
  @Column('boolean') nis2!: boolean;
  /** null until somebody has verified it (governance §7) */
  @Column('text', { name: 'office_number', nullable: true }) officeNumber!: string | null;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_to', nullable: true }) validTo!: Date | null;
}
