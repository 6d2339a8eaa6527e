import Ajv from 'ajv/dist/2020';
import { aRunningCity, type RunningCity } from '../support/city.fixture';
import { addressOf, type Json, type Objects, objectsOf, type Route, routesOf, UNKNOWN } from '../security/bodies';

const PEOPLE = ['karla.mauer', 'emil.fach', 'olga.dach', 'theo.satz', 'ida.stein', 'xenia.konto', 'quirin.stern'];

let city: RunningCity;
let objects: Objects;
let routes: Route[];
let document: { paths: Record<string, Record<string, { responses: Record<string, { content?: Json }> }>> };

beforeAll(async () => {
  city = await aRunningCity();
  objects = await objectsOf(city);
  routes = (await routesOf(city)).filter(({ gate }) => !gate);
  document = (await (await fetch(`${city.api}/v1/openapi.json`)).json()) as typeof document;
}, 90_000);
afterAll(() => city?.close());

/** A document is handed over as it is; every other answer is JSON. */
const inJson = ({ path, method }: Route): boolean => {
  const { content } = document.paths[path]![method.toLowerCase()]!.responses['2XX']!;
  return !content || 'application/json' in content;
};

describe('the answers of the API', () => {
  it('have the shape its document says, for everybody who may ask', async () => {
    const answers: { name: string; path: string; body: unknown }[] = [];
    const wrong: string[] = [];
    for (const name of PEOPLE) {
      const signed = await city.as(name);
      for (const route of routes.filter((one) => one.method === 'GET' && one.path.startsWith('/v1/') && inJson(one))) {
        const address = addressOf({ ...route, path: route.path.replace('{code}', 'page_not_found') }, objects);
        const { status, body } = await signed.get<unknown>(address);
        if (status >= 500) wrong.push(`${name} ${route.path}: ${JSON.stringify(body)}`);
        if (status < 300) answers.push({ name, path: route.path, body });
      }
    }
    // a checker of its own: it knows nothing of the schemas the API was made with
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true }).addSchema(document, 'api');
    for (const { name, path, body } of answers) {
      const place = encodeURI(path.replaceAll('/', '~1')).replaceAll('{', '%7B').replaceAll('}', '%7D');
      const $ref = `api#/paths/${place}/get/responses/2XX/content/application~1json/schema`;
      const check = ajv.getSchema($ref)!;
      if (check(body) !== true) wrong.push(`${name} ${path}: ${ajv.errorsText(check.errors).slice(0, 500)}`);
    }
    expect(wrong).toEqual([]);
    expect(new Set(answers.map(({ path }) => path)).size).toBeGreaterThan(30);
  }, 240_000);

  it('are declared by every operation that answers with more than a status', () => {
    const silent = routes.filter(({ path, method }) => {
      const { content } = document.paths[path]![method.toLowerCase()]!.responses['2XX']!;
      return (
        content &&
        Object.entries(content).some(([media, said]) => media === 'application/json' && !('schema' in (said as Json)))
      );
    });
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});

it('whoever has a role, of whatever kind, is told who they are', async () => {
  const holders = await city.rows<{ role: string; key: string }>(
    `SELECT DISTINCT ON (a.role) a.role, p.key FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
      WHERE a.state = 'IN_FORCE' AND p.key IS NOT NULL ORDER BY a.role, p.key`,
  );
  const refused: string[] = [];
  for (const { role, key } of holders) {
    const { status, body } = await (await city.as(key)).get<{ appointments: { role: string }[] }>('/v1/me');
    if (status !== 200 || !body.appointments.some((one) => one.role === role))
      refused.push(`${role} ${key}: ${status}`);
  }
  expect(holders.length).toBeGreaterThan(10);
  expect(refused).toEqual([]);
}, 120_000);

it('a path with two ids finds nothing where the second does not belong to the first', async () => {
  const karla = await city.as('karla.mauer');
  const draft = async () =>
    karla.must<{ productId: string; revision: number }>('POST', '/v1/products', {
      providerUnitId: await city.unit('hochbauamt'),
      title: 'Zwei Kennungen',
      summary: 'Eine gehört nicht zur anderen.',
    });
  const [mine, other] = [await draft(), await draft()];
  const file = city.file('zwei.csv', 'nummer;art\n1;Linde\n2;Ahorn\n');
  const { uploadId } = await karla.upload<{ uploadId: string }>(`/v1/products/${mine.productId}/uploads`, file);
  const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  for (const id of [other.productId, UNKNOWN]) {
    expect(outcome(await karla.put(`/v1/products/${id}/uploads/${uploadId}`, {}))).toEqual([404, 'upload_not_found']);
    expect(outcome(await karla.post(`/v1/products/${id}/versions`, { uploadId }))).toEqual([404, 'upload_not_found']);
  }
  const { versionId, revision } = await karla.must<{ versionId: string; revision: number }>(
    'POST',
    `/v1/products/${mine.productId}/versions`,
    { uploadId },
  );
  const fields = [{ name: 'nummer', class: 'NONE', meaning: 'Nummer' }];
  expect(
    outcome(await karla.put(`/v1/products/${other.productId}/versions/${versionId}/fields`, { revision, fields })),
  ).toEqual([404, 'version_not_found']);
}, 60_000);

it('what is wrong with a body is said in German', async () => {
  const karla = await city.as('karla.mauer');
  const { status, body } = await karla.post<{ errors: { pointer: string; detail: string }[] }>('/v1/products', {
    providerUnitId: 'x',
    title: 5,
    beside: 1,
  });
  expect(status).toBe(422);
  expect(Object.fromEntries(body.errors.map(({ pointer, detail }) => [pointer, detail]))).toMatchObject({
    '/providerUnitId': 'Hier muss eine Kennung (UUID) stehen.',
    '/summary': 'Diese Angabe fehlt.',
    '/beside': 'Dieses Feld ist nicht bekannt.',
  });
});
