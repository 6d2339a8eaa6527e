import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PASSWORD } from '../support/sign-in';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=de-DE',
];
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const NARROW = 320;
/** What is wider than its place: the page, and on a narrow one a table whose rows should stand below each other. */
const WIDER = `[document.documentElement, ...(innerWidth > ${NARROW} ? [] : document.querySelectorAll('.kern-table-responsive:has(.dr-stack)'))]
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .map((element) => element.getAttribute('aria-label') ?? 'page')`;
const PICTURES = process.env.SCREENSHOTS;

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

export interface VisitorOptions {
  javaScript: boolean;
  dark?: boolean;
  narrow?: boolean;
}

/** A person at a browser of their own. Every page they look at is checked. */
export class Visitor {
  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly portal: string,
    private readonly name: string,
    private readonly options: VisitorOptions,
    /** what the browser complained about: blocked scripts, failed requests */
    readonly complaints: string[],
  ) {}

  static async arrive(browser: Browser, portal: string, name: string, options: VisitorOptions): Promise<Visitor> {
    const context = await browser.newContext({
      javaScriptEnabled: options.javaScript,
      viewport: options.narrow ? { width: NARROW, height: 800 } : { width: 1200, height: 900 },
      colorScheme: options.dark ? 'dark' : 'light',
      locale: 'de-DE',
      acceptDownloads: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on('console', (message) => {
      // a page with status 4xx is a console message of its own
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return new Visitor(page, context, portal, name, options, complaints);
  }

  /** Signs in through the real form of the identity provider. */
  static async signedIn(browser: Browser, portal: string, name: string, options: VisitorOptions): Promise<Visitor> {
    const visitor = await Visitor.arrive(browser, portal, name, options);
    const { page } = visitor;
    await page.goto(`${portal}/sign-in`);
    await page.fill('[name=username]', name);
    await page.fill('[name=password]', PASSWORD);
    await Promise.all([page.waitForURL(`${portal}/`), page.click('[type=submit]')]);
    return visitor;
  }

  /** Goes to an address of the portal and gives its status. */
  async open(path: string): Promise<number> {
    const answer = await this.page.goto(path.startsWith('http') ? path : this.portal + path);
    return answer?.status() ?? 0;
  }

  /** Presses what has this name and waits for the page it leads to. */
  async press(name: string | RegExp): Promise<void> {
    const target = this.page.getByRole('button', { name }).or(this.page.getByRole('link', { name })).first();
    await Promise.all([this.page.waitForEvent('load'), target.click()]);
  }

  fill(label: string | RegExp, value: string): Promise<void> {
    return this.page.getByLabel(label).first().fill(value);
  }

  async choose(label: string | RegExp, value: string): Promise<void> {
    await this.page.getByLabel(label).first().selectOption(value);
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText();
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  /** Reloads until the page says it: what follows by event takes a second. */
  async until(path: string, says: string | RegExp): Promise<void> {
    for (let tries = 0; tries < 40; tries += 1) {
      await this.open(path);
      const text = await this.text();
      if (typeof says === 'string' ? text.includes(says) : says.test(text)) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`${this.name}: ${path} never said ${says}: ${(await this.text()).slice(0, 500)}`);
  }

  /** What every page must have, and, where scripts run, no finding of axe (WCAG 2.2 A and AA). Takes the picture. */
  async look(what: string): Promise<void> {
    await this.picture(what);
    const { page } = this;
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.title()).toContain('Datenraum');
    expect(await page.locator('main').count()).toBe(1);
    // nobody has to scroll sideways to read, on a telephone neither
    const size = page.viewportSize()!;
    for (const width of [size.width, NARROW]) {
      await page.setViewportSize({ ...size, width });
      expect([what, width, await page.evaluate(WIDER)]).toEqual([what, width, []]);
    }
    await page.setViewportSize(size);
    if (!this.options.javaScript) return;
    await page.evaluate(AXE);
    const findings = await page.evaluate<{ id: string; help: string; nodes: string[] }[]>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
         .then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html.slice(0, 200)) })))`,
    );
    expect([what, findings]).toEqual([what, []]);
    expect(this.complaints).toEqual([]);
  }

  private async picture(what: string): Promise<void> {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    const how = [
      this.options.javaScript ? '' : 'ohne-js',
      this.options.dark ? 'dunkel' : '',
      this.options.narrow ? 'schmal' : '',
    ]
      .filter(Boolean)
      .join('-');
    const name = [what, this.name, how]
      .filter(Boolean)
      .join('--')
      .replace(/[^\wäöüß-]+/gi, '_');
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
