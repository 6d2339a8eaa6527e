import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One duty of a unit as the organisation's plan of tasks names it, valid [validFrom, validTo). */
@Entity({ schema: 'organisation', name: 'duty' })
export class Duty {
  @PrimaryColumn('uuid') id!: string;
  /** short name, never given twice, also when the duty has ended */
  @Column('text') code!: string;
  @Column('text') name!: string;
  /** statute or decision that gives the unit this duty; null: the register names none */
  @Column('text', { nullable: true }) norm!: string | null;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  /** null: no end is known */
  @Column('timestamptz', { name: 'valid_to', nullable: true }) validTo!: Date | null;
  /** null: set up with the pilot data */
  @Column('uuid', { name: 'registered_by', nullable: true }) registeredBy!: string | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
}
