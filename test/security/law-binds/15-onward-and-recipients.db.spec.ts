import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import type { Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

interface Clause {
  id: string;
  items: { kind: string; text: string; about?: string | null }[];
}
/** What the agreement on such a request says under these headings. */
async function clauses(more: Record<string, unknown>): Promise<Record<string, Clause['items']>> {
  const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
  const eva = await city.as('eva.bach');
  const { id, state } = await eva.must<{ id: string; state: string }>(
    'POST',
    '/v1/requests',
    await office.aForm(productId, 'umweltamt', more),
  );
  expect(state).toBe('PERMITTED');
  await city.settle();
  const row = await city.one<{ id: string }>('SELECT id FROM agreements.agreement WHERE request_id = $1', [id]);
  const { document } = await eva.must<{ document: { clauses: Clause[] } }>('GET', `/v1/agreements/${row.id}`);
  return Object.fromEntries(document.clauses.map((clause) => [clause.id, clause.items]));
}

test('a wish to hand data on is no word of the agreement: it says that this needs a request of its own', async () => {
  const onwardUnitIds = [await city.unit('energieversorger'), await city.unit('containerdienst')];
  const { recipients, obligations } = await clauses({ onwardUnitIds });
  const onward = recipients!.find(({ text }) => text.includes('Städtischer Energieversorger AG'))!;
  expect(onward.text).toMatch(/^Keine Weitergabe ohne eigenen Antrag an: /);
  expect(onward.text).toContain('Containerdienst');
  expect(recipients!.map(({ text }) => text)).not.toContainEqual(expect.stringMatching(/^Weitergabe an/));
  expect(obligations!.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Keine Weitergabe an andere/));
});

test.each([
  'Vertrieb der Energieversorger GmbH',
  'Privater Pflegedienst',
  'Auftragsverarbeiter: Städtische Gebäudedienste GmbH',
])('the recipient is the party, and „%s“ is what it says of itself', async (words) => {
  const { recipients } = await clauses({ recipients: [words] });
  expect(recipients!.filter(({ kind }) => kind !== 'quotation')).toMatchObject([{ kind: 'point', text: 'Umweltamt' }]);
  expect(recipients!.filter(({ kind }) => kind === 'quotation')).toMatchObject([
    { about: 'Innerhalb der empfangenden Stelle', text: words },
  ]);
});
