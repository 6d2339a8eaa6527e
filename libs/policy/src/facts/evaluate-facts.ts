import {
  CONSUMER,
  CONTRACT,
  type Danger,
  DANGER,
  type Facts,
  FIELD_CLASS,
  FORM,
  LEVEL,
  type Level,
  OPENNESS,
  PERSONAL_REF,
  type PersonalRef,
  PHASE,
  PROVIDER,
  PURPOSE_REL,
  REVIEW,
  SECRECY,
  TASK,
} from './facts';
import type { Column, EMERGENCY, RETENTION } from './vocabulary';

/** What a rule may ask beside the facts themselves, worked out from them before any rule is asked. */
export interface DerivedFacts {
  /** a value outside its list: nothing is decided on it but a refusal */
  hasUnknownValue: boolean;
  column: Column;
  personalRef: PersonalRef | null;
  c: Level;
  retention: (typeof RETENTION)[number];
  periodMonths: number;
  masked: boolean;
  beyondPurpose: boolean;
  legalBasisUnknown: boolean;
  purposeUnknown: boolean;
  inseparable: boolean;
  singleCaseCells: boolean;
  entrusted: boolean;
  personnelDecisions: boolean;
  salesArm: boolean;
  singleCase: boolean;
  reidentification: boolean;
  beyondBmg34: boolean;
  groupOfPersons: boolean;
  ownerAddressOnly: boolean;
  exclusive: boolean;
  jointControl: boolean;
  subjectCase: boolean;
  contractEndsSoon: boolean;
  emergency: (typeof EMERGENCY)[number];
  danger: Danger | null;
}

/** The facts and what was worked out from them: what conditions are asked of. */
export type EvaluatedFacts = Facts & { calc: DerivedFacts };

/** More personal rows than this count one level of confidentiality higher (Kumulation, governance §3.1). */
export const CUMULATION_ROWS = 10_000;
const CONTRACT_WARNING_DAYS = 30;

/** Codes of the law book that facts may name; `VERTRAG(42)` counts as the legal basis `VERTRAG`. */
export type KnownCodes = {
  purposes: ReadonlySet<string>;
  legalBases: ReadonlySet<string>;
  themes: ReadonlySet<string>;
};

export const isPersonal = (ref: PersonalRef | null): boolean => ref === 'PERSONAL' || ref === 'SPECIAL';
/** A field that names persons in a product that is not personal as a whole: masked, not refused. */
export const isMasked = (field: { class: string }, ref: PersonalRef | null): boolean =>
  field.class === 'DIRECT_ID' && !isPersonal(ref);

export function evaluateFacts(facts: Facts, knows: KnownCodes): EvaluatedFacts {
  const { product, consumer, purpose, fields, legalBasis, contract } = facts;
  const personalRef = effectiveRef(facts);
  const personal = isPersonal(personalRef);
  let masked = false;
  let beyondPurpose = false;
  let strange = false;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    if (!CLASSES[field.class]) strange = true;
    if (!personal && field.class === 'DIRECT_ID') masked = true;
    else if (!field.needed) beyondPurpose = true;
  }
  let legalBasisUnknown = false;
  for (let i = 0; i < legalBasis.length; i++)
    if (!isKnownBasis(legalBasis[i]!, knows.legalBases)) legalBasisUnknown = true;
  const days = facts.retentionDays;
  const column = columnOf(facts);
  // written out member by member, so that all views are of one shape to the engine
  return {
    phase: facts.phase,
    product,
    consumer,
    purpose,
    form: facts.form,
    fields,
    fieldClasses: facts.fieldClasses,
    insistsOnFields: facts.insistsOnFields,
    necessityGiven: facts.necessityGiven,
    legalBasis,
    evidence: facts.evidence,
    periodGiven: facts.periodGiven,
    retentionDays: days,
    onwardRecipients: facts.onwardRecipients,
    thirdCountry: facts.thirdCountry,
    automatedDecision: facts.automatedDecision,
    linksPersonalProducts: facts.linksPersonalProducts,
    nonProduction: facts.nonProduction,
    contract,
    calc: {
      hasUnknownValue: strange || hasUnknownFact(facts, knows),
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
      purposeUnknown: purpose.code !== null && !knows.purposes.has(purpose.code),
      inseparable: product.strictestPart != null,
      singleCaseCells: product.singleCaseCells === true,
      entrusted: product.entrusted === true,
      personnelDecisions: consumer.personnelDecisions !== false,
      salesArm: consumer.salesArm === true,
      singleCase: purpose.singleCase === true,
      reidentification: purpose.reidentification === true,
      beyondBmg34: facts.beyondBmg34 !== false,
      groupOfPersons: facts.groupOfPersons !== false,
      ownerAddressOnly: facts.ownerAddressOnly === true,
      exclusive: facts.exclusive === true,
      jointControl: facts.jointControl === true,
      subjectCase: facts.subjectCase === true,
      contractEndsSoon: contract.endsInDays != null && contract.endsInDays < CONTRACT_WARNING_DAYS,
      emergency: emergencyOf(facts),
      danger: facts.emergency?.danger ?? null,
    },
  };
}

