import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Processing agreement, joint control, data-sharing contract, agreement inside the city (governance §1.3, §2.3). */
export const CONTRACT_KINDS = ['AVV', 'JCA', 'DUV', 'INTERNE_VEREINBARUNG'] as const;
export type ContractKind = (typeof CONTRACT_KINDS)[number];

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
}
