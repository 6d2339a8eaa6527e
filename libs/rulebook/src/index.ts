export * from './rulebook.module';
export * from './rulebook.service';
export * from './rulebook.problems';
export * from './rulebook.events';
export * from './rulebook.states';
export { CapabilitiesModule } from './capabilities';
export type { Change } from './changes.view';
export * from './compare';
export { compile, parseTexts, readFolder, sha256 as rulesetHash } from './ruleset-files';
export { type Block, type Item, type LawDocument, lawDocument, ruleBlocks } from './law-document';
export { inWords } from './clauses';
export { readable, readableRule } from './readable';
export { LEVEL_NAME, PERMISSION_NAME, PLACE_NAME, SEES_NAME } from './roles-in-words';
export type { ReadableLaw, ReadableRule, ReadableVocabulary } from './readable.view';
export { type DraftFiles, rulebookUseCases } from './ruleset.use-cases';
export type { Moved, VersionLine, VersionView } from './ruleset.view';
export { requireLaw } from './require-law';
export { warmUp } from './warm-up';
export { lint, type LintReport } from './lint';
export * from './drafts.service';
export { RulesetRecall } from './recall.service';
export * from './rulebook.reads';
export { RulesetComment, RulesetVote } from './voices.entity';

import { InitRulebook1763705000000 } from './migrations/1763705000000-init-rulebook';
import { AdoptRulebook1763705000001 } from './migrations/1763705000001-adopt-rulebook';
import { RecallRuleset1763705000002 } from './migrations/1763705000002-recall';
import { OneVoice1763705000003 } from './migrations/1763705000003-one-voice';
import { PlainNamesRulebook1796040000101 } from './migrations/1796040000101-plain-names';
import { AnyStep1796040000121 } from './migrations/1796040000121-any-step';
import { CarriedForms1796040000220 } from './migrations/1796040000220-carried-forms';
import { StandingRefusals1796040000280 } from './migrations/1796040000280-standing-refusals';
import { RulesetVersion } from '#lib/law';
import { RulesetComment, RulesetRecallVoice, RulesetVote } from './voices.entity';

export const rulebookEntities = [RulesetVersion, RulesetComment, RulesetVote, RulesetRecallVoice];
export const rulebookMigrations = [
  InitRulebook1763705000000,
  AdoptRulebook1763705000001,
  RecallRuleset1763705000002,
  OneVoice1763705000003,
  PlainNamesRulebook1796040000101,
  AnyStep1796040000121,
  CarriedForms1796040000220,
  StandingRefusals1796040000280,
];
export * from './rulebook.services';
