export * from './facts/facts';
export * from './engine/decision';
export { decide } from './engine/decide';
export { explain, type Considered, type Explanation, rulesAskingAbout, type Unmet } from './engine/explain';
export { factsJsonSchema, FactsFault, factsSchema, readFacts } from './facts/facts.schema';
export { type Case, readCases, runCase } from './law/cases';
export {
  type Capabilities,
  type Fault,
  type LabelList,
  readRuleset,
  type Rule,
  Ruleset,
  RulesetFault,
  type Source,
} from './law/ruleset';
export type { Cell } from './law/matrix';
export type { LegalBasis, ObligationText, Purpose, StepText } from './law/law.schema';
export {
  type Change,
  changedFacts,
  type Freedom,
  type Suggestion,
  suggestAlternatives,
  type Alternatives,
} from './alternatives/alternatives';
