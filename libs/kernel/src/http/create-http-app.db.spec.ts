import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, KernelModule } from '#lib/kernel';
import { aDatabase, type TestDatabase } from '../../../../test/support/database';

@Controller('thing')
class ThingController {
  @Post()
  take(): string {
    return 'taken';
  }

  @Get()
  broken(): string {
    throw new Error('secret inner cause');
  }
}

describe('an HTTP app', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  const refused = async () =>
    Number(
      (await db.owner.query(`SELECT count(*) AS n FROM kernel.audit_event WHERE type = 'attempt.refused.v1'`)).rows[0]
        .n,
    );
  const inject = (options: object) => app.inject(options as never);

  beforeAll(async () => {
    db = await aDatabase();
    @Module({
      imports: [KernelModule.forRoot(db.config, { entities: [], app: 'test' })],
      controllers: [ThingController],
    })
    class TestApp {}
    app = await createHttpApp(TestApp, { name: 'test' });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('answers unreadable JSON with 400 as a problem, and records the attempt', async () => {
    const before = await refused();
    const answer = await inject({
      method: 'POST',
      url: '/thing',
      headers: { 'content-type': 'application/json' },
      payload: '{"a":',
    });
    expect([answer.statusCode, answer.headers['content-type'], answer.json().code]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
      'request_malformed',
    ]);
    expect(await refused()).toBe(before + 1);
  });

  it('refuses a body that would reach into prototypes', async () => {
    const answer = await inject({
      method: 'POST',
      url: '/thing',
      headers: { 'content-type': 'application/json' },
      payload: '{"__proto__":{"admin":true}}',
    });
    expect(answer.statusCode).toBe(400);
  });

  it('refuses a parameter that stands twice in the address', async () => {
    const answer = await inject({ method: 'GET', url: '/thing?a=1&a=2' });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request_malformed']);
  });

  it('never shows an inner cause, only the correlation id', async () => {
    const answer = await inject({ method: 'GET', url: '/thing', headers: { 'x-correlation-id': 'abc-12345678' } });
    expect([answer.statusCode, answer.json().code, answer.json().correlationId]).toEqual([
      500,
      'internal_error',
      'abc-12345678',
    ]);
    expect(answer.body).not.toContain('secret');
  });

  it('answers an unknown route with 404 and records nothing, because nothing was attempted', async () => {
    const before = await refused();
    expect((await inject({ method: 'GET', url: '/nowhere' })).json().code).toBe('page_not_found');
    expect(await refused()).toBe(before);
  });

  it('refuses nothing silently: without a log the answer is 503', async () => {
    await db.owner.query('REVOKE INSERT ON kernel.audit_event FROM datenraum_app');
    expect((await inject({ method: 'GET', url: '/thing?a=1&a=2' })).json().code).toBe('audit_unavailable');
    await db.owner.query('GRANT INSERT ON kernel.audit_event TO datenraum_app');
  });
});
