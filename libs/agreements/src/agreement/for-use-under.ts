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
