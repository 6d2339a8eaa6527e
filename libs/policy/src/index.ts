export * from './facts/facts';
export { contradictsOpen, isClosed, type ProductOpenness } from './facts/closed-data';
export { isMasked, PROTECTED_CLASSES } from './facts/derived-facts';
export * from './engine/decision';
export { FORM_NOT_BUILT } from './engine/conclusion';
export { decide } from './engine/decide';
export { notCarriedOut } from './engine/not-carried-out';
export { explain, type Considered, type Explanation, rulesAskingAbout, type Unmet } from './engine/explain';
export type { FactKind } from './facts/fact';
export { factModel, factsJsonSchema, factsSchema, type FactModel, MODEL, readFacts } from './facts/fact-model';
export { FactsFault } from './facts/facts.schema';
export { type Case, readCases, runCase } from './law/cases';
export { PROVIDER_OF_KIND } from './law/check-owner-steps';
export type { LabelList } from './law/check-words';
export { type Instruments, type InstrumentText, type Situation } from './law/instruments';
export { saidToday } from './law/law-of-before';
export { readRoles } from './law/read-roles';
export {
  type Conflict,
  NAMED_ROLES,
  PERMISSIONS,
  type Permission,
  type Role,
  RoleCatalogue,
  roleCode,
  type RoleCode,
  roleSchema,
} from './law/roles';
export { readRuleset } from './law/read-ruleset';
export {
  type Capabilities,
  EVERYTHING,
  type Fault,
  faultText,
  type Rule,
  Ruleset,
  RulesetFault,
  type Source,
} from './law/ruleset';
export type { Cell } from './law/matrix';
export type { ObligationWords } from './law/obligation-words';
export { deliveryLimit } from './law/law.schema';
export type { DeliveryLimit, LegalBasis, ObligationText, Purpose, StepText } from './law/law.schema';
export type { Change, Freedom } from './alternatives/changes';
export { changedFacts } from './alternatives/reductions';
export { type Alternatives, suggestAlternatives, type Suggestion } from './alternatives/alternatives';
export { STANDING } from './law/standing-refusals';
export { valueAt } from './engine/match';
