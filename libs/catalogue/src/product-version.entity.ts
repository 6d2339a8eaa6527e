import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FieldClass } from '#lib/policy';
import type { ColumnType, Mask } from '#lib/sources';
import type { FieldList, Generalisation } from './field-input';

/** One immutable state of a product's data. The object never changes; the field descriptions not after `frozenAt`. */
@Entity({ schema: 'catalogue', name: 'product_version' })
export class VersionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'product_id' }) productId!: string;
  /** 1, 2, 3 … within the product */
  @Column('int') number!: number;
  @Column('text', { name: 'object_key' }) objectKey!: string;
  /** of the stored Parquet file, hexadecimal */
  @Column('text') sha256!: string;
  @Column('int') rows!: number;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'frozen_at', nullable: true }) frozenAt!: Date | null;
}

@Entity({ schema: 'catalogue', name: 'field' })
export class FieldRow {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string;
  @PrimaryColumn('text') name!: string;
  @Column('int') position!: number;
  @Column('text') type!: ColumnType;
  /** type in the Parquet file, e.g. DECIMAL(9,2) */
  @Column('text') stored!: string;
  @Column('text') meaning!: string;
  /** of measure, e.g. cm */
  @Column('text', { nullable: true }) unit!: string | null;
  /** null until a person has confirmed or corrected the suggestion */
  @Column('text', { nullable: true }) class!: FieldClass | null;
  /** why the class is lower than the scan suggests */
  @Column('text', { name: 'class_reason', nullable: true }) classReason!: string | null;
  @Column('text', { name: 'suggested_class' }) suggestedClass!: FieldClass;
  /** German, why the scan suggests it */
  @Column('text', { name: 'suggested_because', nullable: true }) suggestedBecause!: string | null;
  /** applied where the rules demand a mask */
  @Column('jsonb', { nullable: true }) mask!: Mask | null;
  /** coarser forms an applicant may ask for */
  @Column('jsonb') generalisations!: Generalisation[];
  /** statutes that name this field */
  @Column('text', { name: 'listed_in', array: true }) listedIn!: FieldList[];
}

/** An upload that was recognised and not confirmed yet; kept for a day. */
@Entity({ schema: 'catalogue', name: 'pending_upload' })
export class PendingUpload {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'product_id' }) productId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  /** as the person named it; shown, never used as a path */
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('jsonb', { nullable: true }) recognition!: object | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'version_id', nullable: true }) versionId!: string | null;
}