const SECRETS = new Set<string>(SECRECY);
/** Scalars with a list, one object each: its keys are the values that exist. */
const index = (values: readonly string[]): Readonly<Record<string, true>> =>
  Object.freeze(
    Object.assign(
      Object.create(null) as Record<string, true>,
      Object.fromEntries(values.map((value) => [value, true])),
    ),
  );
const CLASSES = index(FIELD_CLASS);
const KNOWN = {
  form: index(FORM),
  phase: index(PHASE),
  provider: index(PROVIDER),
  kind: index(CONSUMER),
  relation: index(PURPOSE_REL),
  level: index(LEVEL),
  openness: index(OPENNESS),
  ref: index(PERSONAL_REF),
  contract: index(CONTRACT),
  review: index(REVIEW),
  task: index(TASK),
  danger: index(DANGER),
};

/** Types end where a database or a form begins: a word that no list knows would slip past every rule that names others. */
function hasUnknownFact(facts: Facts, { themes }: KnownCodes): boolean {
  const { product, consumer, purpose, phase, form, contract, emergency } = facts;
  for (let i = 0; i < product.secrecy.length; i++) if (!SECRETS.has(product.secrecy[i]!)) return true;
  for (let i = 0; i < product.themes.length; i++) if (!themes.has(product.themes[i]!)) return true;
  // neither yes nor no is no answer; a rule that asks for yes would not notice
  if (!isAnswered(facts)) return true;
  return !(
    KNOWN.form[form] &&
    KNOWN.phase[phase] &&
    KNOWN.provider[product.provider] &&
    KNOWN.kind[consumer.kind] &&
    KNOWN.relation[purpose.relation] &&
    KNOWN.level[product.protection.c] &&
    KNOWN.contract[contract.status] &&
    KNOWN.review[product.review] &&
    KNOWN.task[product.task] &&
    (product.openness === null || KNOWN.openness[product.openness]) &&
    (product.personalRef === null || KNOWN.ref[product.personalRef]) &&
    (product.strictestPart == null || KNOWN.ref[product.strictestPart]) &&
    (emergency == null || KNOWN.danger[emergency.danger]) &&
    (consumer.worksFor == null || KNOWN.kind[consumer.worksFor])
  );
}

function isAnswered(facts: Facts): boolean {
  const { product, consumer, purpose } = facts;
  return (
    typeof product.hasOwner === 'boolean' &&
    typeof product.rawSensor === 'boolean' &&
    typeof product.releasedByStatistics === 'boolean' &&
    typeof product.coveredBySatzung === 'boolean' &&
    typeof product.protectedSpecies === 'boolean' &&
    typeof product.aggregateAlternative === 'boolean' &&
    typeof consumer.competition === 'boolean' &&
    typeof consumer.nis2 === 'boolean' &&
    typeof consumer.holdsKey === 'boolean' &&
    typeof purpose.textGiven === 'boolean' &&
    typeof facts.insistsOnFields === 'boolean' &&
    typeof facts.necessityGiven === 'boolean' &&
    typeof facts.periodGiven === 'boolean' &&
    typeof facts.thirdCountry === 'boolean' &&
    typeof facts.automatedDecision === 'boolean' &&
    typeof facts.linksPersonalProducts === 'boolean' &&
    typeof facts.nonProduction === 'boolean'
  );
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
function columnOf({ consumer }: Facts): Column {
  const kind = consumer.kind === 'PROCESSOR' ? (consumer.worksFor ?? 'PROCESSOR') : consumer.kind;
  return kind === 'EIGENBETRIEB' && consumer.competition ? 'GESELLSCHAFT' : kind;
}

/** Regular transmissions to the Statistikstelle are exempt from cumulation (governance §2.7.3). */
function effectiveLevel({ product }: Facts, personal: boolean, column: Column): Level {
  const { c } = product.protection;
  if (!personal || product.rows <= CUMULATION_ROWS) return c;
  if (column === 'STATISTIKSTELLE' && product.coveredBySatzung) return c;
  return LEVEL[Math.min(LEVEL.indexOf(c) + 1, LEVEL.length - 1)]!;
}
