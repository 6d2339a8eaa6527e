import type { Facts } from '../facts/facts';

/**
 * Freezes the facts where they stand, all the way down: what was decided upon is what the record shows. Costs a tenth
 * of a copy, and parts that are frozen already, as in a search over many similar facts, cost nothing.
 */
export function seal(facts: Facts): Facts {
  const { product, consumer, purpose, contract, fields } = facts;
  if (!Object.isFrozen(product)) {
    Object.freeze(product.secrecy);
    Object.freeze(product.protection);
    Object.freeze(product.themes);
    Object.freeze(product.allowedPurposes);
    Object.freeze(product);
  }
  Object.freeze(consumer);
  Object.freeze(purpose);
  if (!Object.isFrozen(fields)) {
    for (let i = 0; i < fields.length; i++) Object.freeze(fields[i]);
    Object.freeze(fields);
  }
  if (facts.emergency) Object.freeze(facts.emergency);
  Object.freeze(facts.fieldClasses);
  Object.freeze(facts.legalBasis);
  Object.freeze(facts.evidence);
  Object.freeze(facts.onwardRecipients);
  if (!Object.isFrozen(contract)) {
    Object.freeze(contract.kinds);
    Object.freeze(contract);
  }
  return Object.freeze(facts);
}
