import { amount, type AnswerName, codes, type FactsOf, oneOf, upTo, yesNo } from './fact';
import type { CarryingLaw, Transfer } from './carrying-bases';
import { contradictsOpen, isClosed } from './closed-data';
import type { Facts, FACTS } from './facts';
import { isProcessed, OWNER_LIMITS } from './owner-limits';
import { type Codes, type Consumer, type FieldClass, LEVEL, PERSONAL_REF, type PersonalRef } from './lists';

const ofPurpose = { from: ['purpose.code'] } as const;
/** Who gets the bytes, and whether somebody processes. */
const ofRecipient = { from: ['recipient', 'consumer.kind'] } as const;
/** What a legal basis looks at (carrying-bases.ts). */
const ofBasis = {
  from: [
    ...['legalBasis', 'evidence', 'calc.column', 'calc.personalRef', 'purpose.code'],
    ...['product.provider', 'product.secrecy', 'product.themes'],
  ],
} as const;
/** How fine it is asked for, and how fine the owner gives it. */
const ofDetail = {
  from: [
    ...['product.detailLevels', 'product.personalRef', 'calc.personalRef'],
    ...['form', 'fieldClasses', 'consumer.holdsKey'],
  ],
} as const;
const ofAi = { from: ['product.aiUse'] } as const;
/** What makes data closed whatever they are called (closed-data.ts). */
const OF_PROTECTION = ['product.personalRef', 'product.strictestPart', 'product.secrecy'];
const ofAccess = { from: ['product.accessRights'] } as const;

/**
 * What a rule may ask beside the facts themselves, worked out from several of them before any rule is asked. `from` says
 * from which: `HOW` below reads no other (derived-facts.spec.ts).
 */
