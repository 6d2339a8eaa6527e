import type { NavigationEntry } from '../../layout/navigation';

export const administrationNavigation: NavigationEntry[] = [
  { href: '/administration', text: 'Administration', may: ['organisation.administer'] },
];
