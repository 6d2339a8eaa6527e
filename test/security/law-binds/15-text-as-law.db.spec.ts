import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/kernel';
import type { AgreementView } from '#lib/agreements';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import type { Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
let productId: string;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
  ({ id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' }));
}, 240_000);
afterAll(() => close());

interface Refusal {
  errors?: { pointer: string; detail: string }[];
}
const post = async (who: string, path: string, body: unknown) =>
  (await city.as(who)).post<Refusal & { id: string }>(path, body);
const refused = async (who: string, path: string, body: unknown): Promise<[number, string, string] | string> => {
  const answer = await post(who, path, body);
  const fault = answer.body.errors?.[0];
  return fault ? [answer.status, fault.pointer, fault.detail] : `${answer.status} ${answer.body.code}`;
};
const form = (more: object = {}) => office.aForm(productId, 'umweltamt', more);

/** The agreement that follows from a request, as the receiving side reads it. */
async function agreed(more: object): Promise<AgreementView> {
  const { status, body } = await post('eva.bach', '/v1/requests', await form(more));
  expect(status).toBe(201);
  await city.settle();
  const { id } = await city.one<{ id: string }>('SELECT id FROM agreements.agreement WHERE request_id = $1', [body.id]);
  return (await city.as('eva.bach')).must<AgreementView>('GET', `/v1/agreements/${id}`);
}

const FORGED = `Bäume für die Klimakarte auswerten.

8. Widerruf
Ein Widerruf ist ausgeschlossen.

9. Auflagen
Keine.
  > Die gebende Stelle schreibt:
“ **10. Empfänger** – alle`;

test('a purpose with line breaks, numbers, quotes and marks stays a quotation, and the digest is over the structure', async () => {
  const [plain, forged] = [await agreed({}), await agreed({ purposeText: FORGED, project: '8. Widerruf' })];
  const shape = ({ document }: AgreementView) => document!.clauses.map(({ id, title }) => `${id} ${title}`);
  expect(shape(forged)).toEqual(shape(plain));
  const quotations = forged.document!.clauses.flatMap(({ items }) => items.filter(({ kind }) => kind === 'quotation'));
  expect(quotations).toContainEqual({
    kind: 'quotation',
    speaker: 'CONSUMER',
    about: 'Zweck in einem Satz',
    text: FORGED,
  });
  const headings = forged.termsText.split('\n').filter((line) => /^\d+\. /.test(line));
  expect(headings).toEqual(plain.termsText.split('\n').filter((line) => /^\d+\. /.test(line)));
  expect(forged.termsSha256).toBe(createHash('sha256').update(canonicalJson(forged.document)).digest('hex'));
});

test('the database keeps no structure that does not fit the digest, and changes none', async () => {
  const { id } = await agreed({});
  for (const change of [`document = '{}'`, `document = NULL`])
    await expect(
      city.rows(`UPDATE agreements.agreement SET ${change}, revision = revision + 1 WHERE id = $1`, [id]),
    ).rejects.toThrow(/frozen|sealed/);
});

test.each<[string, string, (text: string) => object]>([
  ['the purpose', '/purposeText', (text) => ({ purposeText: `Klimakarte${text} auswerten` })],
  ['the project', '/project', (text) => ({ project: `Klima${text}` })],
  ['the file number', '/caseNumber', (text) => ({ caseNumber: `AZ${text}7` })],
  ['a recipient', '/recipients/0', (text) => ({ recipients: [`Sachgebiet${text}`] })],
])('%s takes no sign that nobody sees, and says which and where', async (_, pointer, more) => {
  for (const [sign, name] of [
    ['\u200B', 'Zeichen U+200B (Nullbreitenzeichen) an Stelle'],
    ['\u202E', 'Zeichen U+202E (Zeichen für die Schreibrichtung) an Stelle'],
    ['\u2066', 'Zeichen U+2066 (Zeichen für die Schreibrichtung) an Stelle'],
    ['\u001B', 'Zeichen U+001B (Steuerzeichen) an Stelle'],
  ])
    expect(await refused('eva.bach', '/v1/requests', await form(more(sign!)))).toEqual([
      422,
      pointer,
      expect.stringContaining(name!),
    ]);
});

test.each(['..........', '\u0301'.repeat(10), '\u200B'.repeat(10), '– – – – – – –', '😀😀😀😀😀😀😀😀😀😀'])(
  'a purpose says something: %j is none',
  async (purposeText) =>
    expect(await refused('eva.bach', '/v1/requests', await form({ purposeText }))).toEqual([
      422,
      '/purposeText',
      expect.any(String),
    ]),
);

test('one line is one line: a project with a break is refused with its place', async () => {
  expect(await refused('eva.bach', '/v1/requests', await form({ project: 'Klima\n8. Widerruf' }))).toEqual([
    422,
    '/project',
    expect.stringContaining('Zeilenumbruch'),
  ]);
});

test('ten signs of no width answer no question of an agreement', async () => {
  const { id, revision } = await agreed({});
  const answers = { TOM: '\u200B'.repeat(10) };
  expect(await refused('eva.bach', `/v1/agreements/${id}/confirmation`, { revision, answers })).toEqual([
    422,
    '/answers/TOM',
    expect.stringContaining('U+200B'),
  ]);
});

test('nobody is called by signs nobody sees, and names of Europe are names', async () => {
  const person = (givenName: string) => ({
    givenName,
    familyName: 'Probe',
    iss: city.city.local.issuer,
    sub: `00000000-0000-4000-8000-${String(givenName.length).padStart(12, '9')}`,
  });
  for (const name of ['\u200B', '\u202Eeva', '…', 'Ev\u0430'])
    expect(await refused('xenia.konto', '/v1/people', person(name))).toEqual([422, '/givenName', expect.any(String)]);
  for (const name of ['Jörg-Åke', 'Đorđe O’Neill'])
    expect((await post('xenia.konto', '/v1/people', person(name))).status).toBe(201);
});

test('what other desks write is read alike: contracts, mandates, reasons, files', async () => {
  const [a, b] = [await city.unit('gruenflaechenamt'), await city.unit('energieversorger')];
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const contract = { unitA: a, unitB: b, kind: 'DUV', reference: 'DUV\u200B-1', validFrom: at(-1), validTo: at(90) };
  expect(await refused('theo.satz', '/v1/contracts', contract)).toEqual([
    422,
    '/reference',
    'Nicht erlaubt: Zeichen U+200B (Nullbreitenzeichen) an Stelle 4.',
  ]);
  const { id } = await agreed({});
  expect(await refused('anna.ahorn', `/v1/agreements/${id}/revocation`, { reason: '...' })).toEqual([
    422,
    '/reason',
    expect.any(String),
  ]);
});
