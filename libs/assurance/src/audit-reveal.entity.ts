import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why the person behind one entry of the log may be named (governance §5.4). There is no other reason. */
export const REVEAL_REASONS = ['DATENSCHUTZVORFALL', 'STRAFVERFAHREN', 'BETROFFENENAUSKUNFT', 'PRUEFAUFTRAG'] as const;
export const REVEAL_REASON_NAME: Record<(typeof REVEAL_REASONS)[number], string> = {
  DATENSCHUTZVORFALL: 'Datenschutzvorfall',
  STRAFVERFAHREN: 'Strafverfahren',
  BETROFFENENAUSKUNFT: 'Auskunft an eine betroffene Person',
  PRUEFAUFTRAG: 'Prüfauftrag',
};
export type RevealReason = (typeof REVEAL_REASONS)[number];

/** Data protection and Geschäftsstelle: nothing is revealed without a word of both. */
export const CONSENTING_ROLES = ['DSB', 'GS_DG'] as const;
export type ConsentingRole = (typeof CONSENTING_ROLES)[number];

/** One reveal (R-AUD-02): asked for under a mandate, consented to by data protection and Geschäftsstelle, known to the Personalrat. */
@Entity({ schema: 'assurance', name: 'audit_reveal' })
export class AuditReveal {
  @PrimaryColumn('uuid') id!: string;
  /** the entry of the log whose actor is to be named */
  @Column('uuid', { name: 'event_id' }) eventId!: string;
  @Column('uuid', { name: 'mandate_id' }) mandateId!: string;
  @Column('text', { name: 'reason_code' }) reasonCode!: RevealReason;
  @Column('text') reason!: string;
  @Column('uuid', { name: 'asked_by' }) askedBy!: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('uuid', { name: 'dsb_by', nullable: true }) dsbBy!: string | null;
  @Column('timestamptz', { name: 'dsb_at', nullable: true }) dsbAt!: Date | null;
  @Column('uuid', { name: 'gs_by', nullable: true }) gsBy!: string | null;
  @Column('timestamptz', { name: 'gs_at', nullable: true }) gsAt!: Date | null;
  @Column('uuid', { name: 'refused_by', nullable: true }) refusedBy!: string | null;
  @Column('timestamptz', { name: 'refused_at', nullable: true }) refusedAt!: Date | null;
}
