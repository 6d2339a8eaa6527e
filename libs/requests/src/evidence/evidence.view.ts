import { isoTime, line, quoted } from '#lib/kernel';
import { z } from 'zod';
import { code, day } from '../form/input-schemas';
import { FILE_TYPES, type FileType } from './file-type';

const TYPES = Object.keys(FILE_TYPES) as [FileType, ...FileType[]];

/** What is said of a document beside the file itself. */
const described = {
  /** of the list of evidence in the law book */
  kind: code,
  title: line(200, { least: 2, says: 'Bitte nennen Sie das Dokument.' }),
  reference: line(500, { least: 2, says: 'Bitte nennen Sie das Aktenzeichen oder die Fundstelle.' }),
  issuer: line(200, { least: 2, says: 'Bitte nennen Sie, welche Stelle das Dokument ausgestellt hat.' }),
  /** first day on which it holds; null: it names none */
  validFrom: day.nullable().default(null),
  /** last day on which it holds; null: it names none */
  validUntil: day.nullable().default(null),
};
const inOrder = { path: ['validUntil'], message: 'Das Ende liegt vor dem Anfang.' };
const ordered = ({ validFrom, validUntil }: { validFrom: string | null; validUntil: string | null }): boolean =>
  validFrom === null || validUntil === null || validFrom <= validUntil;

/** A document for requests of a unit. */
export const evidenceInput = z
  .strictObject({ unitId: z.uuid('Bitte wählen Sie Ihre Stelle.'), ...described })
  .refine(ordered, inOrder);
export type EvidenceInput = z.input<typeof evidenceInput>;
/** A document on which a product rests, for every request of it. */
export const productEvidenceInput = z.strictObject(described).refine(ordered, inOrder);
export type ProductEvidenceInput = z.input<typeof productEvidenceInput>;

/** How a document stands on a day. */
export const EVIDENCE_STATE_NAME = {
  HOLDS: 'gilt',
  NOT_YET: 'gilt noch nicht',
  EXPIRED: 'abgelaufen',
  LAPSED: 'verfallen',
} as const;

/** A document as people read it; the file itself is opened apart, and each opening is recorded. */
export const evidenceView = z.strictObject({
  id: z.uuid(),
  unitId: z.uuid(),
  productId: z.uuid().nullable(),
  kind: z.string(),
  kindName: z.string(),
  title: z.string(),
  reference: z.string(),
  issuer: z.string(),
  validFrom: z.iso.date().nullable(),
  validUntil: z.iso.date().nullable(),
  state: z.enum(Object.keys(EVIDENCE_STATE_NAME) as [keyof typeof EVIDENCE_STATE_NAME]),
  stateName: z.string(),
  fileName: z.string(),
  mediaType: z.enum(TYPES),
  bytes: z.int(),
  /** hexadecimal, of the file */
  sha256: z.string(),
  /** false: no scanner has looked for malware */
  scanned: z.boolean(),
  uploadedAt: isoTime,
});
export type EvidenceView = z.output<typeof evidenceView>;

/** `Zustimmung des Unternehmens: „Schreiben vom 3. Mai“`, as a list of documents names it. */
export const documentInWords = ({ kindName, title }: Pick<EvidenceView, 'kindName' | 'title'>): string =>
  `${kindName}: ${quoted(title)}`;

/** A document opened: its bytes, and how they are called and typed. */
export interface EvidenceFile {
  bytes: Buffer;
  fileName: string;
  mediaType: FileType;
}
