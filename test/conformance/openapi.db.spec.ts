import { NestFactory } from '@nestjs/core';
import { routeInventory } from '#lib/organisation';
import { startApi } from '../../apps/api/src/api';
import { PortalModule } from '../../apps/portal/src/portal.module';
import { aDatabase, type TestDatabase } from '../support/database';

interface Operation {
  operationId: string;
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content: object }>;
  security: object[];
  'x-permission': string;
  'x-audit': string;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

describe('the OpenAPI document', () => {
  let db: TestDatabase;
  let started: Awaited<ReturnType<typeof startApi>>;
  let document: Document;
  let operations: [string, Operation][];

  beforeAll(async () => {
    db = await aDatabase();
    started = await startApi(db.config);
    const response = await fetch(`${started.url}/v1/openapi.json`);
    expect(response.status).toBe(200);
    document = (await response.json()) as Document;
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, operation]): [string, Operation][] =>
        method === 'servers' ? [] : [[`${method.toUpperCase()} ${path}`, operation]],
      ),
    );
  });
  afterAll(async () => {
    await started?.app.close();
    await db?.close();
  });

  it('is read without signing in and names its version', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(operations.length).toBeGreaterThan(40);
  });

  it('gives every operation a name of its own, a permission and its audit event', () => {
    const names = operations.map(([, { operationId }]) => operationId);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(
      operations.filter(([, operation]) => !operation['x-permission'] || !operation['x-audit']).map(([route]) => route),
    ).toEqual([]);
  });

  it('describes every parameter of a path, every body and the problem of every operation', () => {
    for (const [route, { parameters, requestBody, responses }] of operations) {
      const inPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([route, parameters.filter((one) => one.in === 'path').map(({ name }) => name)]).toEqual([route, inPath]);
      for (const { schema } of Object.values(requestBody?.content ?? {}))
        expect([route, schema]).toEqual([route, expect.objectContaining({ type: 'object' })]);
      expect([route, responses.default?.content]).toEqual([route, { 'application/problem+json': expect.anything() }]);
    }
  });

  it('offers a machine every act that the portal offers a person', async () => {
    const portal = await NestFactory.createApplicationContext(PortalModule.forRoot(db.config), {
      logger: ['error'],
      abortOnError: false,
    });
    const acts = routeInventory(portal).filter(
      ({ method, access }) => method === 'POST' && access && access.may !== 'public',
    );
    await portal.close();
    const offered = new Set(operations.flatMap(([, operation]) => operation['x-audit'].split(', ')));
    const missing = acts.flatMap(({ path, access }) =>
      access!.audit
        .split(', ')
        .filter((event) => !event.startsWith('none: ') && !offered.has(event))
        .map((event) => `${path}: ${event}`),
    );
    expect(acts.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });
});
