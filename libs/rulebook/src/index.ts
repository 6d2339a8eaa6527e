export * from './rulebook.module';
export * from './rulebook.service';
export * from './rulebook.problems';
export * from './rulebook.events';
export * from './rulebook.states';
export { BUILT, CAPABILITIES } from './capabilities';
export * from './compare';
export { compile, parseTexts, readFolder, sha256 as rulesetHash } from './ruleset-files';
export { RulesetVersion, type SourceText } from './ruleset-version.entity';

import { InitRulebook1763705000000 } from './migrations/1763705000000-init-rulebook';
import { RulesetVersion } from './ruleset-version.entity';

export const rulebookEntities = [RulesetVersion];
export const rulebookMigrations = [InitRulebook1763705000000];
