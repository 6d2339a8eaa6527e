import {
  amount,
  code,
  codes,
  type FactsOf,
  group,
  manyOf,
  mark,
  name,
  oneOf,
  rows,
  text,
  texts,
  upTo,
  yesNo,
} from './fact';
import { FIELD_CLASS } from './lists';

export * from './lists';

const no = { byHand: false } as const;
const yes = { byHand: true } as const;
const normal = { byHand: 'normal' } as const;
const unknown = { byHand: 'unbekannt', asked: false } as const;

/**
 * The closed vocabulary of a decision: everything the role concept may ask about one exchange, and nothing else. From
 * this table follow the type `Facts`, what may be written by hand (facts.schema.ts), the paths a rule may name
 * (paths.ts), what rules see and the check for unknown values (compile-facts.ts). German words stand in
 * `vocabulary.yaml`. A fact that comes later can be left out: what was decided before does not have it.
 *
 * By hand what makes up the classification of a product must be said: a secrecy nobody mentioned must open nothing.
 */
export const FACTS = {
  /** REQUEST when asked, AGREEMENT when it should become active, DELIVERY at each delivery */
  phase: oneOf('phase', { byHand: 'REQUEST' }),
  product: group({
    id: name(unknown),
    openness: upTo('openness', { nullable: true }),
    personalRef: upTo('personalRef', { nullable: true }),
    secrecy: manyOf('secrecy'),
    protection: group(
      { c: upTo('level', normal), i: upTo('level', normal), a: upTo('level', normal) },
      { byHand: { c: 'normal', i: 'normal', a: 'normal' } },
    ),
    themes: codes('themes', { byHand: [], closed: true }),
    hasOwner: yesNo(),
    hasDeputy: yesNo(yes),
    review: oneOf('review'),
    licence: text({ nullable: true, byHand: null }),
    /** row-level raw sensor, video or plate data, as opposed to processed counts */
    rawSensor: yesNo(no),
    /** anonymised with acceptance of the Statistikstelle, or a cube it released */
    releasedByStatistics: yesNo(no),
    /** source register named in the Satzung or a statute for transmissions to the Statistikstelle */
    coveredBySatzung: yesNo(no),
    protectedSpecies: yesNo(no),
    /** an aggregate product that serves the same purposes exists */
    aggregateAlternative: yesNo(no),
    /** publication: municipal own task or delegated task (HODaG § 1) */
    task: oneOf('task', { byHand: 'OWN' }),
    nonPublicationReason: text({ nullable: true, byHand: null }),
    maxRetentionDays: amount(1, { nullable: true, byHand: null, asked: false }),
    /** purposes the product was collected for or declared compatible with */
    allowedPurposes: codes('purposes', { byHand: [] }),
    provider: oneOf('provider', { byHand: 'OFFICE' }),
    providerUnit: text(unknown),
    rows: amount(0, { byHand: 0 }),
    /** strictest class of a part that cannot be separated from the rest (R-GEN-17); absent: none */
    strictestPart: oneOf('personalRef', { nullable: true, absent: null }),
    /** a table with cells of one or two persons (R-STA-06); absent: none known */
    singleCaseCells: yesNo({ absent: false }),
    /** entrusted in personal educational help (SGB VIII § 65); absent: no */
    entrusted: yesNo({ absent: false }),
  }),
  consumer: group({
    kind: oneOf('consumer'),
    unit: text(unknown),
    /** acts in competition (HDSIG § 2(2)): private-sector rules apply */
    competition: yesNo(no),
    /** NIS2 entity on either side */
    nis2: yesNo(no),
    /** holds or can obtain the pseudonymisation key or identifying extra data (R-GEN-14) */
    holdsKey: yesNo(no),
    /** a processor: the kind of the office it works for; absent: nobody's processor, no matrix column */
    worksFor: oneOf('consumer', { nullable: true, absent: null }),
    /** takes personnel decisions (SGB I § 35(1)); absent counts as yes */
    personnelDecisions: yesNo({ absent: true }),
    /** sales arm of a vertically integrated utility (EnWG § 6a); absent: no */
    salesArm: yesNo({ absent: false }),
  }),
  purpose: group({
    code: code('purposes', { nullable: true }),
    relation: oneOf('purposeRel'),
    textGiven: yesNo(yes),
    changeGround: code('changeGrounds', { nullable: true, byHand: null }),
    /** administration of a single case; absent: no */
    singleCase: yesNo({ absent: false }),
    /** aims at finding persons or firms again; absent: no */
    reidentification: yesNo({ absent: false }),
  }),
  form: oneOf('form'),
  /** the requested fields */
  fields: rows({
    name: name(),
    class: oneOf('fieldClass'),
    /** false when the purpose needs no field of this class or the field is unmapped (R-GEN-04) */
    needed: yesNo(yes),
    /** asked for in a coarser form its product declares; `class` is then the class of that form. Absent: as it is */
    coarse: mark(),
  }),
  /** classes of the requested fields, without repetition; by hand they follow from the fields */
  fieldClasses: manyOf('fieldClass', {
    follows: ({ fields }: { fields: readonly { class: string }[] }) =>
      FIELD_CLASS.filter((item) => fields.some((field) => field.class === item)),
  }),
  /** the applicant insists on fields beyond the purpose (R-GEN-04) */
  insistsOnFields: yesNo(no),
  /** written necessity for row-level data although an aggregate serves the purpose (R-GEN-05) */
  necessityGiven: yesNo(no),
  legalBasis: codes('legalBases', { byHand: [] }),
  evidence: codes('evidence', { byHand: [] }),
  periodGiven: yesNo(yes),
  /** length of use in months, rounded up; absent: not asked yet */
  periodMonths: amount(1, { absent: null }),
  retentionDays: amount(1, { nullable: true, byHand: null, asked: false }),
  onwardRecipients: texts({ byHand: [] }),
  thirdCountry: yesNo({ byHand: false, withdrawable: true }),
  automatedDecision: yesNo({ byHand: false, withdrawable: true }),
  linksPersonalProducts: yesNo({ byHand: false, withdrawable: true }),
  nonProduction: yesNo({ byHand: false, withdrawable: true }),
  /** fields beyond the catalogue of BMG § 34(1); absent counts as yes */
  beyondBmg34: yesNo({ absent: true }),
  /** a group of persons who are not named one by one (BMG § 34(2)); absent counts as yes */
  groupOfPersons: yesNo({ absent: true }),
  /** nothing but names and addresses of land owners known from property tax (AO § 31(3)); absent: no */
  ownerAddressOnly: yesNo({ absent: false }),
  /** the recipient alone would get the data (R-OPN-06); absent: no */
  exclusive: yesNo({ absent: false, withdrawable: true }),
  /** both parties fix purposes and means together (R-JCA-01); absent: no */
  jointControl: yesNo({ absent: false }),
  /** a data subject's case hits the delivered set (R-SUB-01); absent: no. Comes with the workflow of data-subject rights; nobody gives it before */
  subjectCase: yesNo({ absent: false }),
  /** an emergency access (R-EMG-01): its danger, whether a second person confirmed it, whether its 24 hours run; absent: none */
  emergency: group(
    {
      danger: oneOf('danger', { asked: false }),
      confirmed: yesNo({ asked: false }),
      inTime: yesNo({ asked: false }),
    },
    { absent: true },
  ),
  contract: group(
    {
      status: oneOf('contract'),
      kinds: manyOf('contractKind', { byHand: [] }),
      /** days until the contract ends (R-CON-02); absent or null: not near */
      endsInDays: amount(Number.MIN_SAFE_INTEGER, { nullable: true, absent: null }),
    },
    { byHand: { status: 'MISSING', kinds: [] } },
  ),
};

/** Everything one decision looks at. */
export type Facts = FactsOf<typeof FACTS>;
/** One requested field. */
export type FieldFact = Facts['fields'][number];
