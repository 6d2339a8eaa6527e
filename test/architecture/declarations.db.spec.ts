import { readFileSync } from 'node:fs';
import { CONFIG_KEYS, eventDefinitions, namedConstraints, problemKinds } from '#lib/kernel';
import { type Route, routeInventory } from '#lib/organisation';
import { NestFactory } from '@nestjs/core';
import { z } from 'zod';
import { ApiModule } from '../../apps/api/src/api.module';
import { GatewayModule } from '../../apps/gateway/src/gateway.module';
import { PortalModule } from '../../apps/portal/src/portal.module';
import { aDatabase, type TestDatabase } from '../support/database';

describe('what the product declares about itself', () => {
  let db: TestDatabase;
  const routes: Record<string, Route[]> = {};

  beforeAll(async () => {
    db = await aDatabase();
    for (const [name, module] of Object.entries({ api: ApiModule, gateway: GatewayModule, portal: PortalModule })) {
      const app = await NestFactory.createApplicationContext(module.forRoot(db.config), {
        logger: ['error'],
        abortOnError: false,
      });
      routes[name] = routeInventory(app);
      await app.close();
    }
  });
  afterAll(() => db?.close());

  it.each(['api', 'gateway', 'portal'])(
    'every route of %s names a permission and its audit event, or says why there is none',
    (name) => {
      expect(routes[name]!.length).toBeGreaterThan(1);
      const known = (audit: string): boolean =>
        audit.startsWith('none: ') || audit.split(', ').every((type) => eventDefinitions().has(type));
      const silent = routes[name]!.filter(({ access }) => !access || !known(access.audit));
      expect(silent.map(({ method, path, access }) => `${method} ${path}: ${access?.audit}`)).toEqual([]);
    },
  );

  it('what leaves the same event needs the same permission for people and for machines', () => {
    const permissions = (name: string) => {
      const found = new Map<string, Set<string>>();
      for (const { access } of routes[name]!)
        if (access && !access.audit.startsWith('none: '))
          for (const event of access.audit.split(', '))
            found.set(event, (found.get(event) ?? new Set()).add(access.may));
      return found;
    };
    const [api, portal] = [permissions('api'), permissions('portal')];
    const differs = [...portal].flatMap(([event, may]) =>
      [...may]
        .filter((one) => api.has(event) && !api.get(event)!.has(one))
        .map((one) => `${event}: ${one} instead of ${[...api.get(event)!].join(' or ')}`),
    );
    expect(differs).toEqual([]);
  });

  it('an event of the API needs one permission, but for two that two use cases leave', () => {
    const found = new Map<string, Set<string>>();
    for (const { access } of routes.api!)
      if (access && !access.audit.startsWith('none: '))
        for (const event of access.audit.split(', ')) found.set(event, (found.get(event) ?? new Set()).add(access.may));
    // both sides end an emergency access; the Rechtsamt registers a contract with its step of a chain as well
    expect(
      [...found]
        .filter(([, mays]) => mays.size > 1)
        .map(([event]) => event)
        .sort(),
    ).toEqual(['agreement.revoked.v1', 'contract.registered.v1']);
  });

  it('every constraint a stage has words for exists in the database, so that none of the words is left behind', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `SELECT conname AS name FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'
       UNION SELECT m[1] FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
         regexp_matches(p.prosrc, $$CONSTRAINT = '([a-z_]+)'$$, 'gi') AS m WHERE n.nspname NOT LIKE 'pg\\_%'`,
    );
    const known = new Set(rows.map(({ name }) => name));
    expect(namedConstraints().size).toBeGreaterThan(20);
    expect([...namedConstraints()].filter((name) => !known.has(name))).toEqual([]);
  });

  it('every page of the portal has a title', () => {
    const pages = routes.portal!.filter(({ method }) => method === 'GET');
    expect(
      pages
        .filter(({ access, path }) => !access?.title && !path.startsWith('/assets/') && path !== '/health')
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('no event has a field for a name, an address or free text', () => {
    const personal = /name$|mail|phone|telefon|text$|title|birth|address|personId|reason$|^note/i;
    const found = [...eventDefinitions().values()].flatMap(({ type, schema }) =>
      Object.entries(schema.shape)
        // a word from a closed list says nothing of a person
        .filter(([field, kind]) => personal.test(field) && !(kind instanceof z.ZodEnum))
        .map(([field]) => `${type}.${field}`),
    );
    expect(found.filter((field) => !field.startsWith('test.'))).toEqual([]);
  });

  it('every problem has a German title and a remedy', () => {
    expect(problemKinds().size).toBeGreaterThan(30);
    for (const [code, { title, remedy, status }] of problemKinds()) {
      expect(code).toMatch(/^[a-z][a-z_]+$/);
      expect([code, title.length > 5, remedy.length > 10, status >= 400 && status < 600]).toEqual([
        code,
        true,
        true,
        true,
      ]);
    }
  });

  it('every key of the configuration is documented', () => {
    const page = readFileSync('libs/kernel/README.md', 'utf8');
    expect(
      Object.entries(CONFIG_KEYS)
        .filter(([key, { says }]) => !page.includes(`| \`${key}\` | ${says} |`))
        .map(([key]) => key),
    ).toEqual([]);
  });
});
