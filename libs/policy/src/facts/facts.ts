/**
 * The closed vocabulary of a decision: everything the role concept may ask about one exchange, and nothing else.
 * A rule that names a path which is not here does not load; a fact that is not here cannot be given.
 * Source: the city's decision matrix, inputs (governance §2.1); German labels stand in `vocabulary.yaml`.
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
export const PURPOSE_REL = ['SAME', 'PRIVILEGED', 'CHANGED'] as const;
export const FORM = ['TABLE_AGG', 'GEO_AGG', 'ROWLEVEL', 'DOCUMENT', 'API_LIVE'] as const;
export const LEVEL = ['normal', 'hoch', 'sehr_hoch'] as const;
export const REVIEW = ['VALID', 'EXPIRED', 'MISSING'] as const;
export const TASK = ['OWN', 'DELEGATED'] as const;
export const CONTRACT = ['VALID', 'MISSING', 'EXPIRED'] as const;
export const CONTRACT_KIND = ['AVV', 'JCA', 'DUV', 'INTERNE_VEREINBARUNG'] as const;
export const FIELD_CLASS = ['NONE', 'DIRECT_ID', 'QUASI_ID', 'SENSITIVE', 'SECRET'] as const;
/** What an emergency access is for (SOD-10): danger to life or health, and nothing else. */
export const DANGER = ['LEBEN', 'GESUNDHEIT', 'KATASTROPHE', 'SEUCHE', 'VERMISSTE_PERSON'] as const;
export const PHASE = ['REQUEST', 'AGREEMENT', 'DELIVERY'] as const;

export type Openness = (typeof OPENNESS)[number];
export type PersonalRef = (typeof PERSONAL_REF)[number];
export type Secrecy = (typeof SECRECY)[number];
export type Consumer = (typeof CONSUMER)[number];
export type Provider = (typeof PROVIDER)[number];
export type PurposeRel = (typeof PURPOSE_REL)[number];
export type Form = (typeof FORM)[number];
export type Level = (typeof LEVEL)[number];
export type FieldClass = (typeof FIELD_CLASS)[number];
export type Danger = (typeof DANGER)[number];
export type Phase = (typeof PHASE)[number];

/** One requested field: its class and the mask its product declares, if any. */
export interface FieldFact {
  name: string;
  class: FieldClass;
  /** false when the purpose needs no field of this class or the field is unmapped (R-GEN-04) */
  needed: boolean;
  /** asked for in a coarser form its product declares; `class` is then the class of that form. Absent: as it is */
  coarse?: true;
}

export interface Facts {
  /** REQUEST when asked, AGREEMENT when it should become active, DELIVERY at each delivery */
  phase: Phase;
  product: {
    id: string;
    openness: Openness | null;
    personalRef: PersonalRef | null;
    secrecy: Secrecy[];
    protection: { c: Level; i: Level; a: Level };
    themes: string[];
    hasOwner: boolean;
    hasDeputy: boolean;
    review: (typeof REVIEW)[number];
    licence: string | null;
    /** row-level raw sensor, video or plate data, as opposed to processed counts */
    rawSensor: boolean;
    /** anonymised with acceptance of the Statistikstelle, or a cube it released */
    releasedByStatistics: boolean;
    /** source register named in the Satzung or a statute for transmissions to the Statistikstelle */
    coveredBySatzung: boolean;
    protectedSpecies: boolean;
    /** an aggregate product that serves the same purposes exists */
    aggregateAlternative: boolean;
    /** publication: municipal own task or delegated task (HODaG § 1) */
    task: (typeof TASK)[number];
    nonPublicationReason: string | null;
    maxRetentionDays: number | null;
    /** purposes the product was collected for or declared compatible with */
    allowedPurposes: string[];
    provider: Provider;
    providerUnit: string;
    rows: number;
    /** strictest class of a part that cannot be separated from the rest (R-GEN-17); absent: none */
    strictestPart?: PersonalRef | null;
    /** a table with cells of one or two persons (R-STA-06); absent: none known */
    singleCaseCells?: boolean;
    /** entrusted in personal educational help (SGB VIII § 65); absent: no */
    entrusted?: boolean;
  };
  consumer: {
    kind: Consumer;
    unit: string;
    /** acts in competition (HDSIG § 2(2)): private-sector rules apply */
    competition: boolean;
    /** NIS2 entity on either side */
    nis2: boolean;
    /** holds or can obtain the pseudonymisation key or identifying extra data (R-GEN-14) */
    holdsKey: boolean;
    /** a processor: the kind of the office it works for; absent: nobody's processor, no matrix column */
    worksFor?: Consumer | null;
    /** takes personnel decisions (SGB I § 35(1)); absent counts as yes */
    personnelDecisions?: boolean;
    /** sales arm of a vertically integrated utility (EnWG § 6a); absent: no */
    salesArm?: boolean;
  };
  purpose: {
    code: string | null;
    relation: PurposeRel;
    textGiven: boolean;
    changeGround: string | null;
    /** administration of a single case; absent: no */
    singleCase?: boolean;
    /** aims at finding persons or firms again; absent: no */
    reidentification?: boolean;
  };
  form: Form;
  fields: FieldFact[];
  /** classes of the requested fields, without repetition */
  fieldClasses: FieldClass[];
  /** the applicant insists on fields beyond the purpose (R-GEN-04) */
  insistsOnFields: boolean;
  /** written necessity for row-level data although an aggregate serves the purpose (R-GEN-05) */
  necessityGiven: boolean;
  legalBasis: string[];
  evidence: string[];
  periodGiven: boolean;
  /** length of use in months, rounded up; absent: not asked yet */
  periodMonths?: number;
  retentionDays: number | null;
  onwardRecipients: string[];
  thirdCountry: boolean;
  automatedDecision: boolean;
  linksPersonalProducts: boolean;
  nonProduction: boolean;
  /** fields beyond the catalogue of BMG § 34(1); absent counts as yes */
  beyondBmg34?: boolean;
  /** a group of persons who are not named one by one (BMG § 34(2)); absent counts as yes */
  groupOfPersons?: boolean;
  /** nothing but names and addresses of land owners known from property tax (AO § 31(3)); absent: no */
  ownerAddressOnly?: boolean;
  /** the recipient alone would get the data (R-OPN-06); absent: no */
  exclusive?: boolean;
  /** both parties fix purposes and means together (R-JCA-01); absent: no */
  jointControl?: boolean;
  /** an emergency access (R-EMG-01): its danger, whether a second person confirmed it, whether its 24 hours run; absent: none */
  emergency?: { danger: Danger; confirmed: boolean; inTime: boolean };
  /** a data subject's case hits the delivered set (R-SUB-01); absent: no. Comes with the workflow of data-subject rights; nobody gives it before */
  subjectCase?: boolean;
  contract: {
    status: (typeof CONTRACT)[number];
    kinds: (typeof CONTRACT_KIND)[number][];
    /** days until the contract ends (R-CON-02); absent or null: not near */
    endsInDays?: number | null;
  };
}
