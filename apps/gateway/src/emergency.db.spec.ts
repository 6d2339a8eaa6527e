import { aGate, type Gate } from '../../../test/support/gate.fixture';
import { EmergencyAccesses } from '#lib/agreements';

let gate: Gate;
let accesses: EmergencyAccesses;
beforeAll(async () => {
  gate = await aGate();
  accesses = gate.app.get(EmergencyAccesses, { strict: false });
}, 60_000);
afterAll(() => gate?.close());

/** Trees declared as data on persons: nobody of another office gets them without an approval. */
async function aProtectedTable(personalRef: string) {
  const { key, rows } = await gate.one<{ key: string; rows: number }>(
    'SELECT object_key AS key, rows FROM catalogue.product_version WHERE id = $1',
    [gate.treeVersion.versionId],
  );
  const types = { baum_id: 'INTEGER', bezirk: 'TEXT', gutachter: 'TEXT' };
  return gate.version(
    'Schutzbedürftige',
    key,
    rows,
    types,
    { gutachter: { kind: 'redact', with: 'entfernt' } },
    { personalRef },
  );
}
const open = async (productId: string, fields: string[]) =>
  accesses.open(await gate.actor('eva.bach'), {
    productId,
    consumerUnitId: await gate.unit('umweltamt'),
    danger: 'KATASTROPHE',
    reason: 'Hochwasser, Menschen müssen aus den Häusern.',
    caseNumber: 'KatS 7',
    fields,
    rows: { column: 'bezirk', op: 'eq', value: 'Mitte' },
  });
const confirm = async (id: string) => accesses.confirm(await gate.actor('falk.quelle'), id);
const receive = async (agreementId: string): Promise<{ status: number; text: string }> => {
  const response = await gate.call(`/v1/agreements/${agreementId}/data?format=csv`, 'eva.bach');
  return { status: response.status, text: await response.text() };
};

describe('the gate in an emergency', () => {
  it('delivers what two people opened, row by row and field by field, and records it like every delivery', async () => {
    const { productId } = await aProtectedTable('PERSONAL');
    const { id } = await open(productId, ['baum_id', 'bezirk']);
    const { agreementId } = await confirm(id);
    const { status, text } = await receive(agreementId!);
    const mitte = gate.data.filter(({ bezirk }) => bezirk === 'Mitte');
    const [head, ...lines] = text.trim().split(/\r?\n/);
    expect([status, head, lines.length]).toEqual([200, 'baum_id,bezirk', mitte.length]);
    const { exchange, events } = await gate.record(agreementId!);
    expect(exchange).toMatchObject({ state: 'COMPLETED', rows: String(mitte.length) });
    expect(events.map(({ type }) => type)).toContain('exchange.completed.v1');
    const { rules } = await gate.one<{ rules: string[] }>(
      `SELECT d.rules FROM requests.decision d JOIN agreements.agreement a ON a.request_id = d.request_id WHERE a.id = $1 AND d.phase = 'DELIVERY' LIMIT 1`,
      [agreementId],
    );
    expect(rules).toContain('R-EMG-01');
  });

  it('keeps masked what is masked', async () => {
    const { productId } = await aProtectedTable('NONE');
    const { agreementId } = await confirm((await open(productId, ['baum_id', 'gutachter'])).id);
    const { status, text } = await receive(agreementId!);
    expect([status, text.includes('entfernt'), text.includes('Gutachterin')]).toEqual([200, true, false]);
  });

  it('stops with the word of the owner, and with the last of the 24 hours', async () => {
    const { productId } = await aProtectedTable('PERSONAL');
    const first = await confirm((await open(productId, ['bezirk'])).id);
    expect((await receive(first.agreementId!)).status).toBe(200);
    await accesses.end(await gate.actor('anna.ahorn'), first.id, 'Die Lage ist vorbei.');
    expect((await receive(first.agreementId!)).status).toBe(403);

    // on another product: no second one on the same before the first is reviewed
    const second = await confirm((await open((await aProtectedTable('PERSONAL')).productId, ['bezirk'])).id);
    await gate.rows('ALTER TABLE agreements.agreement DISABLE TRIGGER guard_move');
    await gate.rows(
      `UPDATE agreements.agreement SET valid_from = valid_from - interval '24 hours', valid_until = valid_until - interval '24 hours' WHERE id = $1`,
      [second.agreementId],
    );
    await gate.rows('ALTER TABLE agreements.agreement ENABLE TRIGGER guard_move');
    const late = await receive(second.agreementId!);
    expect([late.status, late.text]).toEqual([403, expect.stringContaining('agreement_not_active')]);
  });
});
