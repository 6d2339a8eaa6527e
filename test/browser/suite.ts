import type { Browser } from 'playwright-core';
import { type Stack, startStack } from './stack';
import { startBrowser, Visitor, type VisitorOptions } from './visitor';

/** An installation and a browser for all tests of a file: started before them, stopped after them. */
export class BrowserSuite {
  private stack?: Stack;
  private running?: Browser;

  constructor() {
    beforeAll(async () => {
      [this.stack, this.running] = await Promise.all([startStack(), startBrowser()]);
    }, 180_000);
    afterAll(async () => {
      await this.running?.close();
      await this.stack?.close();
    });
  }

  get portal(): Stack['portal'] {
    return this.stack!.portal;
  }
  get browser(): Browser {
    return this.running!;
  }

  /** People by user name, each signed in once in a browser of these options; they leave after the tests of the block. */
  people(options: VisitorOptions): (name: string) => Promise<Visitor> {
    const known = new Map<string, Visitor>();
    afterAll(async () => {
      for (const visitor of known.values()) await visitor.leave();
    });
    return async (name) => {
      const visitor = known.get(name) ?? (await Visitor.signedIn(this.browser, this.portal, name, options));
      known.set(name, visitor);
      return visitor;
    };
  }
}
