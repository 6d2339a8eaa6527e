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
export const isClosed = ({ openness, ...product }: ProductOpenness): boolean =>
  openness !== 'OPEN' || isProtected(product);

/** Whether what is called open is about persons or under a secrecy. Statistics are open once they are released as a table. */
export const contradictsOpen = ({ openness, ...product }: ProductOpenness): boolean =>
  openness === 'OPEN' && product.personalRef !== null && isProtected({ ...product, releasedCube: true });

function isProtected({
  personalRef,
  strictestPart,
  secrecy,
  releasedCube,
}: Omit<ProductOpenness, 'openness'>): boolean {
  if (personalRef === null || persons(personalRef) || persons(strictestPart)) return true;
  for (let i = 0; i < secrecy.length; i++) {
    const one = secrecy[i]!;
    if (!BESIDE_OPEN.includes(one) && !(one === 'STATISTIK' && releasedCube === true)) return true;
  }
  return false;
}
