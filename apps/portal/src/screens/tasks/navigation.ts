import type { NavigationEntry } from '../../layout/navigation';

export const tasksNavigation: NavigationEntry[] = [
  { href: '/inbox', text: 'Aufgaben', may: ['task.decide'], below: '/tasks' },
];
