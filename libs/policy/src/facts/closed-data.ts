import type { Facts } from './facts';
import { PERSONAL_REF, type PersonalRef, type Secrecy } from './lists';

/** What of a product says whether everybody may have it. */
export type ProductOpenness = Pick<Facts['product'], 'openness' | 'personalRef' | 'secrecy'> &
  Partial<Pick<Facts['product'], 'strictestPart' | 'releasedCube'>>;

/** What keeps some uses or places out, and not readers. */
const BESIDE_OPEN: readonly Secrecy[] = ['URHEBER_LIZENZ', 'ARTENSCHUTZ'];
const PSEUDONYMISED = PERSONAL_REF.indexOf('PSEUDONYMISED');
const persons = (ref: PersonalRef | null | undefined): boolean =>
  ref != null && PERSONAL_REF.indexOf(ref) >= PSEUDONYMISED;

/**
 * Whether data are for some and not for all: not called open, about persons as a whole or in a part, or under a secrecy. What is not
 * classified yet counts as such. The one place that says for which data a contract must name them and last until they are deleted.
 */
export const isClosed = (product: ProductOpenness): boolean =>
  product.openness !== 'OPEN' || isProtected(product, product.releasedCube === true);

/** Whether what is called open is about persons or under a secrecy. Statistics are open once they are released as a table. */
export const contradictsOpen = (product: ProductOpenness): boolean =>
  product.openness === 'OPEN' && product.personalRef !== null && isProtected(product, true);

function isProtected(product: ProductOpenness, released: boolean): boolean {
  const { personalRef, strictestPart, secrecy } = product;
  if (personalRef === null || persons(personalRef) || persons(strictestPart)) return true;
  return secrecy.some((one) => !BESIDE_OPEN.includes(one) && !(one === 'STATISTIK' && released));
}
