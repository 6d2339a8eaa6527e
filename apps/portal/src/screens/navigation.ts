import type { NavigationEntry } from '../layout/navigation';
import { administrationNavigation } from './administration/navigation';
import { agreementsNavigation } from './agreements/navigation';
import { auditNavigation } from './audit/navigation';
import { catalogueNavigation } from './catalogue/navigation';
import { myRolesNavigation } from './my-roles/navigation';
import { organisationNavigation } from './organisation/navigation';
import { publishNavigation } from './publish/navigation';
import { requestsNavigation } from './requests/navigation';
import { rulebookNavigation } from './rulebook/navigation';
import { tasksNavigation } from './tasks/navigation';

/** The parts of the portal, in the order in which data flows; each part says itself what it is called and who sees it. */
export const NAVIGATION_ENTRIES: readonly NavigationEntry[] = [
  ...catalogueNavigation,
  ...publishNavigation,
  ...requestsNavigation,
  ...tasksNavigation,
  ...agreementsNavigation,
  ...rulebookNavigation,
  ...organisationNavigation,
  ...myRolesNavigation,
  ...administrationNavigation,
  ...auditNavigation,
];
