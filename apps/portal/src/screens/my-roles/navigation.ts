import type { NavigationEntry } from '../../layout/navigation';

export const myRolesNavigation: NavigationEntry[] = [
  { href: '/my-roles', text: 'Meine Rollen', may: ['organisation.read'] },
];
