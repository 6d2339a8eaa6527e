import type { NavigationEntry } from '../../layout/navigation';

export const organisationNavigation: NavigationEntry[] = [
  { href: '/organisation', text: 'Organisation', may: ['organisation.read'], below: '/organisation-changes' },
  { href: '/contracts', text: 'Verträge', may: ['contract.register'] },
  { href: '/duties', text: 'Pflichtaufgaben', may: ['duty.register'] },
];
