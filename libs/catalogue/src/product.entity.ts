import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Consumer, Level, Openness, PersonalRef, Secrecy } from '#lib/policy';
import type { Card } from './card';
import type { ProductState } from './product.states';

/** Who finds the metadata. Whoever does not find a product learns nothing of it, not even that it exists. */
export const DISCOVER_SCOPES = [
  /** every party of the data space */
  'ALL',
  /** the city: offices, Eigenbetriebe, statistics unit */
  'CITY',
  /** the kinds of recipients it is offered to */
  'OFFERED',
  /** the providing unit alone */
  'OWN',
] as const;
export type DiscoverScope = (typeof DISCOVER_SCOPES)[number];

export const ACCESS_RIGHTS = ['PUBLIC', 'RESTRICTED', 'NON_PUBLIC'] as const;

/**
 * A data product. What is decided on stands in columns of its own; null means "not stated yet", which is never the
 * same as "no". The rest of the governance card is `card`.
 */
@Entity({ schema: 'catalogue', name: 'product' })
export class Product {
  @PrimaryColumn('uuid') id!: string;
  /** short name, unique, for addresses and the pilot files */
  @Column('text', { nullable: true }) key!: string | null;
  @Column('uuid', { name: 'provider_unit_id' }) providerUnitId!: string;
  @Column('text') state!: ProductState;
  /** counts every change; who changes or releases names the one they saw */
  @Column('int') revision!: number;
  @Column('text') title!: string;
  @Column('text') summary!: string;
  @Column('text') description!: string;
  @Column('text', { array: true }) themes!: string[];
  @Column('text', { array: true }) keywords!: string[];
  @Column('text', { nullable: true }) openness!: Openness | null;
  @Column('text', { name: 'personal_ref', nullable: true }) personalRef!: PersonalRef | null;
  @Column('text', { array: true, nullable: true }) secrecy!: Secrecy[] | null;
  @Column('text', { name: 'protection_c', nullable: true }) protectionC!: Level | null;
  @Column('text', { name: 'protection_i', nullable: true }) protectionI!: Level | null;
  @Column('text', { name: 'protection_a', nullable: true }) protectionA!: Level | null;
  /** last day on which the classification holds, Europe/Berlin, at most 24 months ahead */
  @Column('date', { name: 'review_by', nullable: true }) reviewBy!: string | null;
  @Column('text', { name: 'access_rights', nullable: true }) accessRights!: (typeof ACCESS_RIGHTS)[number] | null;
  @Column('text', { name: 'discover_scope', nullable: true }) discoverScope!: DiscoverScope | null;
  @Column('boolean', { name: 'sealed_statistics', nullable: true }) sealedStatistics!: boolean | null;
  @Column('boolean', { name: 'security_relevant', nullable: true }) securityRelevant!: boolean | null;
  @Column('text', { nullable: true }) licence!: string | null;
  /** why it is not published (open per default) */
  @Column('text', { name: 'non_public_reason', nullable: true }) nonPublicReason!: string | null;
  @Column('text', { array: true, name: 'allowed_purposes' }) allowedPurposes!: string[];
  @Column('text', { array: true, name: 'recipient_kinds' }) recipientKinds!: Consumer[];
  @Column('int', { name: 'max_retention_days', nullable: true }) maxRetentionDays!: number | null;
  /** own task of the municipality or a delegated one (HODaG § 1) */
  @Column('text') task!: 'OWN' | 'DELEGATED';
  @Column('boolean', { name: 'raw_sensor' }) rawSensor!: boolean;
  @Column('boolean', { name: 'released_by_statistics' }) releasedByStatistics!: boolean;
  @Column('boolean', { name: 'covered_by_satzung' }) coveredBySatzung!: boolean;
  @Column('boolean', { name: 'protected_species' }) protectedSpecies!: boolean;
  /** entrusted in personal educational help (SGB VIII § 65) */
  @Column('boolean', { nullable: true }) entrusted!: boolean | null;
  /** a table with cells of one or two persons (BStatG § 16(4)) */
  @Column('boolean', { name: 'single_case_cells', nullable: true }) singleCaseCells!: boolean | null;
  /** strictest class of a part that can not be separated from the rest (R-GEN-17); null: there is none beyond `personalRef` */
  @Column('text', { name: 'strictest_part', nullable: true }) strictestPart!: PersonalRef | null;
  /** describes things (trees, counters): coordinates raise a question, not the class */
  @Column('boolean', { name: 'about_things' }) aboutThings!: boolean;
  /** an aggregate of this product that serves the same purposes */
  @Column('uuid', { name: 'aggregate_product_id', nullable: true }) aggregateProductId!: string | null;
  @Column('jsonb') card!: Card;
  @Column('uuid', { name: 'current_version_id', nullable: true }) currentVersionId!: string | null;
  /** everybody who has edited it; none of them may release it (SOD-2) */
  @Column('uuid', { array: true, name: 'edited_by' }) editedBy!: string[];
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'modified_at' }) modifiedAt!: Date;
}