export const DERIVED = {
  /** matrix column after competition and the office a processor works for */
  column: oneOf('consumer', { from: ['consumer.kind', 'consumer.worksFor', 'consumer.competition'] }),
  /** personal reference after key possession (R-GEN-14) and inseparable parts (R-GEN-17) */
  personalRef: upTo('personalRef', {
    nullable: true,
    from: ['product.personalRef', 'product.criminalRecords', 'product.strictestPart', 'consumer.holdsKey'],
  }),
  /** confidentiality after cumulation: many personal records together count one level higher */
  c: upTo('level', {
    from: ['product.protection.c', 'product.rows', 'product.coveredBySatzung', 'calc.column', 'calc.personalRef'],
  }),
  retention: oneOf('retention', { from: ['retentionDays', 'product.maxRetentionDays'] }),
  /** length of use in months; 0 while no period is given, which is another rule's matter */
  periodMonths: amount(0, { from: ['periodMonths'] }),
  /** fields that name persons, or are sensitive or secret, in a product that is not personal: they are masked */
  masked: yesNo({ from: ['fields', 'calc.personalRef'] }),
  /** other fields the purpose does not need */
  beyondPurpose: yesNo({ from: ['fields', 'calc.personalRef'] }),
  legalBasisUnknown: yesNo({ from: ['legalBasis'] }),
  /** named bases that carry this transfer, that lift the ban of Art. 9(1), that carry data about crimes (Art. 10) */
  carriedBy: codes('legalBases', ofBasis),
  specialBy: codes('legalBases', ofBasis),
  criminalBy: codes('legalBases', ofBasis),
  purposeUnknown: yesNo(ofPurpose),
  /** publishing under the name of a purpose */
  publication: yesNo(ofPurpose),
  inseparable: yesNo({ from: ['product.strictestPart'] }),
  /** for some and not for all: a contract must name the data and last until they are deleted */
  closed: yesNo({ from: ['product.openness', ...OF_PROTECTION, 'product.releasedCube'] }),
  /** called open, and about persons or under a secrecy */
  contradictsOpen: yesNo({ from: ['product.openness', ...OF_PROTECTION] }),
  /** used or kept for longer than the permit or licence it rests on */
  outlivesGround: yesNo({ from: ['keepableDays', 'retentionDays'] }),
  /** days that may be kept of what is fetched on the last day of use; the greatest number where nothing ends */
  keepableDays: amount(Number.MIN_SAFE_INTEGER, { from: ['keepableDays'] }),
  /** rights of third parties end */
  licenceEnds: yesNo({ from: ['product.licenceUntil'] }),
  contractEndsSoon: yesNo({ from: ['contract'] }),
  /** legal kind of whoever gets the bytes: the processor where there is one, else as `column` */
  recipient: oneOf('consumer', { from: ['recipient', 'calc.column'] }),
  /** the bytes reach somebody who processes for whose purpose it is */
  processor: yesNo(ofRecipient),
  /** a processor that acts in competition */
  processorCompetes: yesNo(ofRecipient),
  /** standing of the contract with the processor; MISSING where there is none */
  processorContract: oneOf('contract', { from: ['recipient'] }),
  contractGap: oneOf('contractGap', { from: ['contract', 'recipient'] }),
  /** what carries the processing describes it in words only */
  contractDescribed: yesNo(ofRecipient),
  /** the owner does not give it to whoever asks, or to whose purpose it is */
  outsideConsumer: yesNo({ from: ['product.recipientKinds', 'calc.column', 'consumer.kind'] }),
  /** a processor takes part, and the owner gives it to none */
  outsideProcessor: yesNo({ from: ['product.recipientKinds', 'calc.processor'] }),
  /** one of the two */
  outsideRecipients: yesNo({ from: ['calc.outsideConsumer', 'calc.outsideProcessor'] }),
  /** the recipient is none of those who find the product */
  outsideScope: yesNo({ from: ['product.discoverScope', 'calc.outsideRecipients', 'calc.column'] }),
  formNotOffered: yesNo({ from: ['product.offers', 'form'] }),
  /** single records, or records with names, where the owner gives data about people only coarser */
  finerThanOffered: yesNo(ofDetail),
  longerThanOffered: yesNo({ from: ['product.maxDays', 'periodDays', 'periodMonths'] }),
  /** the owner names a smallest count of cases */
  ownMinGroup: yesNo({ from: ['product.minGroup'] }),
  notPublic: yesNo(ofAccess),
  nonPublic: yesNo(ofAccess),
  aiForbidden: yesNo(ofAi),
  aiOnConditions: yesNo(ofAi),
  aiConditionsMissing: yesNo({ from: ['product.aiConditions'] }),
  emergency: oneOf('emergency', { from: ['emergency'] }),
  danger: oneOf('danger', { nullable: true, from: ['emergency'] }),
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
export type KnownCodes = Codes & {
  /** what the legal bases can carry; absent: nothing */
  readonly carrying?: CarryingLaw;
  /** purposes that are no purpose of a delivery but the act of publishing */
  readonly publications?: ReadonlySet<string>;
  /** purposes that mean the duty of one office */
  readonly duties?: ReadonlySet<string>;
  /** purposes that are a use by artificial intelligence */
  readonly usingAi?: ReadonlySet<string>;
  /** evidence that somebody looks at: no other makes a purpose compatible; absent: all of it */
  readonly lookedAt?: ReadonlySet<string>;
};

/** More personal rows than this count one level of confidentiality higher (Kumulation, governance §3.1). */
export const CUMULATION_ROWS = 10_000;
const CONTRACT_WARNING_DAYS = 30;

export const isPersonal = (ref: PersonalRef | null): boolean => ref === 'PERSONAL' || ref === 'SPECIAL';
/** Classes that tell more than a product says of itself. */
export const PROTECTED_CLASSES: readonly string[] = ['DIRECT_ID', 'SENSITIVE', 'SECRET'] satisfies FieldClass[];
/**
 * Whether a field is delivered masked: it names persons in a product that is not personal as a whole, or it is sensitive
 * or secret in one that says it has no personal reference. The one place that knows: decision, card and agreement ask here.
 */
export const isMasked = (field: { class: string }, ref: PersonalRef | null): boolean =>
  field.class === 'DIRECT_ID'
    ? !isPersonal(ref)
    : PROTECTED_CLASSES.includes(field.class) && (ref === null || PERSONAL_REF.indexOf(ref) < PSEUDONYMISED);
const PSEUDONYMISED = PERSONAL_REF.indexOf('PSEUDONYMISED');
/** A name in a product that is not about persons is masked and not refused, though no purpose needs it. */
export const isExcused = (field: { class: string }, ref: PersonalRef | null): boolean =>
  field.class === 'DIRECT_ID' && !isPersonal(ref);

/** What is worked out first, and what all else may look at. */
export type Seen = Transfer;
/** How one value follows from the facts. */
type How<V> = (facts: Facts, seen: Seen, known: KnownCodes) => V;
type Derived = FactsOf<typeof DERIVED>;
/** Worked out together, from what is said of each basis (carrying-bases.ts). */
type FromBases = 'carriedBy' | 'specialBy' | 'criminalBy';

/** A processor stands where its office stands; who acts in competition is treated as a company (governance §2.7.1, 2.7.5). */
export function columnOf({ consumer }: Facts): Consumer {
  const kind = consumer.kind === 'PROCESSOR' ? (consumer.worksFor ?? 'PROCESSOR') : consumer.kind;
  return kind === 'EIGENBETRIEB' && consumer.competition ? 'GESELLSCHAFT' : kind;
}

/** R-GEN-14: who holds the key sees persons. Crimes are a special category (governance §3.3). R-GEN-17: the strictest inseparable part decides. */
export function effectiveRef({ product, consumer }: Facts): PersonalRef | null {
  let ref = product.personalRef;
  if (ref === 'PSEUDONYMISED' && consumer.holdsKey) ref = 'PERSONAL';
  if ((ref === 'PSEUDONYMISED' || ref === 'PERSONAL') && product.criminalRecords === true) ref = 'SPECIAL';
  const part = product.strictestPart;
  return ref !== null && part != null && PERSONAL_REF.indexOf(part) > PERSONAL_REF.indexOf(ref) ? part : ref;
}

/** The rest, each from the facts and what was seen; none changes anything. */
export const HOW: { readonly [K in Exclude<keyof Derived, keyof Seen | FromBases>]: How<Derived[K]> } = {
  /** Regular transmissions to the Statistikstelle are exempt from cumulation (governance §2.7.3). */
  c: ({ product }, { column, personalRef }) => {
    const { c } = product.protection;
    if (!isPersonal(personalRef) || product.rows <= CUMULATION_ROWS) return c;
    if (column === 'STATISTIKSTELLE' && product.coveredBySatzung) return c;
    return LEVEL[Math.min(LEVEL.indexOf(c) + 1, LEVEL.length - 1)]!;
  },
  retention: ({ retentionDays: days, product: { maxRetentionDays: most } }) =>
    days === null ? 'MISSING' : most !== null && days > most ? 'TOO_LONG' : 'OK',
  periodMonths: ({ periodMonths }) => periodMonths ?? 0,
  masked: ({ fields }, { personalRef }) => fields.some((field) => isMasked(field, personalRef)),
  beyondPurpose: ({ fields }, { personalRef }) =>
    fields.some((field) => !field.needed && !isExcused(field, personalRef)),
  legalBasisUnknown: ({ legalBasis }, _, known) => !legalBasis.every((code) => isKnownBasis(code, known.legalBases)),
  purposeUnknown: ({ purpose }, _, known) => purpose.code !== null && !known.purposes.has(purpose.code),
  publication: ({ purpose }, _, known) => purpose.code !== null && (known.publications?.has(purpose.code) ?? false),
  inseparable: ({ product }) => product.strictestPart != null,
  closed: ({ product }) => isClosed(product),
  contradictsOpen: ({ product }) => contradictsOpen(product),
  /** What is fetched on the last day of use is kept for at least a day, or as long as was asked. */
  outlivesGround: ({ keepableDays: left, retentionDays: days }) => left != null && (days ?? 1) > left,
  keepableDays: ({ keepableDays }) => keepableDays ?? Number.MAX_SAFE_INTEGER,
  licenceEnds: ({ product }) => product.licenceUntil != null,
  contractEndsSoon: ({ contract: { endsInDays } }) => endsInDays != null && endsInDays < CONTRACT_WARNING_DAYS,
  // who gets the bytes. Of a processor nobody said anything about the strictest is taken: private, and bound by nothing
  recipient: ({ recipient, consumer }, { column }) => {
    if (recipient == null) return consumer.kind === 'PROCESSOR' ? 'PRIVATE' : column;
    return recipient.kind === 'EIGENBETRIEB' && recipient.competition ? 'GESELLSCHAFT' : recipient.kind;
  },
  processor: (facts) => isProcessed(facts),
  processorCompetes: (facts) => isProcessed(facts) && facts.recipient?.competition !== false,
  processorContract: ({ recipient }) => recipient?.contract ?? 'MISSING',
  contractDescribed: (facts) => isProcessed(facts) && facts.recipient?.described !== false,
  contractGap: ({ recipient, contract }) => recipient?.gap ?? contract.gap ?? 'NONE',
  ...OWNER_LIMITS,
  emergency: ({ emergency }) => {
    if (emergency == null) return 'NONE';
    if (emergency.inTime !== true) return 'OVER';
    return emergency.confirmed === true ? 'RUNNING' : 'UNCONFIRMED';
  },
  danger: ({ emergency }) => emergency?.danger ?? null,
};

function isKnownBasis(code: string, known: ReadonlySet<string>): boolean {
  if (known.has(code)) return true;
  return code.startsWith('VERTRAG(') && code.endsWith(')') && known.has('VERTRAG');
}
