import type { Permission } from '#lib/organisation';
import { stepsFor } from './start.presenter';

const may = (...permissions: Permission[]) => ({ permissions: new Set(permissions) });
const NOTHING = {
  tasks: 0,
  questions: 0,
  offers: 0,
  withoutResponsible: 0,
  votes: 0,
  contracts: 0,
  contractsEnding: 0,
  resting: 0,
  losingContract: 0,
  releases: 0,
  opinions: 0,
};

test('what waits comes first, with its number', () => {
  const steps = stepsFor(may('catalogue.read', 'request.read', 'agreement.read', 'task.decide'), {
    ...NOTHING,
    questions: 1,
    tasks: 3,
  });
  expect(steps.slice(0, 2).map(({ open }) => open)).toEqual([
    '3 offene Aufgaben',
    '1 Rückfrage wartet auf Ihre Antwort',
  ]);
  expect(steps.slice(2).every(({ open }) => open === null)).toBe(true);
});

test('nobody is offered what their roles do not allow', () => {
  expect(stepsFor(may('audit.read'), NOTHING).map(({ href }) => href)).toEqual(['/audit']);
});

test('what nobody answers for is shown only where there is something', () => {
  expect(stepsFor(may('request.read'), NOTHING).map(({ href }) => href)).not.toContain('/keepers');
  expect(stepsFor(may('request.read'), { ...NOTHING, withoutResponsible: 2 })[0]).toMatchObject({
    href: '/keepers',
    open: '2 Vorgänge ruhen',
  });
});

test('a vote the own office has not given is called for', () => {
  expect(stepsFor(may('rulebook.vote'), { ...NOTHING, votes: 1 })[0]).toMatchObject({
    href: '/rulebook',
    open: '1 Stimme Ihrer Stelle fehlt',
  });
  expect(stepsFor(may('rulebook.vote'), NOTHING)[0]).toMatchObject({ open: null });
});

test('the Rechtsamt is told of contracts that do not say what they are about', () => {
  expect(stepsFor(may('contract.register'), { ...NOTHING, contracts: 2 })[0]).toMatchObject({
    href: '/contracts',
    open: '2 Verträge nennen keinen Gegenstand',
  });
  expect(stepsFor(may('agreement.read'), { ...NOTHING, contracts: 2 }).map(({ href }) => href)).toEqual([
    '/agreements',
  ]);
});

test('an agreement that rests, and one that loses its contract, come first for who can act', () => {
  const steps = stepsFor(may('agreement.read'), { ...NOTHING, resting: 1, losingContract: 2 });
  expect(steps.map(({ href, open }) => [href, open])).toEqual([
    ['/agreements#resting', '1 Vereinbarung ist ausgesetzt'],
    ['/agreements#contracts', '2 Vereinbarungen verlieren bald ihren Vertrag'],
    ['/agreements', null],
  ]);
  expect(stepsFor(may('contract.register'), { ...NOTHING, contracts: 1, contractsEnding: 2 })[0]).toMatchObject({
    open: '1 Vertrag nennt keinen Gegenstand, 2 Verträge enden bald',
  });
});
