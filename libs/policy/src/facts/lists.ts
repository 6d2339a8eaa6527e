/**
 * Every enumeration a fact can hold, by the name under which `vocabulary.yaml` keeps the German words of its values.
 * Source: the city's decision matrix, inputs (governance §2.1).
 */
export const OPENNESS = ['OPEN', 'INTERNAL', 'RESTRICTED'] as const;
export const PERSONAL_REF = ['NONE', 'AGGREGATED', 'PSEUDONYMISED', 'PERSONAL', 'SPECIAL'] as const;
export const SECRECY = [
  'STATISTIK',
  'SOZIAL',
  'STEUER',
  'MELDE',
  'BESCHAEFTIGTE',
  'BERUF_203',
  'GESUNDHEIT',
  'GESCHAEFTSGEHEIMNIS',
  'KRITIS',
  'URHEBER_LIZENZ',
  'EIGENTUEMER',
  'SCHULE',
  'VIDEO_SENSOR',
  'VERGABE',
  'ENTFLECHTUNG',
  'ARTENSCHUTZ',
] as const;
export const CONSUMER = [
  'SAME_OFFICE',
  'OTHER_OFFICE',
  'STATISTIKSTELLE',
  'EIGENBETRIEB',
  'GESELLSCHAFT',
  'OTHER_PUBLIC',
  'PROCESSOR',
  'RESEARCH',
  'PUBLIC',
  'AUDIT',
  'PRIVATE',
] as const;
export const PROVIDER = ['OFFICE', 'STATISTIKSTELLE', 'EIGENBETRIEB', 'GESELLSCHAFT', 'OTHER_PUBLIC'] as const;
/** Legal form of a party; rules see it as `PROVIDER` and `CONSUMER`, roles and instruments ask for it (governance §1.3). */
export const UNIT_KINDS = [
  'STADT',
  'DEZERNAT',
  'AMT',
  'ABTEILUNG',
  'STATISTIKSTELLE',
  'STAB',
  'EIGENBETRIEB',
  'GESELLSCHAFT',
  'ANDERE_KOMMUNE',
  'LAND',
  'FORSCHUNG',
  'PRIVATE',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];
export const PURPOSE_REL = ['SAME', 'PRIVILEGED', 'CHANGED'] as const;
export const FORM = ['TABLE_AGG', 'GEO_AGG', 'ROWLEVEL', 'DOCUMENT', 'API_LIVE'] as const;
export const LEVEL = ['normal', 'hoch', 'sehr_hoch'] as const;
export const REVIEW = ['VALID', 'EXPIRED', 'MISSING'] as const;
export const TASK = ['OWN', 'DELEGATED'] as const;
export const CONTRACT = ['VALID', 'MISSING', 'EXPIRED'] as const;
/** Processing agreement, joint control, data-sharing contract, agreement inside the city. */
export const CONTRACT_KIND = ['AVV', 'JCA', 'DUV', 'INTERNE_VEREINBARUNG'] as const;
/** Why a contract in force does not carry an exchange: it names nothing, something else, or ends too soon. */
export const CONTRACT_GAP = ['NONE', 'NO_SUBJECT', 'OTHER_SUBJECT', 'TOO_SHORT'] as const;
export const FIELD_CLASS = ['NONE', 'DIRECT_ID', 'QUASI_ID', 'SENSITIVE', 'SECRET'] as const;
/** What an emergency access is for (SOD-10): danger to life or health, and nothing else. */
export const DANGER = ['LEBEN', 'GESUNDHEIT', 'KATASTROPHE', 'SEUCHE', 'VERMISSTE_PERSON'] as const;
export const PHASE = ['REQUEST', 'AGREEMENT', 'DELIVERY'] as const;
/** How far an emergency access has come; `NONE` is every ordinary exchange. */
export const EMERGENCY = ['NONE', 'UNCONFIRMED', 'RUNNING', 'OVER'] as const;
export const RETENTION = ['OK', 'MISSING', 'TOO_LONG'] as const;
/** What an owner says of the use by artificial intelligence. */
export const AI_USE = ['NEIN', 'MIT_BEDINGUNGEN', 'JA'] as const;
/** DCAT-AP access rights. */
export const ACCESS_RIGHTS = ['PUBLIC', 'RESTRICTED', 'NON_PUBLIC'] as const;
/** Who finds the metadata of a product, and so who can ask for it at all. */
export const DISCOVER_SCOPE = ['ALL', 'CITY', 'OFFERED', 'OWN'] as const;
/** How fine an owner gives data about people. */
export const DETAIL = ['EINZELFALL', 'PSEUDONYM', 'AGGREGIERT'] as const;
/** Columns of the default matrix; the three kinds of consumer that are none of them have no column. */
export const COLUMN = [
  'SAME_OFFICE',
  'OTHER_OFFICE',
  'STATISTIKSTELLE',
  'EIGENBETRIEB',
  'GESELLSCHAFT',
  'OTHER_PUBLIC',
  'RESEARCH',
  'PUBLIC',
] as const satisfies readonly Consumer[];

export const LISTS = {
  openness: OPENNESS,
  personalRef: PERSONAL_REF,
  secrecy: SECRECY,
  consumer: CONSUMER,
  provider: PROVIDER,
  purposeRel: PURPOSE_REL,
  form: FORM,
  level: LEVEL,
  fieldClass: FIELD_CLASS,
  phase: PHASE,
  danger: DANGER,
  emergency: EMERGENCY,
  contract: CONTRACT,
  contractKind: CONTRACT_KIND,
  contractGap: CONTRACT_GAP,
  review: REVIEW,
  task: TASK,
  retention: RETENTION,
  unitKind: UNIT_KINDS,
  aiUse: AI_USE,
  accessRights: ACCESS_RIGHTS,
  discoverScope: DISCOVER_SCOPE,
  detail: DETAIL,
} as const;
/** Name of an enumeration. */
export type ListName = keyof typeof LISTS;
export type WordOf<L extends ListName> = (typeof LISTS)[L][number];

/** Closed lists that the city keeps as data and the loader reads. */
export type CodeList = 'purposes' | 'legalBases' | 'evidence' | 'changeGrounds' | 'themes';
/** Codes that exist, by list. */
export type Codes = Readonly<Record<CodeList, ReadonlySet<string>>>;

export type Openness = (typeof OPENNESS)[number];
export type PersonalRef = (typeof PERSONAL_REF)[number];
export type Consumer = (typeof CONSUMER)[number];
export type Secrecy = (typeof SECRECY)[number];
export type Provider = (typeof PROVIDER)[number];
export type PurposeRel = (typeof PURPOSE_REL)[number];
export type Form = (typeof FORM)[number];
export type Level = (typeof LEVEL)[number];
export type FieldClass = (typeof FIELD_CLASS)[number];
export type Danger = (typeof DANGER)[number];
export type Phase = (typeof PHASE)[number];
