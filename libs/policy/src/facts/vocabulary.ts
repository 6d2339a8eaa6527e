import {
  CONSUMER,
  CONTRACT,
  CONTRACT_KIND,
  DANGER,
  FIELD_CLASS,
  FORM,
  LEVEL,
  OPENNESS,
  PERSONAL_REF,
  PHASE,
  PROVIDER,
  PURPOSE_REL,
  REVIEW,
  SECRECY,
} from './facts';

/** Columns of the default matrix, and the three kinds of consumer that have none. */
export const COLUMN = [
  'SAME_OFFICE',
  'OTHER_OFFICE',
  'STATISTIKSTELLE',
  'EIGENBETRIEB',
  'GESELLSCHAFT',
  'OTHER_PUBLIC',
  'RESEARCH',
  'PUBLIC',
] as const;
export const COLUMN_OR_NONE = [...COLUMN, 'PROCESSOR', 'AUDIT', 'PRIVATE'] as const;
export type Column = (typeof COLUMN_OR_NONE)[number];
/** How far an emergency access has come; `NONE` is every ordinary exchange. */
export const EMERGENCY = ['NONE', 'UNCONFIRMED', 'RUNNING', 'OVER'] as const;
export const RETENTION = ['OK', 'MISSING', 'TOO_LONG'] as const;

/** Closed lists that the city keeps as data and the loader reads. */
export type CodeList = 'purposes' | 'legalBases' | 'evidence' | 'changeGrounds' | 'themes';

/** What a path of the vocabulary holds, and so which tests a rule may make on it. */
export type PathKind =
  | { kind: 'enum'; values: readonly string[]; ordered?: true; list?: true; optional?: true }
  | { kind: 'code'; of: CodeList; list?: true; optional?: true }
  | { kind: 'boolean' }
  | { kind: 'number' }
  /** free text: a rule may only ask whether it is there */
  | { kind: 'text'; list?: true };

const one = (values: readonly string[]): PathKind => ({ kind: 'enum', values });
const ordered = (values: readonly string[]): PathKind => ({ kind: 'enum', values, ordered: true });
const many = (values: readonly string[]): PathKind => ({ kind: 'enum', values, list: true });
const yesNo: PathKind = { kind: 'boolean' };
const amount: PathKind = { kind: 'number' };

/**
 * Every path a rule may name. `calc.*` is worked out from the facts before any rule is asked (calc.ts); a fact that
 * can be left out is only reachable there, with the stricter reading for its absence.
 */
export const VOCABULARY: Readonly<Record<string, PathKind>> = {
  phase: one(PHASE),
  'product.openness': ordered(OPENNESS),
  'product.personalRef': ordered(PERSONAL_REF),
  'product.secrecy': many(SECRECY),
  'product.protection.c': ordered(LEVEL),
  'product.protection.i': ordered(LEVEL),
  'product.protection.a': ordered(LEVEL),
  'product.themes': { kind: 'code', of: 'themes', list: true },
  'product.hasOwner': yesNo,
  'product.hasDeputy': yesNo,
  'product.review': one(REVIEW),
  'product.licence': { kind: 'text' },
  'product.rawSensor': yesNo,
  'product.releasedByStatistics': yesNo,
  'product.coveredBySatzung': yesNo,
  'product.protectedSpecies': yesNo,
  'product.aggregateAlternative': yesNo,
  'product.task': one(['OWN', 'DELEGATED']),
  'product.nonPublicationReason': { kind: 'text' },
  'product.allowedPurposes': { kind: 'code', of: 'purposes', list: true },
  'product.provider': one(PROVIDER),
  'product.rows': amount,
  'consumer.kind': one(CONSUMER),
  'consumer.competition': yesNo,
  'consumer.nis2': yesNo,
  'consumer.holdsKey': yesNo,
  'purpose.code': { kind: 'code', of: 'purposes' },
  'purpose.relation': one(PURPOSE_REL),
  'purpose.textGiven': yesNo,
  'purpose.changeGround': { kind: 'code', of: 'changeGrounds' },
  form: one(FORM),
  fieldClasses: many(FIELD_CLASS),
  insistsOnFields: yesNo,
  necessityGiven: yesNo,
  legalBasis: { kind: 'code', of: 'legalBases', list: true },
  evidence: { kind: 'code', of: 'evidence', list: true },
  periodGiven: yesNo,
  onwardRecipients: { kind: 'text', list: true },
  thirdCountry: yesNo,
  automatedDecision: yesNo,
  linksPersonalProducts: yesNo,
  nonProduction: yesNo,
  'contract.status': one(CONTRACT),
  'contract.kinds': many(CONTRACT_KIND),
  /** matrix column after competition and the office a processor works for */
  'calc.column': one(COLUMN_OR_NONE),
  /** personal reference after key possession (R-GEN-14) and inseparable parts (R-GEN-17) */
  'calc.personalRef': ordered(PERSONAL_REF),
  /** confidentiality after cumulation: many personal records together count one level higher */
  'calc.c': ordered(LEVEL),
  'calc.retention': one(RETENTION),
  /** length of use in months; 0 while no period is given, which is another rule's matter */
  'calc.periodMonths': amount,
  /** fields that name persons in a product that is not personal: they are masked */
  'calc.masked': yesNo,
  /** other fields the purpose does not need */
  'calc.beyondPurpose': yesNo,
  'calc.legalBasisUnknown': yesNo,
  'calc.purposeUnknown': yesNo,
  'calc.inseparable': yesNo,
  'calc.singleCaseCells': yesNo,
  'calc.entrusted': yesNo,
  'calc.personnelDecisions': yesNo,
  'calc.salesArm': yesNo,
  'calc.singleCase': yesNo,
  'calc.reidentification': yesNo,
  'calc.beyondBmg34': yesNo,
  'calc.groupOfPersons': yesNo,
  'calc.ownerAddressOnly': yesNo,
  'calc.exclusive': yesNo,
  'calc.jointControl': yesNo,
  'calc.subjectCase': yesNo,
  'calc.contractEndsSoon': yesNo,
  'calc.emergency': one(EMERGENCY),
  'calc.danger': { kind: 'enum', values: DANGER, optional: true },
};
