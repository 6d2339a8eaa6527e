import { quoted } from '#lib/kernel';
import { FIELD_CLASS, PERSONAL_REF, type PersonalRef, type SECRECY } from '#lib/policy';
import type { FieldRow } from './product-version.entity';

export type Adviser = 'DSB' | 'STAT';
type Secrecy = (typeof SECRECY)[number];

/** What of a product was released, and what is to be released now. */
export interface Proposal {
  /** fields as any released version described them */
  before: {
    personalRef: PersonalRef;
    secrecy: readonly Secrecy[];
    fields: readonly Pick<FieldRow, 'name' | 'class'>[];
  };
  after: { personalRef: PersonalRef; secrecy: readonly Secrecy[]; fields: readonly FieldRow[] };
}

export interface Lowering {
  /** what becomes looser, in German */
  lines: string[];
  /** who must be heard before the release */
  advisers: Adviser[];
  /** fields that still tell of people although the product is to have no reference to them */
  left: string[];
}

const rank = (ref: PersonalRef): number => PERSONAL_REF.indexOf(ref);
const RECORDS = rank('PSEUDONYMISED');
/** Classes of fields that tell of people. */
const TELLING: readonly string[] = FIELD_CLASS.filter((kind) => kind !== 'NONE');
const LEFT: readonly string[] = ['QUASI_ID', 'DIRECT_ID', 'SENSITIVE'];

/**
 * Whether a classification is lowered where people or secrets lose protection (governance §3.4): personal reference below
 * pseudonymised, a secrecy taken away, or a field of such a product that no longer tells of people. Null: it is not. Pure.
 */
export function loweringOf({ before, after }: Proposal): Lowering | null {
  const lines: string[] = [];
  const wasRecords = rank(before.personalRef) >= RECORDS;
  const refLowered = wasRecords && rank(after.personalRef) < RECORDS;
  if (refLowered) lines.push(`Personenbezug: ${before.personalRef} wird ${after.personalRef}`);
  const gone = before.secrecy.filter((one) => !after.secrecy.includes(one));
  for (const one of gone) lines.push(`Geheimnis ${one} entfällt`);
  const fields = wasRecords ? loweredFields(before.fields, after.fields) : [];
  for (const name of fields) lines.push(`Feld ${quoted(name)} gilt nicht mehr als Angabe über Menschen`);
  if (lines.length === 0) return null;
  const statistics =
    gone.includes('STATISTIK') || (before.secrecy.includes('STATISTIK') && (refLowered || fields.length > 0));
  return {
    lines,
    advisers: statistics ? ['DSB', 'STAT'] : ['DSB'],
    left: refLowered
      ? after.fields.filter(({ class: kind }) => kind === null || LEFT.includes(kind)).map(({ name }) => name)
      : [],
  };
}

/** Fields that told of people before, or that the scan says do, and are to tell nothing now. */
function loweredFields(before: Proposal['before']['fields'], after: readonly FieldRow[]): string[] {
  return after
    .filter(({ class: kind }) => kind === 'NONE')
    .filter(({ name, suggestedClass }) => {
      const was = before.filter((field) => field.name === name);
      return was.length > 0
        ? was.some((field) => field.class !== null && TELLING.includes(field.class))
        : TELLING.includes(suggestedClass);
    })
    .map(({ name }) => name);
}
