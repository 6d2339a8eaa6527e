import { requestProblems } from '../requests.problems';

/** Kinds of documents that are taken as evidence: what a decider can open anywhere, and nothing that runs. */
export const FILE_TYPES = {
  'application/pdf': { name: 'PDF', extension: 'pdf' },
  'image/png': { name: 'PNG', extension: 'png' },
  'image/jpeg': { name: 'JPEG', extension: 'jpg' },
  'text/plain': { name: 'Text', extension: 'txt' },
} as const;
export type FileType = keyof typeof FILE_TYPES;
/** `PDF, PNG, JPEG, Text`, as people read it. */
export const FILE_TYPES_IN_WORDS = Object.values(FILE_TYPES)
  .map(({ name }) => name)
  .join(', ');

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');
const JPEG_END = Buffer.from('ffd9', 'hex');
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * What a document is, by its content alone: its name and what the sender calls it count for nothing. Throws
 * `evidence_type`, and `evidence_encrypted` for a PDF that nobody can read without a password.
 */
export function fileTypeOf(bytes: Buffer): FileType {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (bytes.subarray(0, 3).equals(JPEG) && bytes.lastIndexOf(JPEG_END) > 0) return 'image/jpeg';
  // readers also take what stands before; we do not: a file that is two things is none
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    if (!bytes.subarray(-2048).includes('%%EOF')) throw requestProblems.evidence_type();
    if (bytes.includes('/Encrypt')) throw requestProblems.evidence_encrypted();
    return 'application/pdf';
  }
  if (isText(bytes)) return 'text/plain';
  throw requestProblems.evidence_type();
}

function isText(bytes: Buffer): boolean {
  try {
    // eslint-disable-next-line no-control-regex -- control characters are exactly what is meant
    return !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(UTF_8.decode(bytes).replaceAll('\r\n', '\n'));
  } catch {
    return false;
  }
}

/**
 * The name under which a document is shown and saved: without path, control, format and direction characters, ending
 * as its content is.
 */
export function fileNameOf(given: string, type: FileType): string {
  const { extension } = FILE_TYPES[type];
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '').replaceAll(/\s+/g, ' ');
  const known = type === 'image/jpeg' ? /\.jpe?g$/i : new RegExp(`\\.${extension}$`, 'i');
  const stem = [
    ...plain
      .replace(known, '')
      .replace(/[. ]+$/, '')
      .trim(),
  ]
    .slice(0, 120)
    .join('')
    .trim();
  return `${stem || 'ohne Namen'}.${extension}`;
}
