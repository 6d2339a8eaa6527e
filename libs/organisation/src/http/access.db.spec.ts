import { Body, Controller, Get, type INestApplication, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { join } from 'node:path';
import { type Config, createHttpApp, KernelModule, newId, Problem, systemActing, UnitOfWork } from '#lib/kernel';
import { aDatabase, type TestDatabase } from '../../../../test/support/database';
import { putLawInForce } from '../../../../test/support/law-in-force';
import {
  Access,
  accessProviders,
  type Actor,
  AnyActor,
  AUTHENTICATOR,
  type Authenticator,
  CurrentActor,
  loadPilotOrganisation,
  organisationEntities,
  OrganisationModule,
  OrganisationReads,
  routeInventory,
} from '..';

const ISS = 'http://idp.example/realms/datenraum';
const sub = (number: string) => `00000000-0000-4000-8000-0000000000${number}`;

/** the two digits of a person in the header `x-test` are the whole proof of identity here */
const byHeader: Authenticator = {
  authenticate: async ({ headers }) => {
    const number = headers['x-test'];
    if (number === 'forged') throw new Problem('token_invalid', { status: 401, title: 'Token ungültig', remedy: '' });
    return typeof number === 'string'
      ? { iss: ISS, sub: sub(number), clientId: 'x', kind: 'person', expiresAt: new Date() }
      : null;
  },
};

@Controller('v1/things')
class Things {
  constructor(private readonly uow: UnitOfWork) {}
  @Get('undeclared')
  undeclared() {
    return 'never';
  }
  @Get('public')
  @Access({ may: 'public', audit: 'none: reads nothing protected' })
  open(@AnyActor() actor: Actor | null) {
    return { name: actor?.name ?? null };
  }
  @Get('mine')
  @Access({ may: 'product.edit', audit: 'none: test', title: 'Meine Dinge' })
  mine(@CurrentActor() actor: Actor) {
    return { name: actor.name };
  }
  @Post()
  @Access({ may: 'catalogue.read', audit: 'thing.made.v1' })
  make(@CurrentActor() actor: Actor, @Body() _body: unknown) {
    return this.uow.run(actor.acting, async () => ({ id: newId() }));
  }
}
Reflect.defineMetadata('design:paramtypes', [UnitOfWork], Things);

describe('a route', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  const get = (url: string, who?: string) => app.inject({ method: 'GET', url, headers: who ? { 'x-test': who } : {} });
  const post = (body: object, key: string, who = '01') =>
    app.inject({
      method: 'POST',
      url: '/v1/things',
      headers: { 'x-test': who, 'idempotency-key': key },
      payload: body,
    });

  beforeAll(async () => {
    db = await aDatabase();
    await putLawInForce(db);
    app = await anApp(db.config);
    const file = join(__dirname, '../../../../config/pilot/organisation.yaml');
    await app.get(UnitOfWork).run(systemActing('setup'), (tx) => loadPilotOrganisation(tx, file, ISS));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('without a declaration answers 403, whoever asks', async () => {
    const answer = await get('/v1/things/undeclared', '01');
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'access_not_declared']);
  });

  it('with a permission asks for a sign-in first, then for the permission in our database', async () => {
    expect((await get('/v1/things/mine')).json().code).toBe('sign_in_required');
    expect((await get('/v1/things/mine', 'forged')).json().code).toBe('token_invalid');
    expect((await get('/v1/things/mine', '99')).json().code).toBe('actor_unknown');
    expect((await get('/v1/things/mine', '01')).json().code).toBe('not_permitted');
    expect((await get('/v1/things/mine', '03')).json()).toEqual({ name: 'Clara Linde' });
  });

  it('that is public serves anybody, also somebody without rights or with a stale sign-in', async () => {
    expect((await get('/v1/things/public')).json()).toEqual({ name: null });
    expect((await get('/v1/things/public', 'forged')).json()).toEqual({ name: null });
    expect((await get('/v1/things/public', '99')).json()).toEqual({ name: null });
    expect((await get('/v1/things/public', '03')).json()).toEqual({ name: 'Clara Linde' });
  });

  it('is closed between the page and the click when the role has ended meanwhile', async () => {
    expect((await get('/v1/things/mine', '10')).statusCode).toBe(200);
    await db.owner.query(
      `UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE person_id = (SELECT id FROM organisation.person WHERE key = 'karla.mauer')`,
    );
    expect((await get('/v1/things/mine', '10')).json().code).toBe('not_permitted');
  });

  it('has one effect per idempotency key; another body or an unreadable key is refused', async () => {
    const first = await post({ a: 1 }, 'key-00000001');
    expect((await post({ a: 1 }, 'key-00000001')).json()).toEqual(first.json());
    expect((await post({ a: 2 }, 'key-00000001')).json().code).toBe('idempotency_key_reused');
    expect((await post({ a: 1 }, 'key-00000001', '02')).json()).not.toEqual(first.json());
    expect((await post({ a: 1 }, 'k e y')).json().code).toBe('idempotency_key_malformed');
  });

  it('leaves an event for every refused attempt, with the route and without the input', async () => {
    const count = async () =>
      Number(
        (await db.owner.query(`SELECT count(*) AS n FROM kernel.audit_event WHERE type = 'attempt.refused.v1'`)).rows[0]
          .n,
      );
    const before = await count();
    await get('/v1/things/mine?secret=4711', '01');
    await get('/v1/things/mine', 'forged');
    expect(await count()).toBe(before + 2);
    const { rows } = await db.owner.query(`SELECT leaf FROM kernel.audit_event WHERE type = 'attempt.refused.v1'`);
    expect(rows.map(({ leaf }) => String(leaf)).join()).not.toContain('4711');
  });

  it('stands in the inventory with what it declares', () => {
    expect(
      routeInventory(app as INestApplication).map(({ method, path, access }) => [method, path, access?.may ?? null]),
    ).toEqual([
      ['POST', '/v1/things', 'catalogue.read'],
      ['GET', '/v1/things/mine', 'product.edit'],
      ['GET', '/v1/things/public', 'public'],
      ['GET', '/v1/things/undeclared', null],
    ]);
  });
});

async function anApp(config: Config): Promise<NestFastifyApplication> {
  @Module({
    imports: [KernelModule.forRoot(config, { entities: organisationEntities, app: 'test' }), OrganisationModule],
    controllers: [Things],
    providers: [{ provide: AUTHENTICATOR, useValue: byHeader }, ...accessProviders, OrganisationReads],
  })
  class App {}
  const app = await createHttpApp(App, { name: 'test' });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
