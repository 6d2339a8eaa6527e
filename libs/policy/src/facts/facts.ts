import {
  amount,
  code,
  codes,
  type FactsOf,
  group,
  manyOf,
  type Members,
  mark,
  name,
  oneOf,
  rows,
  text,
  texts,
  upTo,
  yesNo,
} from './fact';
import { CONSUMER, DETAIL, FIELD_CLASS, FORM } from './lists';

export * from './lists';

const no = { byHand: false } as const;
const yes = { byHand: true } as const;
const normal = { byHand: 'normal' } as const;
const unread = { byHand: 'normal', information: true } as const;
const registered = { keptBy: 'REGISTER' } as const;
const agreed = { keptBy: 'AGREEMENT' } as const;
/** Groups by who keeps their facts. */
const released = <M extends Members>(members: M) => group(members, { keptBy: 'RELEASE' });
const known = <M extends Members>(members: M) => group(members, registered);
const stated = <M extends Members>(members: M) => group(members, agreed);
const delivered = <M extends Members>(members: M) => rows(members, { keptBy: 'GATE' });
/** Longest use a product can offer, in days. */
export const LONGEST_USE = 366;
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
  phase: oneOf('phase', { byHand: 'REQUEST', keptBy: 'REGISTER' }),
  product: released({
    id: name(unknown),
    openness: upTo('openness', { nullable: true }),
    personalRef: upTo('personalRef', { nullable: true }),
    secrecy: manyOf('secrecy'),
    protection: group(
      { c: upTo('level', normal), i: upTo('level', unread), a: upTo('level', unread) },
      { byHand: { c: 'normal', i: 'normal', a: 'normal' } },
    ),
    themes: codes('themes', { byHand: [], closed: true }),
    hasOwner: yesNo(registered),
    hasDeputy: yesNo({ ...yes, information: true }),
    review: oneOf('review'),
    licence: text({ nullable: true, byHand: null }),
    /** row-level raw sensor, video or plate data, as opposed to processed counts */
    rawSensor: yesNo(no),
    /**
     * Law books of before ask for one fact where there are two (`releasedCube`, `releasedMicrodata`): true only where
     * nothing of a person is left either way.
     */
    releasedByStatistics: yesNo({ ...no, ...registered, information: true }),
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
    allowedPurposes: codes('purposes', { byHand: [], information: true }),
    /** duties of the giving office, by code, that it collected the data for; `purpose.relation` comes of them. Absent: none */
    collectedForDuties: texts({ absent: null, information: true }),
    provider: oneOf('provider', { byHand: 'OFFICE', ...registered }),
    providerUnit: text(unknown),
    rows: amount(0, { byHand: 0, ...registered }),
    /** strictest class of a part that cannot be separated from the rest (R-GEN-17); absent: none */
    strictestPart: oneOf('personalRef', { nullable: true, absent: null }),
    /** last day on which rights of third parties allow the use, `2026-12-31`; absent: they name no end */
    licenceUntil: text({ nullable: true, absent: null, asked: false }),
    /** a table with cells of one or two persons (R-STA-06); absent: none known */
    singleCaseCells: yesNo({ absent: false }),
    /** a protected table the Statistikstelle released by an act of its own, for this version (R-STA-05); absent: no */
    releasedCube: yesNo({ absent: false, ...registered }),
    /** fully anonymised single records it released by an act of its own, for this version (R-STA-12); absent: no */
    releasedMicrodata: yesNo({ absent: false, ...registered }),
    // limits of the owner. Left out, each counts as the narrowest; by hand they bind nothing
    /** kinds of recipients it is given to; absent: none */
    recipientKinds: manyOf('consumer', { absent: null, byHand: CONSUMER }),
    /** forms it is given in; absent: none */
    offers: manyOf('form', { absent: null, byHand: FORM }),
    /** how fine data about people are given; absent: not as single records */
    detailLevels: manyOf('detail', { absent: null, byHand: DETAIL }),
    /** longest use in days; absent or null: no day */
    maxDays: amount(1, { nullable: true, absent: null, byHand: LONGEST_USE }),
    /** smallest count of cases in a cell; absent or null: the law alone says it */
    minGroup: amount(1, { nullable: true, absent: null }),
    /** use by artificial intelligence; absent or null: not allowed */
    aiUse: oneOf('aiUse', { nullable: true, absent: null, byHand: 'JA' }),
    /** what the owner asks of such a use; absent or null: nothing is said */
    aiConditions: text({ nullable: true, absent: null }),
    /** absent or null: not public */
    accessRights: oneOf('accessRights', { nullable: true, absent: null, byHand: 'PUBLIC' }),
    /** who finds it; absent or null: the own office alone */
    discoverScope: oneOf('discoverScope', { nullable: true, absent: null, byHand: 'ALL' }),
    /** comes from the sealed-off Statistikstelle; absent: yes */
    sealedStatistics: yesNo({ absent: true, byHand: false }),
    /** bears on security or critical infrastructure; absent: yes */
    securityRelevant: yesNo({ absent: true, byHand: false }),
    /** data about crimes and convictions (Art. 10 GDPR); absent counts as yes where the data is of a special category */
    criminalRecords: yesNo({ absent: true }),
    /** entrusted in personal educational help (SGB VIII § 65); absent: no */
    entrusted: yesNo({ absent: false }),
  }),
  consumer: known({
    kind: oneOf('consumer'),
    unit: text(unknown),
    /** acts in competition (HDSIG § 2(2)): private-sector rules apply */
    competition: yesNo(no),
    /** NIS2 entity on either side */
    nis2: yesNo(no),
    /** holds or can obtain the pseudonymisation key or identifying extra data (R-GEN-14) */
    holdsKey: yesNo({ ...no, ...agreed }),
    /** a processor: the kind of the office it works for; absent: nobody's processor, no matrix column */
    worksFor: oneOf('consumer', { nullable: true, absent: null }),
    /** takes personnel decisions (SGB I § 35(1)); absent counts as yes */
    personnelDecisions: yesNo({ absent: true, ...agreed }),
    /** sales arm of a vertically integrated utility (EnWG § 6a); absent: no */
    salesArm: yesNo({ absent: false, ...agreed }),
  }),
  /**
   * Who gets the bytes, as opposed to whose purpose counts (`calc.column`): whoever asks, or whoever processes for them.
   * Absent: a processor counts as a private one without a contract, anybody else receives what they ask for.
   */
  recipient: group(
    {
      /** legal kind as seen from the giving side, never PROCESSOR */
      kind: oneOf('consumer', { asked: false }),
      /** acts in competition (HDSIG § 2(2)) */
      competition: yesNo({ asked: false }),
      /** on instructions of whose purpose it is (Art. 28 GDPR): asks as a processor, or is named as one */
      processor: yesNo({ asked: false }),
      /** standing of the processing contract for this product and as long as the use lasts; null: no processor */
      contract: oneOf('contract', { nullable: true, asked: false }),
      gap: oneOf('contractGap', { nullable: true, asked: false }),
      /** the contract describes a processing in words: whether they mean this case a person must say */
      described: yesNo({ asked: false }),
    },
    { absent: true, ...registered },
  ),
  purpose: stated({
    code: code('purposes', { nullable: true }),
    relation: oneOf('purposeRel'),
    /** code of the duty in force of whose purpose it is; `relation` is worked out with it. Absent or null: none is named */
    duty: text({ nullable: true, absent: null, information: true }),
    textGiven: yesNo(yes),
    changeGround: code('changeGrounds', { nullable: true, byHand: null }),
    /** administration of a single case; absent: no */
    singleCase: yesNo({ absent: false }),
    /** aims at finding persons or firms again; absent: no */
    reidentification: yesNo({ absent: false }),
  }),
  form: oneOf('form', { keptBy: 'GATE' }),
  /** the requested fields */
  fields: delivered({
    name: name(),
    class: oneOf('fieldClass'),
    /** false when the purpose needs no field of this class or the field is unmapped (R-GEN-04) */
    needed: yesNo(yes),
    /** asked for in a coarser form its product declares; `class` is then the class of that form. Absent: as it is */
    coarse: mark(),
    /** rows are chosen by it: what is not delivered as it is would be told by the choice. Absent: no */
    chosen: mark(),
    /** the product declares a mask for it; where masks are asked for, a field without one is left out. Absent: none */
    maskable: yesNo({ absent: false, asked: false }),
  }),
  /** classes of the requested fields, without repetition; by hand they follow from the fields */
  fieldClasses: manyOf('fieldClass', {
    keptBy: 'GATE',
    follows: ({ fields }: { fields: readonly { class: string }[] }) =>
      FIELD_CLASS.filter((item) => fields.some((field) => field.class === item)),
  }),
  /** the applicant insists on fields beyond the purpose (R-GEN-04) */
  insistsOnFields: yesNo({ ...no, keptBy: 'GATE' }),
  /** written necessity for row-level data although an aggregate serves the purpose (R-GEN-05) */
  necessityGiven: yesNo({ ...no, ...agreed }),
  legalBasis: codes('legalBases', { byHand: [], ...agreed }),
  evidence: codes('evidence', { byHand: [], keptBy: 'EVIDENCE' }),
  periodGiven: yesNo({ ...yes, keptBy: 'GATE' }),
  /** length of use in months, rounded up; absent: not asked yet */
  periodMonths: amount(1, { absent: null, keptBy: 'GATE' }),
  /** first to last day of use, both counted; absent: what the months say, or not asked yet */
  periodDays: amount(1, { absent: null, keptBy: 'GATE' }),
  retentionDays: amount(1, { nullable: true, byHand: null, asked: false, ...agreed }),
  /** days between the last day of use and the end of the permit or licence it rests on (R-EVI-01); absent: nothing ends */
  keepableDays: amount(Number.MIN_SAFE_INTEGER, { absent: null, asked: false, keptBy: 'GATE' }),
  /** rows are chosen by what can single out persons or households, whatever the card says (R-GEN-25); absent counts as yes */
  singlesOut: yesNo({ absent: true, byHand: false, keptBy: 'GATE' }),
  onwardRecipients: texts({ byHand: [], ...agreed }),
  thirdCountry: yesNo({ byHand: false, withdrawable: true, ...agreed }),
  automatedDecision: yesNo({ byHand: false, withdrawable: true, ...agreed }),
  linksPersonalProducts: yesNo({ byHand: false, withdrawable: true, ...agreed }),
  nonProduction: yesNo({ byHand: false, withdrawable: true, ...agreed }),
  /** the data are to be used by artificial intelligence; absent counts as yes */
  usesAi: yesNo({ absent: true, byHand: false, withdrawable: true, ...agreed }),
  /** fields beyond the catalogue of BMG § 34(1); absent counts as yes */
  beyondBmg34: yesNo({ absent: true, keptBy: 'GATE' }),
  /** a group of persons who are not named one by one (BMG § 34(2)); absent counts as yes */
  groupOfPersons: yesNo({ absent: true, ...agreed }),
  /** nothing but names and addresses of land owners known from property tax (AO § 31(3)); absent: no */
  ownerAddressOnly: yesNo({ absent: false, keptBy: 'GATE' }),
  /** the recipient alone would get the data (R-OPN-06); absent: no */
  exclusive: yesNo({ absent: false, withdrawable: true, ...agreed }),
  /** both parties fix purposes and means together (R-JCA-01); absent: no */
  jointControl: yesNo({ absent: false, ...agreed }),
  /** a data subject's case hits the delivered set (R-SUB-01); absent: no. Comes with the workflow of data-subject rights; nobody gives it before */
  subjectCase: yesNo({ absent: false, ...registered }),
  /** an emergency access (R-EMG-01): its danger, whether a second person confirmed it, whether its 24 hours run; absent: none */
  emergency: group(
    {
      danger: oneOf('danger', { asked: false, keptBy: 'EVIDENCE' }),
      confirmed: yesNo({ asked: false }),
      inTime: yesNo({ asked: false }),
    },
    { absent: true, ...registered },
  ),
  contract: group(
    {
      status: oneOf('contract'),
      kinds: manyOf('contractKind', { byHand: [] }),
      /** days until the contract ends (R-CON-02); absent or null: not near */
      endsInDays: amount(Number.MIN_SAFE_INTEGER, { nullable: true, absent: null }),
      /** why a contract in force does not carry this exchange; absent or null: there is none, or it does */
      gap: oneOf('contractGap', { nullable: true, absent: null }),
      /** what carries the use describes it in words only: whether they mean this case a person must say; absent counts as yes */
      describedOnly: yesNo({ absent: true, byHand: false }),
    },
    { byHand: { status: 'MISSING', kinds: [] }, ...registered },
  ),
};

/** Everything one decision looks at. */
export type Facts = FactsOf<typeof FACTS>;
/** One requested field. */
export type FieldFact = Facts['fields'][number];
