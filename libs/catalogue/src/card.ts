import { z } from 'zod';
import { FORM } from '#lib/policy';
import { line, text } from './text';

const day = z.iso.date();

/**
 * The governance card beside what is decided on: one key per metadata field of the product design, standards mapping
 * in the comment. Absent means "not stated yet"; an empty list means "stated: none".
 */
export const cardSchema = z.strictObject({
  /** dcatde:maintainer */
  steward: line(200).optional(),
  maintainer: line(200).optional(),
  /** dcatde:originator, prov:wasGeneratedBy */
  originator: line(200).optional(),
  collectedBy: line(200).optional(),
  /** functional mailbox, dcat:contactPoint */
  contact: z.email('Bitte ein Funktionspostfach angeben.').max(200).optional(),
  /** dct:source: this is the leading source, or what it is a copy of */
  leadingSource: z.boolean().optional(),
  derivedFrom: line(500).optional(),
  domain: line(100).optional(),
  /** dct:spatial, level, reference system (EPSG), metres */
  spatial: line(200).optional(),
  level: z.enum(['STADT', 'ORTSBEZIRK', 'PLANUNGSBEZIRK', 'BLOCK', 'ADRESSE', 'PUNKT', 'OHNE']).optional(),
  crs: z
    .string()
    .regex(/^EPSG:\d{4,6}$/, 'Bitte in der Form EPSG:25832.')
    .optional(),
  resolution: z.number().positive().optional(),
  /** dct:temporal, in words or a snapshot date */
  temporal: line(200).optional(),
  periodicity: z
    .enum([
      'FORTLAUFEND',
      'TAEGLICH',
      'WOECHENTLICH',
      'MONATLICH',
      'VIERTELJAEHRLICH',
      'JAEHRLICH',
      'UNREGELMAESSIG',
      'EINMALIG',
    ])
    .optional(),
  modified: day.optional(),
  nextDue: day.optional(),
  detailLevels: z
    .array(z.enum(['EINZELFALL', 'PSEUDONYM', 'AGGREGIERT']))
    .min(1)
    .optional(),
  /** smallest count of cases in a cell */
  minGroup: z.int().min(1).optional(),
  dataSubjects: z.array(line(100)).optional(),
  collectionLegalBasis: line(300).optional(),
  /** what it was collected for */
  purpose: text(2000)
    .refine((value) => value.length > 0, 'Bitte ausfüllen.')
    .optional(),
  dpiaRef: line(200).optional(),
  ropaRef: line(200).optional(),
  deletionRule: line(500).optional(),
  termsId: line(100).optional(),
  /** rule that may permit without a person, if any */
  autoRule: line(100).optional(),
  maxDays: z.int().min(1).max(366).optional(),
  /** working days until an answer */
  slaDays: z.int().min(1).max(250).optional(),
  offers: z.array(z.enum(FORM)).min(1).optional(),
  quality: text(4000)
    .refine((value) => value.length > 0, 'Bitte ausfüllen.')
    .optional(),
  provenance: text(4000)
    .refine((value) => value.length > 0, 'Bitte ausfüllen.')
    .optional(),
  linkKeys: z.array(line(100)).optional(),
  aiUse: z.enum(['NEIN', 'MIT_BEDINGUNGEN', 'JA']).optional(),
  aiConditions: text(2000).optional(),
  hvdCategory: line(100).optional(),
  availability: line(100).optional(),
  contributorId: line(200).optional(),
  measure: line(200).optional(),
  decisionRef: line(200).optional(),
  docs: z.array(z.url()).max(20).optional(),
});
export type Card = z.infer<typeof cardSchema>;
