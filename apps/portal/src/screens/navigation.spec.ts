import type { Actor, Permission } from '#lib/organisation';
import { navigation as shown } from '../layout/navigation';
import { NAVIGATION_ENTRIES } from './navigation';

const navigation = (actor: Actor | null, path: string) => shown(NAVIGATION_ENTRIES, actor, path);

const somebody = (...permissions: Permission[]) => ({ permissions: new Set(permissions) }) as Actor;

test('everybody sees the parts their roles allow, and nobody else sees any', () => {
  expect(navigation(null, '/')).toEqual([]);
  expect(navigation(somebody('audit.read'), '/').map(({ text }) => text)).toEqual(['Start', 'Protokoll']);
  expect(navigation(somebody('product.release'), '/').map(({ text }) => text)).toContain('Eigene Datenprodukte');
});

test('the part a page belongs to is marked, the page itself more exactly', () => {
  const marked = (path: string) =>
    navigation(somebody('catalogue.read', 'task.decide'), path)
      .filter(({ current }) => current)
      .map(({ text, current }) => [text, current]);
  expect(marked('/catalogue')).toEqual([['Datenkatalog', 'page']]);
  expect(marked('/products/1')).toEqual([['Datenkatalog', 'true']]);
  expect(marked('/tasks/1')).toEqual([['Aufgaben', 'true']]);
  expect(marked('/inbox/1')).toEqual([['Aufgaben', 'true']]);
  expect(marked('/tasks')).toEqual([['Aufgaben', 'true']]);
  expect(marked('/')).toEqual([['Start', 'page']]);
});
