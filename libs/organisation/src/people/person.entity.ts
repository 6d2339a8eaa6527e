import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A human being, whatever accounts they have: the person is what four eyes compares. */
@Entity({ schema: 'organisation', name: 'person' })
export class Person {
  @PrimaryColumn('uuid') id!: string;
  /** staff reference of the leading system; never taken from a token */
  @Column('text', { nullable: true }) key!: string | null;
  @Column('text', { name: 'given_name' }) givenName!: string;
  @Column('text', { name: 'family_name' }) familyName!: string;
  /** for notices only; two people may share a mailbox, so it identifies nobody */
  @Column('text', { nullable: true }) email!: string | null;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
  /** name, mail and accounts are gone for good; the row stays as what the log's pseudonym stands for */
  @Column('timestamptz', { name: 'erased_at', nullable: true }) erasedAt!: Date | null;
}

/** An account at an identity provider. (iss, sub) is the identity; a new `sub` is a new identity with no rights. */
@Entity({ schema: 'organisation', name: 'account' })
export class Account {
  @PrimaryColumn('text') iss!: string;
  @PrimaryColumn('text') sub!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
}

/** A programme of a unit, with a person who answers for it. It never approves. */
@Entity({ schema: 'organisation', name: 'machine_client' })
export class MachineClient {
  @PrimaryColumn('text') iss!: string;
  @PrimaryColumn('text', { name: 'client_id' }) clientId!: string;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('uuid', { name: 'responsible_person_id' }) responsiblePersonId!: string;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
  /** off because the person answering for it left, until the unit names another */
  @Column('timestamptz', { name: 'frozen_at', nullable: true }) frozenAt!: Date | null;
}
