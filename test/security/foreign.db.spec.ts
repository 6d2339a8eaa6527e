import type { Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';
import {
  addressOf,
  bodiesOf,
  type Json,
  type Objects,
  objectsOf,
  ownerless,
  type Route,
  routesOf,
  send,
  UNKNOWN,
} from './bodies';

let city: RunningCity;
let objects: Objects;
let routes: Route[];
let bodyOf: (route: Route) => Json;

beforeAll(async () => {
  city = await aRunningCity();
  objects = await objectsOf(city);
  bodyOf = await bodiesOf(city, objects);
  // the gate shows its record of an exchange beside the routes of the API
  routes = [
    ...(await routesOf(city)),
    { method: 'GET', path: '/v1/exchanges/{id}', may: 'agreement.read', body: null, upload: false, gate: true },
  ];
}, 90_000);
afterAll(() => city?.close());

/** Things of others can be named in the path, or in a body. */
const naming = (route: Route): boolean =>
  route.may !== 'public' && !route.path.startsWith('/audit/') && (/\{/.test(route.path) || route.body !== null);

/** What the auditor is there for: orders, which open nothing alone (audit-mandate.db.spec.ts), and replays of what an order names. */
const itsOwn = (name: string, { may, path }: Route): boolean =>
  name === 'willi.pruefer' && (may === 'mandate.register' || path.endsWith('/replay'));

/** Everybody who has no business with these things: with every kind of role in another office, without any, and no person at all. */
const OUTSIDERS: [who: string, name: string][] = [
  ['another office, requester', 'zoe.plan'],
  ['another office, head', 'ron.rinne'],
  ['another office, steward', 'mia.bruecke'],
  ['another office, owner', 'lars.pfad'],
  ['another company, owner', 'arno.netz'],
  ['no role any more', 'dana.deckel'],
  ['the auditor', 'willi.pruefer'],
  ['a machine of another office', 'machine'],
  ['nobody', 'nobody'],
];

describe('what belongs to others (78)', () => {
  let before: Record<string, string>;
  beforeAll(async () => {
    await city.rows(`UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE person_id = $1`, [
      await city.person('dana.deckel'),
    ]);
    before = await city.everything();
  });

  it('is more than a handful of routes, and every one can be tried', () => {
    expect(routes.filter(naming).length).toBeGreaterThan(35);
    for (const route of routes.filter(naming)) {
      expect(addressOf(route, objects)).not.toContain('{');
      if (route.body) expect(bodyOf(route)).toBeTruthy();
    }
  });

  it.each(OUTSIDERS)('is closed to %s on every route, and every attempt is on record', async (_, name) => {
    const signed: Signed | null =
      name === 'nobody' ? null : name === 'machine' ? await city.city.machine() : await city.as(name);
    const me = signed && (await signed.get<{ permissions?: string[] }>('/v1/me'));
    const permissions = new Set(me?.body.permissions ?? []);
    const citywide = name === 'willi.pruefer';
    const deviations: string[] = [];
    for (const route of routes.filter((one) => naming(one) && !itsOwn(name, one))) {
      const attempts = await city.refused();
      // no name is revealed until the city switches that on
      const readsAll =
        citywide &&
        !route.path.startsWith('/v1/audit-reveals') &&
        (route.method === 'GET' || route.may === 'audit.read');
      const { status, code } = await send(
        city,
        route,
        addressOf(route, objects),
        signed?.token ?? null,
        route.body ? bodyOf(route) : undefined,
      );
      const allowed = !signed
        ? [401]
        : !permissions.has(route.may)
          ? [403]
          : readsAll
            ? [200, 404]
            : // who sees a thing although it is not theirs may hear that it changed meanwhile; nothing more
              [403, 404, ...(citywide ? [409, 412] : []), ...(ownerless(route) ? [200, 409, 412, 422] : [])];
      const recorded = status < 300 || (await city.refused()) === attempts + 1;
      if (!allowed.includes(status) || !recorded)
        deviations.push(`${route.method} ${route.path}: ${status} ${code}${recorded ? '' : ', not on record'}`);
    }
    expect(deviations).toEqual([]);
    expect(await city.everything()).toEqual(before);
  });

  it('stands in no list of another office', async () => {
    const ids = Object.entries(objects).filter(([kind]) =>
      ['product', 'request', 'permitted', 'task', 'agreement'].includes(kind),
    );
    for (const name of ['zoe.plan', 'mia.bruecke', 'lars.pfad', 'ron.rinne', 'arno.netz', 'machine']) {
      const signed = name === 'machine' ? await city.city.machine() : await city.as(name);
      for (const path of ['/v1/products?limit=100', '/v1/requests?side=ALL', '/v1/agreements?side=ALL', '/v1/tasks']) {
        const text = JSON.stringify((await signed.get(path)).body);
        expect([name, path, ids.filter(([, id]) => text.includes(id)).map(([kind]) => kind)]).toEqual([name, path, []]);
      }
    }
  });

  it('an id nobody has answers like one that belongs to others', async () => {
    const zoe = await city.as('zoe.plan');
    for (const [path, id] of [
      ['requests', objects.request],
      ['agreements', objects.agreement],
      ['products', objects.product],
    ]) {
      const [theirs, nobodys] = [await zoe.get(`/v1/${path}/${id}`), await zoe.get(`/v1/${path}/${UNKNOWN}`)];
      const plain = ({ status, body }: typeof theirs) => [status, body.code, body.title];
      expect(plain(theirs)).toEqual(plain(nobodys));
    }
  });
});

describe('the second line: rows in the database (80)', () => {
  const SIDED = `SELECT c.oid::regclass::text AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
      (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p') AND NOT a.attisdropped AND a.attname IN ('consumer_unit_id', 'provider_unit_id') GROUP BY c.oid ORDER BY 1`;
  const tables = () => city.rows<{ name: string; enabled: boolean; forced: boolean; policies: number }>(SIDED);
  /** Rows of all sided tables that the app role sees, in a transaction with this context. */
  const seen = async (context: string): Promise<Record<string, number>> => {
    const { Client } = await import('pg');
    const app = new Client({ connectionString: city.db.url('app') });
    await app.connect();
    try {
      await app.query('BEGIN');
      await app.query(context);
      const counts: Record<string, number> = {};
      for (const { name } of await tables())
        counts[name] = Number((await app.query(`SELECT count(*) AS n FROM ${name}`)).rows[0].n);
      await app.query('ROLLBACK');
      return counts;
    } finally {
      await app.end();
    }
  };
  const nothing = (counts: Record<string, number>): string[] =>
    Object.entries(counts)
      .filter(([, n]) => n > 0)
      .map(([name, n]) => `${name}: ${n}`);

  it('every table with a consumer or provider unit has it switched on, forced, and a policy', async () => {
    const all = await tables();
    expect(all.length).toBeGreaterThanOrEqual(9);
    expect(
      all.filter(({ enabled, forced, policies }) => !enabled || !forced || policies === 0).map(({ name }) => name),
    ).toEqual([]);
  });

  it('no role of the apps owns a table, stands above policies, or may become one that does', async () => {
    const roles = await city.rows<{ rolname: string }>(
      `SELECT rolname FROM pg_roles WHERE rolname LIKE 'datenraum%' AND (rolsuper OR rolbypassrls OR rolcreaterole)`,
    );
    const owned = await city.rows(
      `SELECT 1 FROM pg_class WHERE pg_get_userbyid(relowner) IN ('datenraum_app', 'datenraum_read', 'datenraum_sealer') AND relkind = 'r' AND relnamespace::regnamespace::text NOT LIKE '%bullmq%'`,
    );
    const member = await city.one<{ may: boolean }>(
      `SELECT pg_has_role('datenraum_app', 'datenraum_owner', 'MEMBER') AS may`,
    );
    expect([roles, owned.length, member.may]).toEqual([[], 0, false]);
  });

  it('without a context, and with an empty one, there is no row', async () => {
    const all = await city.one<{ n: number }>(
      'SELECT (SELECT count(*) FROM requests.access_request)::int + (SELECT count(*) FROM agreements.agreement)::int + (SELECT count(*) FROM exchange.exchange)::int AS n',
    );
    expect(all.n).toBeGreaterThanOrEqual(4);
    // products that are offered are metadata for everybody who signed in, but not for nobody
    expect(nothing(await seen('SELECT 1'))).toEqual([]);
    expect(
      nothing(
        await seen(
          `SELECT set_config('app.units', '', true), set_config('app.citywide', 'off', true), set_config('app.system', 'off', true)`,
        ),
      ),
    ).toEqual([]);
  });

  it('in the context of another office there is no row of requests, decisions, tasks, agreements and exchanges', async () => {
    const counts = await seen(`SELECT set_config('app.units', '${await city.unit('stadtplanungsamt')}', true)`);
    expect(nothing(counts).filter((line) => !line.startsWith('catalogue.product'))).toEqual([]);
    const own = await seen(`SELECT set_config('app.units', '${objects.gruenflaechenamt}', true)`);
    expect([own['agreements.agreement'], own['exchange.exchange']]).toEqual([1, 1]);
  });

  it('a context that an aborted call left in the pool reaches nobody else', async () => {
    const emil = await city.as('emil.fach');
    const zoe = await city.as('zoe.plan');
    for (let round = 0; round < 4; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, async (_unused, i) => {
          if (i % 3 === 0) {
            const gone = new AbortController();
            const call = fetch(`${city.api}/v1/agreements?side=ALL`, {
              headers: { authorization: `Bearer ${emil.token}` },
              signal: gone.signal,
            });
            setTimeout(() => gone.abort(), i);
            return call.then(
              () => 0,
              () => 0,
            );
          }
          return (await zoe.get<{ items: unknown[] }>('/v1/agreements?side=ALL')).body.items.length;
        }),
      );
      expect(answers.every((n) => n === 0)).toBe(true);
    }
  });

  it('a row can not be written for another office', async () => {
    const { Client } = await import('pg');
    const app = new Client({ connectionString: city.db.url('app') });
    await app.connect();
    await app.query(`SELECT set_config('app.units', '${await city.unit('stadtplanungsamt')}', false)`);
    for (const change of [
      `UPDATE requests.access_request SET state = 'WITHDRAWN', revision = revision + 1`,
      `UPDATE agreements.agreement SET state = 'REVOKED', revision = revision + 1`,
      `UPDATE exchange.exchange SET state = 'FAILED'`,
      `UPDATE approvals.task SET state = 'CLOSED'`,
    ]) {
      // some columns are not the app's to write at all; either way nothing changes
      const changed = await app.query(change).then(
        ({ rowCount }) => rowCount,
        (error: { code?: string }) => error.code,
      );
      expect([change, changed === 0 || changed === '42501']).toEqual([change, true]);
    }
    await app.end();
  });
});
