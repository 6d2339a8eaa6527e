export { LawModule } from './law.module';
export { LawInForce, type NamedVersion } from './law-in-force.service';
export { LawQueries } from './law.services';
export { lawProblems } from './law.problems';
export { installRoles } from './install-roles';
export { ORIGINS, RulesetVersion, type SourceText, type VersionState } from './ruleset-version.entity';

import { LawInForce1796040000200 } from './migrations/1796040000200-law-in-force';
import { RulesetVersion } from './ruleset-version.entity';

export const lawEntities = [RulesetVersion];
export const lawMigrations = [LawInForce1796040000200];
