import type { Facts, Obligation } from '#lib/policy';
import type { DeliveryPlan, Mask } from '#lib/sources';

/** A field of the product version, as far as the gate needs it. */
export interface DeliveredField {
  name: string;
  class: string;
  mask?: Mask | null;
}

/** What an enforcer may look at beside the plan. */
export interface KnownAtTheGate {
  fields: ReadonlyMap<string, DeliveredField>;
  /** contract between the parties as the decision taken now found it */
  contract: Facts['contract'];
}

/** How the gate enforces one obligation. */
export interface ObligationEnforcer {
  /** id in `obligations.yaml`, e.g. `O-MASK` */
  obligation: string;
  /** `enforcer` of that entry, e.g. `exchange.mask` */
  enforcer: string;
  /** applied before all that do not say so, whatever the order in which the obligations were agreed */
  first?: true;
  /** Changes the plan or looks at the facts. Says in German why it can not be enforced; then nothing is delivered. */
  apply(plan: DeliveryPlan, obligation: Obligation, known: KnownAtTheGate): string | null;
}

/** The fields an obligation names; null when it names none and means all. */
export const namedFields = ({ params: { fields } }: Obligation): readonly string[] | null =>
  Array.isArray(fields) ? fields : null;
