import { createServer } from 'node:net';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemActing, UnitOfWork } from '#lib/kernel';
import type { Capabilities } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { loadPilotOrganisation } from '#lib/organisation';
import { startPortal } from '../../apps/portal/src/portal';
import { aDatabase, type TestDatabase } from './database';
import { aPilotDatabase, type PilotProductsOf } from './pilot-database';
import { aDevelopmentProvider, type TestProvider } from './identity-provider';
import { Browser } from './sign-in';

/** The portal with the pilot organisation, on a database and an identity provider of its own. */
export interface TestPortal {
  url: string;
  app: NestFastifyApplication;
  db: TestDatabase;
  provider: TestProvider;
  /** signs a person in with a new browser */
  signedIn(username: string): Promise<PortalBrowser>;
  close(): Promise<void>;
}

const PILOT = join(__dirname, '../../config/pilot/organisation.yaml');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `can`: what the law may ask of it, with the people of the pilot domain alone; `products`: which of it are there. */
export async function aPortal(
  more: Record<string, string> = {},
  { can, products }: { can: Capabilities; products?: never } | { can?: never; products?: PilotProductsOf } = {},
): Promise<TestPortal> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await aDevelopmentProvider({ portalUrl: url });
  const settings = {
    OIDC_ISSUER: provider.issuer,
    PORTAL_URL: url,
    PORTAL_PORT: String(port),
    PORTAL_CLIENT_SECRET: provider.portalSecret,
    ...more,
  };
  // what a program of other abilities makes of the law is recorded when it comes into force
  const db = can ? await aDatabase(settings) : await aPilotDatabase(settings, products);
  const { app } = await startPortal(db.config, can);
  await app.get(UnitOfWork).run(systemActing('test'), async (tx) => {
    await app.get(Rulebook, { strict: false }).install(tx, db.config.governanceDir);
    await loadPilotOrganisation(tx, PILOT, provider.issuer);
  });
  return {
    url,
    app,
    db,
    provider,
    signedIn: async (username) => {
      const browser = new PortalBrowser(url);
      await browser.signIn(username);
      return browser;
    },
    close: async () => {
      await app.close();
      await provider.close();
      await db.close();
    },
  };
}

/** A browser at the portal: gets pages, sends forms with their token. */
export class PortalBrowser extends Browser {
  constructor(readonly portal: string) {
    super();
  }

  async signIn(username: string, path = '/'): Promise<Response> {
    const begun = await this.fetch(`${this.portal}/sign-in?returnTo=${encodeURIComponent(path)}`);
    const callback = await this.authorize(
      begun.headers.get('location') ?? '',
      `${this.portal}/sign-in/callback`,
      username,
    );
    return this.fetch(callback);
  }

  /** The text of a page, after following redirects within the portal. */
  async page(path: string): Promise<{ status: number; html: string }> {
    let response = await this.fetch(`${this.portal}${path}`);
    for (let steps = 0; steps < 5 && response.status === 303; steps += 1) {
      response = await this.fetch(new URL(response.headers.get('location') ?? '/', this.portal).href);
    }
    return { status: response.status, html: await response.text() };
  }

  async csrf(): Promise<string> {
    return /name="_csrf" value="([^"]+)"/.exec((await this.page('/')).html)?.[1] ?? '';
  }

  /** Sends a form as a browser on our own page does. */
  async send(
    path: string,
    fields: Record<string, string | readonly string[]>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams({ _csrf: await this.csrf() });
    for (const [name, value] of Object.entries(fields)) {
      if (name === '_csrf') body.set(name, String(value));
      else for (const one of [value].flat()) body.append(name, one);
    }
    return this.fetch(`${this.portal}${path}`, { method: 'POST', body, headers: { origin: this.portal, ...headers } });
  }
}
