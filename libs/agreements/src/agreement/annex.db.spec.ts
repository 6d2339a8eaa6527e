import { codeOf, Office } from '../../../../test/support/office';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

/** An offer from the Grünflächenamt to the Entsorgungsbetrieb: an interne Vereinbarung. */
async function anInternalOffer(): Promise<string> {
  await office.endContracts();
  await office.contract('entsorgungsbetrieb', 'gruenflaechenamt', 'INTERNE_VEREINBARUNG');
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const carl = await office.as('carl.tonne');
  const { id: requestId } = await office.requests.submit(carl, await office.aForm(productId, 'entsorgungsbetrieb'));
  await office.settle();
  return (await office.agreementReads.ofRequest(carl, requestId))!.id;
}

test('the agreement asks what its instrument needs, and does not come alive without', async () => {
  const id = await anInternalOffer();
  const [carl, dana] = [await office.as('carl.tonne'), await office.as('dana.deckel')];
  expect((await office.agreementReads.view(carl, id)).asks.map(({ code }) => code)).toEqual(['DIENSTANWEISUNG']);
  await expect(office.agreements.confirm(dana, id, { revision: 1 })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [expect.objectContaining({ pointer: '/answers/DIENSTANWEISUNG' })],
  });
  expect(await office.rows('SELECT FROM agreements.annex WHERE agreement_id = $1', [id])).toEqual([]);
  await office.agreements.confirm(dana, id, {
    revision: 1,
    answers: { DIENSTANWEISUNG: 'Dienstanweisung Daten 2026, E-Akte 4711' },
  });
  const sides = await Promise.all(
    ['carl.tonne', 'anna.ahorn'].map(async (key) => office.agreementReads.view(await office.as(key), id)),
  );
  expect(sides.map(({ annex, asks, state }) => [annex!.text.includes('E-Akte 4711'), asks.length, state])).toEqual([
    [true, 0, 'ACTIVE'],
    [true, 0, 'ACTIVE'],
  ]);
  expect(sides[0]!.annex).toEqual(sides[1]!.annex);
  const [event] = (await office.events({ agreementId: id })).filter(({ type }) => type === 'agreement.settled.v1');
  expect(event!.facts).toMatchObject({ instrument: 'INTERNE_VEREINBARUNG', annexSha256: sides[0]!.annex!.sha256 });
  expect(JSON.stringify(event)).not.toContain('4711');
});

test('what was settled never changes, and nobody but the two sides reads it', async () => {
  const id = await anInternalOffer();
  const dana = await office.as('dana.deckel');
  await office.agreements.confirm(dana, id, { revision: 1, ...(await office.answers(id)) });
  await expect(
    office.rows(`UPDATE agreements.annex SET text = 'anders' WHERE agreement_id = $1`, [id]),
  ).rejects.toThrow('never changes');
  await expect(office.rows('DELETE FROM agreements.annex WHERE agreement_id = $1', [id])).rejects.toThrow(
    'never changes',
  );
  const zoe = await office.as('zoe.plan');
  const seen = await office.uow.read(zoe.acting, (tx) =>
    tx.sql('SELECT text FROM agreements.annex WHERE agreement_id = $1', [id]),
  );
  expect(seen).toEqual([]);
  expect(await codeOf(office.agreementReads.view(zoe, id))).toBe('agreement_unknown');
});

test('obligations stand in the text with their units', async () => {
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const { id: requestId } = await office.requests.submit(
    await office.as('eva.bach'),
    await office.aForm(productId, 'umweltamt'),
  );
  await office.settle();
  const [row] = await office.rows<{ terms_text: string }>(
    'SELECT terms_text FROM agreements.agreement WHERE request_id = $1',
    [requestId],
  );
  expect(row!.terms_text).toMatch(/Löschen nach Frist und Löschung bestätigen \(90 Tage\)/);
  expect(row!.terms_text).toMatch(/Jeder Abruf wird protokolliert \(\d+ Monate\)/);
  // what the form and the rules both say is said once: how long data are kept, and what the request rests on
  expect(row!.terms_text.match(/90 Tage/g)).toHaveLength(1);
  expect(row!.terms_text.match(/Die Frist beginnt mit der Lieferung\./g)).toHaveLength(1);
  expect(row!.terms_text).toMatch(/Die empfangende Stelle stützt sich auf: /);
  expect(row!.terms_text).not.toContain('Rechtsgrundlage:');
});
