import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FileType } from './file-type';

/** A document of a unit that proves something. What was uploaded never changes; it can only end. */
@Entity({ schema: 'requests', name: 'evidence' })
export class Evidence {
  @PrimaryColumn('uuid') id!: string;
  /** whose document it is; only its own requests can rest on it */
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  /** the product whose provider shows it for every request; null: it belongs to requests of the unit */
  @Column('uuid', { name: 'product_id', nullable: true }) productId!: string | null;
  /** of the list of evidence in the law book */
  @Column('text') kind!: string;
  @Column('text') title!: string;
  /** file number */
  @Column('text') reference!: string;
  @Column('text') issuer!: string;
  /** first and last day on which it holds, `2026-12-31`; null: open */
  @Column('date', { name: 'valid_from', nullable: true }) validFrom!: string | null;
  @Column('date', { name: 'valid_until', nullable: true }) validUntil!: string | null;
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('text', { name: 'media_type' }) mediaType!: FileType;
  @Column('int') bytes!: number;
  @Column('text') sha256!: string;
  @Column('text', { name: 'object_key' }) objectKey!: string;
  /** the scanner that found nothing; null: nobody has looked for malware */
  @Column('text', { name: 'scanned_by', nullable: true }) scannedBy!: string | null;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: string;
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt!: Date;
  /** from then on it proves nothing, and its bytes are gone unless a request rests on it */
  @Column('timestamptz', { name: 'lapsed_at', nullable: true }) lapsedAt!: Date | null;
}

/** That a request rests on a document. Append only. */
@Entity({ schema: 'requests', name: 'request_evidence' })
export class RequestEvidence {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @PrimaryColumn('uuid', { name: 'evidence_id' }) evidenceId!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('timestamptz', { name: 'attached_at' }) attachedAt!: Date;
}
