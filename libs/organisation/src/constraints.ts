import { constraintsAsProblems, kernelProblems } from '#lib/kernel';
import { organisationProblems as problems } from './organisation.problems';

/** The constraints and triggers of this stage that a person can run into, by the problem that says so. */
export const withProblems = constraintsAsProblems({
  mandate_two_persons: problems.mandate_two_persons,
  mandate_own_house: problems.mandate_own_house,
  mandate_period: problems.mandate_period,
  mandate_scope: problems.mandate_state,
  mandate_fixed: problems.mandate_state,
  appointment_incompatible: problems.appointment_incompatible,
  appointment_twice: problems.appointment_twice,
  appointment_deputy: problems.appointment_deputy,
  appointment_role: problems.appointment_role,
  appointment_statistics: problems.appointment_statistics,
  appointment_two_persons: problems.appointment_two_persons,
  appointment_state: problems.appointment_state,
  appointment_scope: problems.appointment_scope,
  person_shut_out: problems.person_shut_out,
  absence_past: problems.absence_period,
  absence_period: problems.absence_period,
  absence_two_persons: problems.absence_two_persons,
  absence_fixed: problems.absence_not_found,
  seat_needed: problems.seat_needed,
  people_two_persons: problems.people_two_persons,
  departure_own: problems.people_two_persons,
  person_order_state: problems.person_order_state,
  person_order_open: problems.person_order_open,
  account_pkey: problems.account_taken,
  erasure_too_early: problems.erasure_too_early,
  delegation_self: problems.delegation_self,
  delegation_chain: problems.delegation_chain,
  delegation_right: problems.delegation_right,
  delegation_period: problems.delegation_period,
  delegation_incompatible: problems.delegation_incompatible,
  // requests of the receiving side are known to a later stage, which checks it
  delegation_across: problems.delegation_across,
  delegation_fixed: problems.delegation_ended,
  duty_code: problems.duty_code_taken,
  duty_only_ends: problems.duty_ended,
  unit_key_key: problems.unit_key_taken,
  unit_change_two_persons: problems.unit_change_two_persons,
  unit_change_state: problems.unit_change_state,
  unit_change_overlap: problems.unit_change_overlap,
  unit_change_without_owner: problems.unit_change_obstacles,
  unit_change_unassigned: problems.unit_change_obstacles,
});

/** One wrong statement of the input, by its JSON pointer. */
export function invalid(pointer: string, detail: string) {
  return kernelProblems.validation_failed({ errors: [{ pointer, code: 'invalid_value', detail }] });
}
