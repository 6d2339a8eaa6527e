import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readRoles } from './read-roles';
import { faultText, RulesetFault } from './ruleset';

const shipped = readFileSync(join(__dirname, '../../../../config/governance/roles.yaml'), 'utf8');
const faultsOf = (yaml: string): string => {
  try {
    readRoles(parse(yaml));
    return '';
  } catch (fault) {
    if (fault instanceof RulesetFault) return fault.faults.map(faultText).join('\n');
    throw fault;
  }
};

describe('the roles that ship', () => {
  const roles = readRoles(parse(shipped));

  it('let nobody both edit and release a product, or submit and decide', () => {
    const both = roles.all.filter(
      ({ permissions: may }) =>
        (may.includes('product.edit') && may.includes('product.release')) ||
        (may.includes('request.submit') && may.includes('task.decide')),
    );
    expect(both).toEqual([]);
  });

  it('give administration no data, no decision and no release', () => {
    expect(roles.role('ADMIN').permissions).toEqual(['organisation.read', 'organisation.administer']);
  });

  it('name the seats of a unit, first who answers for its products', () => {
    expect(roles.seatsOf('AMT')).toEqual(['OWNER', 'REQ_HEAD']);
    expect(roles.seatsOf('EIGENBETRIEB')).toEqual(['EB_OWNER', 'REQ_HEAD']);
    expect(roles.seatsOf('GESELLSCHAFT')).toEqual(['GES_OWNER', 'REQ_HEAD']);
    expect(roles.seatsOf('STATISTIKSTELLE')).toEqual(['STAT']);
    expect(roles.seatsOf('DEZERNAT')).toEqual([]);
  });

  it('say what each is for, owes and who appoints it, with a source', () => {
    for (const { task, duties, appointedBy, deputy, source } of roles.all) {
      expect([task, ...duties, appointedBy, deputy.rule, source].filter((text) => !/^[A-ZÄÖÜ]/.test(text))).toEqual([]);
      expect([task, ...duties].filter((text) => !text.endsWith('.'))).toEqual([]);
    }
  });

  it('keep whoever advises from every role that approves (SOD-5)', () => {
    const approving = roles.all.filter(
      ({ code, permissions }) => permissions.includes('task.decide') && !['DSB', 'ISB'].includes(code),
    );
    const pairs = new Set(roles.conflicts.map(({ role, other }) => `${role} ${other}`));
    for (const { code } of approving)
      expect([...pairs]).toEqual(expect.arrayContaining([`DSB ${code}`, `ISB ${code}`]));
  });

  it('write a conflict once and hold it in both directions', () => {
    const pairs = roles.conflicts.map(({ role, other }) => `${role} ${other}`);
    expect(pairs).toEqual(expect.arrayContaining(['OWNER DSB', 'DSB OWNER', 'ADMIN REQUESTER', 'REQUESTER ADMIN']));
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});

describe('a file of roles is refused', () => {
  it('with an unknown permission', () =>
    expect(faultsOf(shipped.replace('task.decide', 'task.desire'))).toContain('`roles.2.permissions'));
  it('with an unknown role', () => {
    expect(faultsOf(shipped.replace('{ role: DSB, reach', '{ role: DSC, reach'))).toContain(
      'unvereinbar mit `DSC`, die Rolle gibt es nicht',
    );
    expect(faultsOf(shipped.replace('code: PR\n', 'code: Pr\n'))).toContain('.code');
  });
  it('with a role missing that the program asks for', () =>
    expect(faultsOf(shipped.replace(/ {2}- code: DSB\n(?: {4}.*\n)+/, ''))).toContain('die Rolle `DSB` fehlt'));
  it('when nobody answers for the products of a kind of units, or two do', () => {
    const kind = 'answersForProductsOf: [EIGENBETRIEB]';
    expect(faultsOf(shipped.replace(`    ${kind}\n`, ''))).toContain(
      'der Art `EIGENBETRIEB` ist keine Rolle verantwortlich',
    );
    expect(faultsOf(shipped.replace(kind, 'answersForProductsOf: [EIGENBETRIEB, GESELLSCHAFT]'))).toContain(
      'der Art `GESELLSCHAFT` ist mehr als eine Rolle (EB_OWNER, GES_OWNER)',
    );
    expect(faultsOf(shipped.replace(kind, 'answersForProductsOf: [EIGENBETRIEB, ABTEILUNG]'))).toContain(
      '.answersForProductsOf.1',
    );
  });
  it('when who answers for products could not release them', () =>
    expect(faultsOf(shipped.replace('      - product.release\n', ''))).toContain(
      'OWNER: ist für Produkte verantwortlich und braucht die Berechtigung `product.release`',
    ));
  it('with an unknown key', () =>
    expect(faultsOf(shipped.replace('    place: C\n', '    place: C\n    power: all\n'))).toContain('power'));
  it('when who decides has no deputy', () =>
    expect(faultsOf(shipped.replace(/needed: true/g, 'needed: false'))).toContain(
      'OWNER: entscheidet und braucht eine Vertretung',
    ));
  it('when who administers could decide', () =>
    expect(
      faultsOf(
        shipped.replace('[organisation.read, organisation.administer]', '[organisation.administer, task.decide]'),
      ),
    ).toContain('ADMIN: verwaltet und darf nicht entscheiden'));
  it('when it lets a machine decide', () =>
    expect(faultsOf(shipped.replace('[catalogue.read, product.edit', '[task.decide, product.edit'))).toContain(
      'ein Fachverfahren darf die Berechtigung `task.decide` nicht haben',
    ));
});

describe('a book from before roles said for whose products they answer', () => {
  const before = parse(shipped) as { roles: Record<string, unknown>[] };
  for (const role of before.roles)
    for (const key of ['answersForProductsOf', 'mustBeFilledIn', 'delegable']) delete role[key];

  it('means what the program held then', () => {
    const [then, now] = [readRoles(before), readRoles(parse(shipped))];
    expect(then.all).toEqual(now.all);
  });

  it('is one of today when a single role says it, and then it has to say all', () => {
    before.roles.find(({ code }) => code === 'OWNER')!.answersForProductsOf = ['AMT'];
    expect(() => readRoles(before)).toThrow('der Art `EIGENBETRIEB` ist keine Rolle verantwortlich');
  });
});
