import { Column, Entity, PrimaryColumn } from 'typeorm';

/** On what an audit order rests: an order of the council, the statutory tasks, or tasks given besides. */
export const MANDATE_BASES = ['HGO_130_2', 'HGO_131_1', 'HGO_131_2'] as const;
export type MandateBasis = (typeof MANDATE_BASES)[number];
export const MANDATE_BASIS_NAME: Record<MandateBasis, string> = {
  HGO_130_2: 'Auftrag der Stadtverordnetenversammlung (HGO § 130 Abs. 2)',
  HGO_131_1: 'Gesetzliche Aufgabe (HGO § 131 Abs. 1)',
  HGO_131_2: 'Übertragene Aufgabe (HGO § 131 Abs. 2)',
};

/** The Prüfauftrag: what the Revisionsamt may look at, and for how long. Without one it reads nothing (R-AUD-01). */
@Entity({ schema: 'organisation', name: 'audit_mandate' })
export class AuditMandate {
  @PrimaryColumn('uuid') id!: string;
  /** file number under which the order lies */
  @Column('text') reference!: string;
  @Column('text') basis!: MandateBasis;
  @Column('text') subject!: string;
  /** true: all units; false: those of audit_mandate_unit */
  @Column('boolean', { name: 'whole_city' }) wholeCity!: boolean;
  /** half-open */
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_until' }) validUntil!: Date;
  @Column('uuid', { name: 'registered_by' }) registeredBy!: string;
  @Column('timestamptz', { name: 'registered_at' }) registeredAt!: Date;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

@Entity({ schema: 'organisation', name: 'audit_mandate_unit' })
export class AuditMandateUnit {
  @PrimaryColumn('uuid', { name: 'mandate_id' }) mandateId!: string;
  @PrimaryColumn('uuid', { name: 'unit_id' }) unitId!: string;
}
