import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What came out when a stored decision was run again. Append only. */
@Entity({ schema: 'requests', name: 'replay' })
export class StoredReplay {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'consumer_unit_id' }) consumerUnitId!: string;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('boolean') same!: boolean;
  @Column('text', { array: true }) differs!: string[];
  @Column('text', { name: 'stored_sha256' }) storedSha256!: string;
  @Column('text', { name: 'replayed_sha256', nullable: true }) replayedSha256!: string | null;
  @Column('int', { nullable: true }) version!: number | null;
  /** null when the program did it */
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null;
  @Column('timestamptz', { name: 'replayed_at' }) replayedAt!: Date;
}
