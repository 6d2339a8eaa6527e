export * from './facts';
export * from './decision';
export { decide } from './decide';
export { explain, type Considered, type Explanation, rulesAskingAbout, type Unmet } from './explain';
export { factsJsonSchema, FactsFault, readFacts } from './facts.schema';
export { type Case, readCases, runCase } from './cases';
export {
  type Capabilities,
  type Fault,
  type LabelList,
  readRuleset,
  type Rule,
  Ruleset,
  RulesetFault,
  type Source,
} from './ruleset';
export type { Cell } from './matrix';
export type { LegalBasis, ObligationText, Purpose, StepText } from './law.schema';
export { type Change, changedFacts, type Freedom, type Suggestion, wayOut, type WayOut } from './way-out';
