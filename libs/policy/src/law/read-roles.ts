import { withSeatsOfBefore } from './law-of-before';
import { parsed } from './read-rules';
import { checkRoles, RoleCatalogue, rolesSchema } from './roles';
import { type Fault, RulesetFault } from './ruleset';

const FILE = 'roles.yaml';

/** The roles of a law book alone, from its `roles.yaml`, parsed. Throws RulesetFault naming every fault. */
export function readRoles(content: unknown): RoleCatalogue {
  const faults: Fault[] = [];
  const report = (id: string | null, text: string) => void faults.push({ file: FILE, id, text });
  const roles = parsed(rolesSchema, withSeatsOfBefore(content), (text, id) => report(id, text));
  if (roles) checkRoles(roles, report);
  if (!roles || faults.length > 0) throw new RulesetFault(faults);
  return new RoleCatalogue(roles);
}
