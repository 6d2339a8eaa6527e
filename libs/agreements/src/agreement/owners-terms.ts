import { METADATA, type Metadatum } from '#lib/catalogue';
import type { AgreementParts } from './agreement-clauses';

/** What the owner says of the use of a product and the agreement repeats; a name of the table of metadata more is a line more. */
const NAMES = ['licence', 'termsId', 'aiUse', 'aiConditions'] as const satisfies (keyof typeof METADATA)[];

/** Choices in our words, what the owner wrote as written; what was not said is left out. */
export const ownersTermsOf = (product: { card: object }): AgreementParts['ownersTerms'] =>
  NAMES.flatMap((name) => {
    const { label, choices, in: home }: Metadatum = METADATA[name];
    const said = ((home === 'card' ? product.card : product) as Record<string, unknown>)[name];
    if (typeof said !== 'string' || said === '') return [];
    const chosen = typeof choices === 'object' ? (choices[said] ?? said) : null;
    return [{ about: label, words: chosen ?? said, own: chosen === null }];
  });

/**
 * The product without what its owner allows to artificial intelligence, where the obligations are not those of such a
 * use: a permission nobody asked for would invite it. That nothing is allowed is said in every agreement.
 */
export function forUseUnder<T extends { card: { aiUse?: unknown; aiConditions?: unknown } }>(
  product: T,
  obligations: readonly { id: string }[],
): T {
  if (obligations.some(({ id }) => id === 'O-AIUSE')) return product;
  const { aiUse, aiConditions: _, ...card } = product.card;
  return { ...product, card: { ...card, ...(aiUse === 'NEIN' && { aiUse }) } };
}
