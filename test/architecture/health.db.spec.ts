import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startApi } from '../../apps/api/src/api';
import { startGateway } from '../../apps/gateway/src/gateway';
import { aPortal, type TestPortal } from '../support/portal';

describe('health of the apps that decide and deliver', () => {
  let portal: TestPortal;
  const apps: { app: NestFastifyApplication; url: string }[] = [];
  const answers = async () =>
    Promise.all([portal.url, ...apps.map(({ url }) => url)].map(async (url) => (await fetch(`${url}/health`)).status));

  beforeAll(async () => {
    portal = await aPortal();
    for (const start of [startApi, startGateway]) apps.push(await start(portal.db.config));
  });
  afterAll(async () => {
    for (const { app } of apps) await app.close();
    await portal?.close();
  });

  it('is 200 while a decision can be recorded and 503 while it can not, reading or not', async () => {
    expect(await answers()).toEqual([200, 200, 200]);
    await portal.db.owner.query('REVOKE INSERT ON kernel.audit_event FROM datenraum_app');
    expect(await answers()).toEqual([503, 503, 503]);
    await portal.db.owner.query('GRANT INSERT ON kernel.audit_event TO datenraum_app');
    expect(await answers()).toEqual([200, 200, 200]);
  });
});
