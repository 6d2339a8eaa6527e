import type { Facts } from './facts';

const sealed = new WeakSet<Facts>();

/** A deeply frozen copy of the facts, the known members only. What is sealed already is returned as it is. */
export function seal(facts: Facts): Facts {
  if (sealed.has(facts)) return facts;
  const { product, consumer, purpose, contract } = facts;
  const copy: Facts = {
    ...facts,
    product: Object.freeze({
      ...product,
      secrecy: list(product.secrecy),
      protection: Object.freeze({ ...product.protection }),
      themes: list(product.themes),
      allowedPurposes: list(product.allowedPurposes),
    }),
    consumer: Object.freeze({ ...consumer }),
    purpose: Object.freeze({ ...purpose }),
    fields: Object.freeze(facts.fields.map((field) => Object.freeze({ ...field }))) as Facts['fields'],
    fieldClasses: list(facts.fieldClasses),
    legalBasis: list(facts.legalBasis),
    evidence: list(facts.evidence),
    onwardRecipients: list(facts.onwardRecipients),
    contract: Object.freeze({ ...contract, kinds: list(contract.kinds) }),
  };
  Object.freeze(copy);
  sealed.add(copy);
  return copy;
}

function list<T>(items: T[]): T[] {
  return Object.freeze(items.slice()) as T[];
}
