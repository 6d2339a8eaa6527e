import { CONTRACT_KIND } from '#lib/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Kinds that the register knows are those a law book can ask for; the database holds the same (governance §1.3, §2.3). */
export const CONTRACT_KINDS = CONTRACT_KIND;
export type ContractKind = (typeof CONTRACT_KINDS)[number];
/** What a contract is about: named products, all products of its parties, or a processing in words. */
export const SUBJECT_KINDS = ['PRODUCTS', 'PARTIES', 'PROCESSING'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** One entry of the contract register, kept per pair of parties (smaller id first), valid [validFrom, validTo). */
@Entity({ schema: 'organisation', name: 'contract' })
export class Contract {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'party_a' }) partyA!: string;
  @Column('uuid', { name: 'party_b' }) partyB!: string;
  @Column('text') kind!: ContractKind;
  /** file number under which the signed paper lies */
  @Column('text') reference!: string;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_to' }) validTo!: Date;
  @Column('uuid', { name: 'registered_by', nullable: true }) registeredBy!: string | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
  /** null in records of before: then the contract carries open data alone */
  @Column('text', { name: 'subject_kind', nullable: true }) subjectKind?: SubjectKind | null;
  /** of PRODUCTS */
  @Column('uuid', { name: 'subject_products', array: true, nullable: true }) subjectProducts?: string[] | null;
  /** of PROCESSING: what is processed, in words a person has to compare with the case */
  @Column('text', { name: 'subject_text', nullable: true }) subjectText?: string | null;
  /** who completed a record of before */
  @Column('uuid', { name: 'subject_named_by', nullable: true }) subjectNamedBy?: string | null;
}
