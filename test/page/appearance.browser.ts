import { readFileSync } from 'node:fs';
import { Page } from 'playwright-core';
import { NARROW, Pages, select, settled, WIDE } from './browser';
import { GraphBuilder, sampleGraph } from './sample-graph';
import { AccessGraph } from '../../lib/page/access-graph';

const pages = new Pages();
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds. It adds a script to the page, which its policy would refuse. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html.slice(0, 200), failureSummary].join(': '))))`);
}

describe.each([['light', WIDE], ['dark', WIDE], ['light', NARROW], ['dark', NARROW]] as const)('%s, %j', (colorScheme, size) => {
  const open = (graph: AccessGraph, fragment = '') => pages.open(graph, fragment, { ...size, colorScheme, bypassCSP: true });

  test('axe-core finds nothing: overview and selections', async () => {
    const page = await open(sampleGraph(10));
    expect(await violations(page)).toEqual([]);
    for (const name of ['gateway', 'exporter', 'backup']) { // unknown, denied, with a finding
      await page.getByLabel('Search', { exact: true }).fill(name);
      await select(page, 'workload', name);
      await page.getByLabel('Search', { exact: true }).fill('');
      await settled(page);
      expect(await violations(page)).toEqual([]);
    }
  });

  test('axe-core finds nothing: table, and nothing that matches', async () => {
    expect(await violations(await open(sampleGraph(40), '#view=table'))).toEqual([]);
    expect(await violations(await open(sampleGraph(10), '#search=nothing+has+this'))).toEqual([]);
  });

  test('axe-core finds nothing: comparison', async () => {
    expect(await violations(await open(sampleGraph(12, true)))).toEqual([]);
    expect(await violations(await open(sampleGraph(12, true), '#view=table'))).toEqual([]);
  });

  test('the background has the theme', async () => {
    const page = await open(sampleGraph(10));
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor') as string;
    expect(Number(/\d+/.exec(background)![0]) > 128).toBe(colorScheme === 'light');
  });

  test('only the diagram and the table scroll sideways, and never the page', async () => {
    const page = await open(sampleGraph(40), '#search=gateway');
    await select(page, 'workload', 'gateway');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByRole('button', { name: 'Table' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

test('at 400 pixels, filters are behind a button, and the columns can be reached', async () => {
  const page = await pages.open(sampleGraph(10), '', NARROW);
  expect(await page.getByLabel('Outcome', { exact: true }).isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Outcome', { exact: true }).selectOption('UNKNOWN');
  await settled(page);
  await page.locator('.permission .row').first().click();
  expect(await page.locator('.permission .row.selected').isVisible()).toBe(true);
});

test('at 400 pixels, selecting shows the name of the selection', async () => {
  const page = await pages.open(sampleGraph(10), '', NARROW);
  await page.locator('.workload .row').first().click();
  await settled(page);
  const title = await page.locator('.panel h2').boundingBox();
  expect(title!.y).toBeGreaterThan(0);
  expect(title!.y + title!.height).toBeLessThan(NARROW.viewport.height);
});

/** What a row shows of a name, and its height. */
const clipped = (page: Page, row: string) => page.locator(`${row} .name`).first().evaluate((name) => [name.clientHeight, name.scrollWidth > name.clientWidth]);

test('a row that is selected, or on the path, shows as much of its name as before', async () => {
  const builder = new GraphBuilder();
  const role = builder.node('role', 'Platform-ImporterRole-of-reports');
  const names = ['s3:PutObject on Platform.template.json/Invoices/in/*', 's3:GetObject, s3:DeleteObject on Platform.template.json/Invoices/*'];
  names.forEach((name) => builder.edge(role, builder.node('permission', name), { outcome: 'UNKNOWN' }));
  const page = await pages.open(builder.graph());
  const before = [await clipped(page, '.permission .row'), await clipped(page, '.role .row')];
  await page.locator('.permission .row').first().click();
  await settled(page);
  expect([await clipped(page, '.permission .row'), await clipped(page, '.role .row')]).toEqual(before);
  await page.locator('.role .row').click();
  await settled(page);
  expect([await clipped(page, '.permission .row'), await clipped(page, '.role .row')]).toEqual(before);
});

test('of a long path, its end is visible', async () => {
  const builder = new GraphBuilder();
  const name = `s3:GetObject on ${'Platform.template.json/'.repeat(3)}Invoices`;
  builder.node('permission', name);
  const page = await pages.open(builder.graph());
  expect(await page.locator('.permission .name').textContent()).toBe(name);
  const [end, box] = await page.locator('.permission .name').evaluate((row: any) => { // in the browser, whose types the tests do not have
    const range = row.ownerDocument.createRange();
    range.selectNodeContents(row);
    return [Math.max(...[...range.getClientRects()].map(({ right }: { right: number }) => right)), row.getBoundingClientRect().right];
  });
  expect(end).toBeLessThanOrEqual(box + 1);
});

test('paper gets the whole table', async () => {
  const page = await pages.open(sampleGraph(100));
  await page.emulateMedia({ media: 'print' });
  await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
  expect(await page.locator('.diagram').isVisible()).toBe(false);
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(100);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
  await page.emulateMedia({ media: 'screen' });
  await settled(page);
  expect(await page.locator('.diagram').isVisible()).toBe(true);
});

test('a comparison says what was gained and lost, in words', async () => {
  const page = await pages.open(sampleGraph(12, true));
  expect(await page.locator('.edge.gained text', { hasText: '+ gained' }).count()).toBeGreaterThan(0);
  expect(await page.locator('.edge.lost text', { hasText: '− lost' }).count()).toBeGreaterThan(0);
  expect(await page.locator('.panel').textContent()).toContain('Gained: role ReaderRole is allowed s3:PutObject');
  await page.getByLabel('Change', { exact: true }).selectOption('lost');
  await settled(page);
  expect(await page.locator('.role .row').count()).toBe(await page.locator('.role .row', { hasText: '− lost' }).count());
});
