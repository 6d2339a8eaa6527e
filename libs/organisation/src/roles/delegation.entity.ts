import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A right passed on in writing, valid [validFrom, validTo), at most twelve months (SOD-9). Never changed, only revoked.
 * It rests on the appointment of the one who gave it and ends with that.
 */
@Entity({ schema: 'organisation', name: 'delegation' })
export class Delegation {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'appointment_id' }) appointmentId!: string;
  @Column('uuid', { name: 'delegate_person_id' }) delegatePersonId!: string;
  /** where the writing is: file number or place */
  @Column('text') reference!: string;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_to' }) validTo!: Date;
  @Column('uuid', { name: 'delegated_by' }) delegatedBy!: string;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  @Column('uuid', { name: 'revoked_by', nullable: true }) revokedBy!: string | null;
}
