import type { Tx } from '#lib/kernel';
import { codeOf, Office } from '../../../../test/support/office';
import { type AuditMandateInput, AuditMandates, type Permission } from '..';

let office: Office;
let mandates: AuditMandates;
beforeAll(async () => {
  office = await Office.open();
  mandates = office.app.get(AuditMandates, { strict: false });
});
afterAll(() => office.close());
/** The invented order of the pilot would hide what these tests ask for. */
beforeEach(() => endAll());

const endAll = () =>
  office.rows(
    `UPDATE organisation.audit_mandate SET ended_at = now(), ended_by = registered_by WHERE ended_at IS NULL`,
  );
const instant = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const order = (more: Partial<AuditMandateInput> = {}): AuditMandateInput => ({
  reference: 'Rev 1/2026',
  basis: 'HGO_130_2',
  subject: 'Weitergaben des Grünflächenamts im laufenden Jahr.',
  wholeCity: true,
  validFrom: instant(-1),
  validUntil: instant(100),
  ...more,
});
const as = async <T>(
  who: string,
  work: (tx: Tx, actor: Awaited<ReturnType<Office['as']>>) => Promise<T>,
): Promise<T> => {
  const actor = await office.as(who);
  return office.uow.run(actor.acting, (tx) => work(tx, actor));
};
const register = (who: string, more: Partial<AuditMandateInput> = {}) =>
  as(who, async (tx, actor) => (await mandates.register(tx, actor, order(more))).mandateId);
const confirm = (who: string, id: string) => as(who, (tx, actor) => mandates.confirm(tx, actor, id));
const READS: Permission[] = ['audit.read', 'request.read', 'agreement.read'];
const sight = async () => {
  const { permissions, acting, units } = await office.as('willi.pruefer');
  return { reads: READS.filter((one) => permissions.has(one)), citywide: acting.citywide, units };
};
const nothing = async () => ({ reads: [], citywide: false, units: [await office.unit('revisionsamt')] });

describe('the Revisionsamt', () => {
  it('reads no case and no log without a mandate, with one that waits, that begins later, or that is over', async () => {
    expect(await sight()).toEqual(await nothing());
    const waiting = await register('willi.pruefer');
    expect(await sight()).toEqual(await nothing());
    await confirm('sten.rat', waiting);
    expect(await sight()).toMatchObject({ reads: READS, citywide: true });
    await as('sten.rat', (tx, actor) => mandates.end(tx, actor, waiting));
    expect(await sight()).toEqual(await nothing());

    const later = await register('willi.pruefer', { validFrom: instant(2) });
    await confirm('sten.rat', later);
    expect(await sight()).toEqual(await nothing());
    await office.rows('ALTER TABLE organisation.audit_mandate DISABLE TRIGGER guard_mandate');
    await office.rows(
      `UPDATE organisation.audit_mandate SET valid_from = now() - interval '9 days', valid_until = now() WHERE id = $1`,
      [later],
    );
    await office.rows('ALTER TABLE organisation.audit_mandate ENABLE TRIGGER guard_mandate');
    expect(await sight()).toEqual(await nothing());
  });

  it('sees the units of the mandate and no others', async () => {
    const [trees, buildings] = [await office.unit('gruenflaechenamt'), await office.unit('hochbauamt')];
    await confirm('sten.rat', await register('quirin.stern', { wholeCity: false, unitIds: [trees] }));
    const { citywide, units } = await sight();
    expect([citywide, units.includes(trees), units.includes(buildings)]).toEqual([false, true, false]);
  });

  it('learns nobody by name', async () => {
    const asked = await office.requests.submit(
      await office.as('eva.bach'),
      await office.aForm((await office.aProduct({ unit: 'gruenflaechenamt' })).id, 'umweltamt'),
    );
    expect((await office.views.view(await office.as('uma.schild'), asked.id)).requesterName).toBe('Eva Bach');
    await confirm('sten.rat', await register('quirin.stern'));
    expect((await office.views.view(await office.as('willi.pruefer'), asked.id)).requesterName).toBe(
      'Person (nicht offengelegt)',
    );
  });
});

describe('a mandate', () => {
  it('takes a second person, and none of the Revisionsamt', async () => {
    const own = await register('quirin.stern');
    expect(await codeOf(confirm('quirin.stern', own))).toBe('mandate_two_persons');
    const theirs = await register('willi.pruefer');
    expect(await codeOf(confirm('willi.pruefer', theirs))).toBe('not_permitted');
    const revision = await office.person('willi.pruefer');
    const set = (by: string) =>
      office.rows('UPDATE organisation.audit_mandate SET confirmed_by = $2, confirmed_at = now() WHERE id = $1', [
        own,
        by,
      ]);
    await expect(set(revision)).rejects.toThrow('audit office');
    await expect(set(await office.person('quirin.stern'))).rejects.toThrow('mandate_two_persons');
    expect(await codeOf(confirm('rosa.mond', own))).toBe('none');
    expect(await codeOf(confirm('sten.rat', own))).toBe('mandate_state');
    expect(await codeOf(register('eva.bach'))).toBe('not_permitted');
  });

  it('lasts six months at most, names its order, and units or the whole city', async () => {
    expect(await codeOf(register('willi.pruefer', { validUntil: instant(200) }))).toBe('mandate_period');
    for (const more of [
      { reference: ' ' },
      { subject: 'kurz' },
      { validUntil: instant(-2) },
      { wholeCity: false },
      { unitIds: [await office.unit('stadt')] },
    ]) {
      expect([more, await codeOf(register('willi.pruefer', more))]).toEqual([more, 'validation_failed']);
    }
  });

  it('is never changed afterwards, and leaves one event for each step', async () => {
    const id = await register('willi.pruefer', { wholeCity: false, unitIds: [await office.unit('gruenflaechenamt')] });
    await confirm('sten.rat', id);
    await expect(
      office.rows(`UPDATE organisation.audit_mandate SET valid_until = valid_until + interval '1 day' WHERE id = $1`, [
        id,
      ]),
    ).rejects.toThrow('not changed');
    await expect(
      office.rows('INSERT INTO organisation.audit_mandate_unit VALUES ($1, $2)', [id, await office.unit('hochbauamt')]),
    ).rejects.toThrow('not changed');
    await as('willi.pruefer', (tx, actor) => mandates.end(tx, actor, id));
    expect(await codeOf(as('sten.rat', (tx, actor) => mandates.end(tx, actor, id)))).toBe('mandate_state');
    expect((await office.events({ mandateId: id })).map(({ type }) => type)).toEqual([
      'audit-mandate.registered.v1',
      'audit-mandate.confirmed.v1',
      'audit-mandate.ended.v1',
    ]);
  });
});
