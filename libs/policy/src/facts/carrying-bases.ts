import type { Facts } from './facts';
import type { CodeList, Consumer, PersonalRef, Provider, Secrecy } from './lists';

/** What a legal basis is: it carries a transfer, lifts a ban beside it, opens another purpose, or is about no persons at all. */
export const BASIS_KIND = ['ART_6', 'SPECIAL_NORM', 'ART_9', 'ART_10', 'CHANGE', 'NONE'] as const;
export type BasisKind = (typeof BASIS_KIND)[number];

/** One kind of transfer that a basis can carry; what is left out does not matter. */
export interface Carry {
  recipients: readonly Consumer[];
  providers?: readonly Provider[] | undefined;
  personalRef?: readonly PersonalRef[] | undefined;
  /** only of data under one of these; it then carries every secrecy of the list that asks for a norm of its own */
  secrecy?: readonly Secrecy[] | undefined;
  purposes?: readonly string[] | undefined;
  themes?: readonly string[] | undefined;
  /** what must be shown for it; the desk of the kind looks at it (`basisDesks`) */
  evidence?: readonly string[] | undefined;
  /** only while an emergency access runs that a second person confirmed: the danger stands in place of a document */
  emergency?: true | undefined;
}
export interface Basis {
  code: string;
  kind?: BasisKind | undefined;
  carries?: readonly Carry[] | undefined;
}

/** What the law book says of its bases. A book that says nothing lets none of them carry anything personal. */
export interface CarryingLaw {
  readonly bases: ReadonlyMap<string, Basis>;
  /** secrecies whose data leaves its office only by a norm that names them */
  readonly ownNormOnly: ReadonlySet<string>;
}

/** Which of the named bases do what: carry the transfer, lift the ban of Art. 9(1), carry data about crimes. */
export interface Carried {
  carriedBy: string[];
  specialBy: string[];
  criminalBy: string[];
}
/** What was worked out before: who gets the data, and what they are for this recipient. */
export interface Transfer {
  column: Consumer;
  personalRef: PersonalRef | null;
}

/** What of the facts a basis looks at. */
type Asked = Pick<Facts, 'product' | 'evidence' | 'emergency'> & { purpose: Pick<Facts['purpose'], 'code'> };

const NONE: string[] = [];
const NOTHING: Carried = { carriedBy: NONE, specialBy: NONE, criminalBy: NONE };
Object.freeze(NONE);

/** Which of the named bases fit this transfer. Where no persons are concerned none is needed, but a sector rule may ask. */
export function carriedBy(facts: Facts, seen: Transfer, law: CarryingLaw | undefined): Carried {
  const { legalBasis } = facts;
  if (law === undefined || seen.personalRef === null || legalBasis.length === 0) return NOTHING;
  const found: Carried = { carriedBy: [], specialBy: [], criminalBy: [] };
  for (let i = 0; i < legalBasis.length; i++) {
    const basis = law.bases.get(legalBasis[i]!);
    const does = basis && doesFor(basis, facts, seen, law);
    if (does) found[does].push(basis.code);
  }
  return found;
}

/** What a basis does for this transfer; null: nothing. */
export function doesFor(
  basis: Basis,
  facts: Facts,
  { column, personalRef }: Transfer,
  law: CarryingLaw,
): keyof Carried | null {
  const does = basis.kind ? DOES[basis.kind] : null;
  return does && personalRef !== null && fitting(basis, facts, column, personalRef, law) ? does : null;
}
const DOES: Readonly<Record<BasisKind, keyof Carried | null>> = {
  ART_6: 'carriedBy',
  SPECIAL_NORM: 'carriedBy',
  ART_9: 'specialBy',
  ART_10: 'criminalBy',
  CHANGE: null,
  NONE: null,
};

/** Whether a basis can carry this transfer, with the evidence that is there; null: with whatever it asks for. */
export function fitting(
  { kind, carries }: Basis,
  facts: Asked,
  column: Consumer,
  personalRef: PersonalRef,
  law: CarryingLaw,
  shown: readonly string[] | null = facts.evidence,
): boolean {
  if (!carries) return false;
  // what lifts a ban stands beside the norm that carries; the secrecy is the matter of that norm
  const own = column === 'SAME_OFFICE' || kind === 'ART_9' || kind === 'ART_10' ? undefined : law.ownNormOnly;
  for (let i = 0; i < carries.length; i++)
    if (fits(carries[i]!, facts, column, personalRef, own) && (shown === null || has(shown, carries[i]!.evidence)))
      return true;
  return false;
}

function fits(
  one: Carry,
  { product, purpose, emergency }: Asked,
  column: Consumer,
  ref: PersonalRef,
  own: ReadonlySet<string> | undefined,
): boolean {
  return (
    one.recipients.includes(column) &&
    (one.personalRef === undefined || one.personalRef.includes(ref)) &&
    (one.providers === undefined || one.providers.includes(product.provider)) &&
    (one.purposes === undefined || (purpose.code !== null && one.purposes.includes(purpose.code))) &&
    (one.themes === undefined || one.themes.some((theme) => product.themes.includes(theme))) &&
    (one.emergency === undefined || (emergency?.confirmed === true && emergency.inTime === true)) &&
    underSecrecy(one.secrecy, product.secrecy, own)
  );
}

function underSecrecy(
  named: readonly Secrecy[] | undefined,
  secrecy: readonly Secrecy[],
  own: ReadonlySet<string> | undefined,
): boolean {
  if (named && !secrecy.some((one) => named.includes(one))) return false;
  return own === undefined || secrecy.every((one) => !own.has(one) || (named?.includes(one) ?? false));
}

const has = (shown: readonly string[], wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || wanted.every((kind) => shown.includes(kind));

/** Codes of `legal-bases.yaml` that would do each of the three here, with the evidence they ask for. */
export function wouldCarry(facts: Asked, { column, personalRef }: Transfer, law: CarryingLaw): Carried {
  const found: Carried = { carriedBy: [], specialBy: [], criminalBy: [] };
  if (personalRef === null) return found;
  for (const basis of law.bases.values()) {
    const does = basis.kind && DOES[basis.kind];
    if (does && fitting(basis, facts, column, personalRef, law, null)) found[does].push(basis.code);
  }
  return found;
}

/** Members of a carry that name codes of the law book. */
export const CARRY_CODES = ['purposes', 'themes', 'evidence'] as const satisfies readonly (CodeList & keyof Carry)[];
