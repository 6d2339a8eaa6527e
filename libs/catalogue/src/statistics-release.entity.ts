import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A protected table (cube), or fully anonymised single records. Neither opens what the other one is for. */
export const STATISTICS_RELEASE = {
  CUBE: 'geschützte Tabelle',
  MICRODATA: 'vollständig anonyme Einzeldaten',
} as const;
export type StatisticsReleaseKind = keyof typeof STATISTICS_RELEASE;
export const STATISTICS_RELEASES = Object.keys(STATISTICS_RELEASE) as [StatisticsReleaseKind, StatisticsReleaseKind];

/** The Statistikstelle says of one version that its data may leave as this; it holds until it is taken back. */
@Entity({ schema: 'catalogue', name: 'statistics_release' })
export class StatisticsRelease {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'version_id' }) versionId!: string;
  @Column('text') kind!: StatisticsReleaseKind;
  @Column('uuid', { name: 'released_by' }) releasedBy!: string;
  @Column('timestamptz', { name: 'released_at' }) releasedAt!: Date;
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: string | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
}
