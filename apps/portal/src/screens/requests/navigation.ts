import type { NavigationEntry } from '../../layout/navigation';

export const requestsNavigation: NavigationEntry[] = [{ href: '/requests', text: 'Anträge', may: ['request.read'] }];
