import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser, BrowserContextOptions, chromium, Page } from 'playwright-core';
import { AccessGraph } from '../../lib/page/access-graph';
import { pageHtml } from '../../lib/page/page-html';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

export const WIDE = { viewport: { width: 1600, height: 900 } };
export const NARROW = { viewport: { width: 400, height: 800 } };

/** Opens pages in a browser that the tests of a file share. After each test, no page may have asked for anything, or broken its policy. */
export class Pages {
  private readonly folder = mkdtempSync(join(tmpdir(), 'page-'));
  private readonly problems: string[] = [];
  private browser?: Browser;

  constructor() {
    beforeAll(async () => {
      this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] }); // which needs a kernel that lets users have namespaces
    });
    afterEach(async () => {
      await Promise.all(this.browser!.contexts().map((context) => context.close()));
      expect(this.problems.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      await this.browser?.close();
      rmSync(this.folder, { recursive: true });
    });
  }

  async open(graph: AccessGraph, fragment = '', options: BrowserContextOptions = WIDE): Promise<Page> {
    const file = join(this.folder, 'access.html');
    writeFileSync(file, pageHtml(graph));
    const address = pathToFileURL(file).href;
    const page = await (await this.browser!.newContext(options)).newPage();
    page.on('request', (request) => request.url().replace(/#.*/, '') !== address && this.problems.push(`asks for ${request.url()}`));
    page.on('console', (message) => this.problems.push(message.text()));
    page.on('pageerror', (error) => this.problems.push(error.message));
    await page.goto(`${address}${fragment}`);
    await settled(page);
    return page;
  }
}

/** Once everything is drawn that follows from what happened. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

type Column = 'workload' | 'account' | 'role' | 'permission';

/** Clicks a node by its name. */
export async function select(page: Page, column: Column, name: string): Promise<void> {
  await page.locator(`.${column} .row[title="${name}"]`).first().click();
  await settled(page);
}

export const names = async (page: Page, selector: string) => (await page.locator(`${selector} .name`).allTextContents()).sort();
export const drawnNames = (page: Page, column: Column) => names(page, `.${column} .row`);

/** The names on the path of the selection, with the outcome where the page says one. */
export async function litNames(page: Page): Promise<{ readonly [column: string]: readonly string[] }> {
  const columns = ['workload', 'account', 'role', 'permission'] as const;
  const lit = await Promise.all(columns.map(async (column) => {
    const rows = await page.locator(`.${column} :is(.row.lit, .row.selected)`).all();
    return Promise.all(rows.map(async (row) => [
      await row.locator('.name').textContent(), ...await row.locator('.tag:is(.unknown, .denied)').allTextContents(),
    ].join(' ')));
  }));
  return Object.fromEntries(columns.map((column, i) => [column, [...lit[i]].sort()]));
}
