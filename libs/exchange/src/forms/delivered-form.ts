import type { Form } from '#lib/policy';
import type { DeliveryPlan } from '#lib/sources';

/** How the gate carries out one form of delivery. */
export interface DeliveredForm {
  form: Form;
  /** Brings the plan into this form. Says in German why it can not; then nothing is delivered. */
  apply(plan: DeliveryPlan): string | null;
}
