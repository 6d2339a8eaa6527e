import type { Answer, Signed } from '../../journeys/city';
import { aRunningCity, type RunningCity } from '../../support/city.fixture';
import { type Offered, offered, revisionOf } from '../../support/published';

let city: RunningCity;
beforeAll(async () => void (city = await aRunningCity()), 60_000);
afterAll(() => city?.close());

const as = (name: string): Promise<Signed> => city.as(name);
const SOCIAL = {
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['SOZIAL'],
  entrusted: false,
  protectionC: 'hoch',
  allowedPurposes: ['PLANUNG_JUGENDHILFE'],
};
const social = (title: string, classes: Record<string, string> = { bezirk: 'QUASI_ID' }) =>
  offered(city, 'jugendamt', { title, governance: SOCIAL, classes });
const step = async (who: string, { productId }: Offered, what: string, more: object = {}): Promise<Answer> =>
  (await as(who)).post(`/v1/products/${productId}/${what}`, { revision: await revisionOf(city, productId), ...more });
const code = ({ status, body }: Answer): string | undefined => (status < 300 ? 'done' : body.code);
/** Takes the product back, changes its card and gives it to the owner. */
async function proposed(product: Offered, patch: Record<string, unknown>): Promise<string | undefined> {
  await step('lotte.ball', product, 'revision');
  const lotte = await as('lotte.ball');
  await lotte.must('PATCH', `/v1/products/${product.productId}`, {
    revision: await revisionOf(city, product.productId),
    patch,
  });
  return code(await step('lotte.ball', product, 'submission'));
}
const waiting = async (who: string, { productId }: Offered): Promise<{ id: string; lines: string[] }[]> =>
  (
    await (
      await as(who)
    ).must<{ items: { id: string; productId: string; lines: string[] }[] }>('GET', '/v1/products/opinions')
  ).items.filter((one) => one.productId === productId);
const advise = async (who: string, { productId }: Offered, id: string, opinion: string): Promise<string | undefined> =>
  code(
    await (
      await as(who)
    ).post(`/v1/products/${productId}/opinions/${id}`, { opinion, text: 'Die Begründung steht in der Akte.' }),
  );

it('is no way to make data about people data about things while the fields tell of people', async () => {
  const product = await social('Hilfen je Kind');
  expect(await proposed(product, { personalRef: 'NONE', secrecy: [] })).toBe('lowered_with_fields');
});

it('of a secrecy waits for the Datenschutzbeauftragte, and a negative opinion for reasons', async () => {
  const product = await social('Hilfen, Geheimnis entfällt');
  expect(await proposed(product, { secrecy: [] })).toBe('done');
  expect(code(await step('jule.garten', product, 'release'))).toBe('opinion_missing');
  const [asked] = await waiting('uma.schild', product);
  expect(asked?.lines).toEqual(['Geheimnis SOZIAL entfällt']);
  expect(await advise('jule.garten', product, asked!.id, 'POSITIVE')).toBe('opinion_not_yours');
  expect(await advise('uma.schild', product, asked!.id, 'NEGATIVE')).toBe('done');
  expect(await advise('uma.schild', product, asked!.id, 'POSITIVE')).toBe('opinion_given');
  expect(code(await step('jule.garten', product, 'release'))).toBe('reasons_missing');
  expect(
    code(await step('jule.garten', product, 'release', { reasons: 'Die Daten stammen aus einer offenen Umfrage.' })),
  ).toBe('done');
});

it('to less than what was heard is asked anew', async () => {
  const product = await social('Hilfen, zweimal niedriger', { bezirk: 'NONE' });
  expect(await proposed(product, { secrecy: [] })).toBe('done');
  const [first] = await waiting('uma.schild', product);
  expect(await advise('uma.schild', product, first!.id, 'POSITIVE')).toBe('done');
  expect(code(await step('jule.garten', product, 'send-back'))).toBe('done');
  const lotte = await as('lotte.ball');
  await lotte.must('PATCH', `/v1/products/${product.productId}`, {
    revision: await revisionOf(city, product.productId),
    patch: { personalRef: 'NONE' },
  });
  expect(code(await step('lotte.ball', product, 'submission'))).toBe('done');
  expect(code(await step('jule.garten', product, 'release'))).toBe('opinion_missing');
  expect(await waiting('uma.schild', product)).toHaveLength(1);
});

it('of a field of released personal data, in a new version, waits too', async () => {
  const product = await social('Hilfen, neue Fassung');
  const lotte = await as('lotte.ball');
  const { uploadId } = await lotte.upload<{ uploadId: string }>(
    `/v1/products/${product.productId}/uploads`,
    city.file('neue-fassung.csv', 'bezirk;anzahl;jahr\n1;20;2024\n2;30;2025'),
  );
  const { versionId, revision } = await lotte.must<{ versionId: string; revision: number }>(
    'POST',
    `/v1/products/${product.productId}/versions`,
    { uploadId },
  );
  await lotte.must('PUT', `/v1/products/${product.productId}/versions/${versionId}/fields`, {
    revision,
    fields: ['bezirk', 'anzahl', 'jahr'].map((name) => ({
      name,
      class: 'NONE',
      meaning: `Spalte ${name}`,
      mask: null,
      listedIn: [],
      reason: 'Angabe zu einer Sache, nicht zu einer Person.',
    })),
  });
  expect(code(await step('jule.garten', product, `versions/${versionId}/release`))).toBe('opinion_missing');
  const [asked] = await waiting('uma.schild', product);
  expect(asked?.lines).toEqual(['Feld „bezirk“ gilt nicht mehr als Angabe über Menschen']);
  expect(await advise('uma.schild', product, asked!.id, 'POSITIVE')).toBe('done');
  expect(code(await step('jule.garten', product, `versions/${versionId}/release`))).toBe('done');
});
