import { amount, type AnswerName, type FactsOf, oneOf, upTo, yesNo } from './fact';
import type { Facts, FACTS } from './facts';
import { type Codes, type Consumer, LEVEL, type Level, PERSONAL_REF, type PersonalRef } from './lists';

/** What a rule may ask beside the facts themselves, worked out from several of them before any rule is asked. */
export const DERIVED = {
  /** matrix column after competition and the office a processor works for */
  column: oneOf('consumer'),
  /** personal reference after key possession (R-GEN-14) and inseparable parts (R-GEN-17) */
  personalRef: upTo('personalRef', { nullable: true }),
  /** confidentiality after cumulation: many personal records together count one level higher */
  c: upTo('level'),
  retention: oneOf('retention'),
  /** length of use in months; 0 while no period is given, which is another rule's matter */
  periodMonths: amount(0),
  /** fields that name persons in a product that is not personal: they are masked */
  masked: yesNo(),
  /** other fields the purpose does not need */
  beyondPurpose: yesNo(),
  legalBasisUnknown: yesNo(),
  purposeUnknown: yesNo(),
  inseparable: yesNo(),
  contractEndsSoon: yesNo(),
  emergency: oneOf('emergency'),
  danger: oneOf('danger', { nullable: true }),
};

/** `calc.*`: what was worked out, each yes/no fact that can be left out, and whether a value is outside its list. */
export type DerivedFacts = FactsOf<typeof DERIVED> &
  Record<AnswerName<typeof FACTS>, boolean> & {
    /** nothing is decided on such facts but a refusal */
    hasUnknownValue: boolean;
  };
/** The facts and what was worked out from them: what conditions are asked of. */
export type EvaluatedFacts = Facts & { calc: DerivedFacts };

/** Codes of the law book that facts may name; `VERTRAG(42)` counts as the legal basis `VERTRAG`. */
export type KnownCodes = Codes;

/** More personal rows than this count one level of confidentiality higher (Kumulation, governance §3.1). */
export const CUMULATION_ROWS = 10_000;
const CONTRACT_WARNING_DAYS = 30;

export const isPersonal = (ref: PersonalRef | null): boolean => ref === 'PERSONAL' || ref === 'SPECIAL';
/** A field that names persons in a product that is not personal as a whole: masked, not refused. */
export const isMasked = (field: { class: string }, ref: PersonalRef | null): boolean =>
  field.class === 'DIRECT_ID' && !isPersonal(ref);

export function derive(facts: Facts, codes: KnownCodes): FactsOf<typeof DERIVED> {
  const { product, purpose, fields, legalBasis, contract, retentionDays: days } = facts;
  const personalRef = effectiveRef(facts);
  const personal = isPersonal(personalRef);
  let masked = false;
  let beyondPurpose = false;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    if (!personal && field.class === 'DIRECT_ID') masked = true;
    else if (!field.needed) beyondPurpose = true;
  }
  let legalBasisUnknown = false;
  for (let i = 0; i < legalBasis.length; i++)
    if (!isKnownBasis(legalBasis[i]!, codes.legalBases)) legalBasisUnknown = true;
  const column = columnOf(facts);
  return {
    column,
    personalRef,
    c: effectiveLevel(facts, personal, column),
    retention:
      days === null
        ? 'MISSING'
        : product.maxRetentionDays !== null && days > product.maxRetentionDays
          ? 'TOO_LONG'
          : 'OK',
    periodMonths: facts.periodMonths ?? 0,
    masked,
    beyondPurpose,
    legalBasisUnknown,
    purposeUnknown: purpose.code !== null && !codes.purposes.has(purpose.code),
    inseparable: product.strictestPart != null,
    contractEndsSoon: contract.endsInDays != null && contract.endsInDays < CONTRACT_WARNING_DAYS,
    emergency: emergencyOf(facts),
    danger: facts.emergency?.danger ?? null,
  };
}

function isKnownBasis(code: string, known: ReadonlySet<string>): boolean {
  if (known.has(code)) return true;
  return code.startsWith('VERTRAG(') && code.endsWith(')') && known.has('VERTRAG');
}

function emergencyOf({ emergency }: Facts): DerivedFacts['emergency'] {
  if (emergency == null) return 'NONE';
  if (emergency.inTime !== true) return 'OVER';
  return emergency.confirmed === true ? 'RUNNING' : 'UNCONFIRMED';
}

/** R-GEN-14: who holds the key sees persons. R-GEN-17: the strictest inseparable part decides. */
function effectiveRef({ product, consumer }: Facts): PersonalRef | null {
  let ref = product.personalRef;
  if (ref === 'PSEUDONYMISED' && consumer.holdsKey) ref = 'PERSONAL';
  const part = product.strictestPart;
  return ref !== null && part != null && PERSONAL_REF.indexOf(part) > PERSONAL_REF.indexOf(ref) ? part : ref;
}

/** A processor stands where its office stands; who acts in competition is treated as a company (governance §2.7.1, 2.7.5). */
function columnOf({ consumer }: Facts): Consumer {
  const kind = consumer.kind === 'PROCESSOR' ? (consumer.worksFor ?? 'PROCESSOR') : consumer.kind;
  return kind === 'EIGENBETRIEB' && consumer.competition ? 'GESELLSCHAFT' : kind;
}

/** Regular transmissions to the Statistikstelle are exempt from cumulation (governance §2.7.3). */
function effectiveLevel({ product }: Facts, personal: boolean, column: Consumer): Level {
  const { c } = product.protection;
  if (!personal || product.rows <= CUMULATION_ROWS) return c;
  if (column === 'STATISTIKSTELLE' && product.coveredBySatzung) return c;
  return LEVEL[Math.min(LEVEL.indexOf(c) + 1, LEVEL.length - 1)]!;
}
