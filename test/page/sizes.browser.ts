import { names, Pages, select, settled } from './browser';
import { sampleGraph } from './sample-graph';
import { pageHtml, pageParts } from '../../lib/page/page-html';

const pages = new Pages();
/** More than fit into the window. */
const MOST_ROWS = 120;
const MOST_LINES = 600;

test.each([10, 500, 5000])('of %i accounts, the page draws what is visible', async (accounts) => {
  const page = await pages.open(sampleGraph(accounts));
  const count = async (selector: string) => page.locator(selector).count();
  expect(await count('.row')).toBeGreaterThan(30);
  expect(await count('.row')).toBeLessThan(MOST_ROWS);
  expect(await count('.edge')).toBeGreaterThan(20);
  expect(await count('.edge')).toBeLessThan(MOST_LINES);
  expect(await page.getByRole('status').textContent()).toContain(`${(accounts + 1).toLocaleString('en-US')} workloads`);

  // also after scrolling to the end, with a selection, and in the table
  await page.locator('[data-column=account]').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await page.locator('.account .row.selected').count()).toBe(1);
  expect(await count('.row')).toBeLessThan(MOST_ROWS);
  expect(await count('.edge')).toBeLessThan(MOST_LINES);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Table' }).click();
  expect(await count('tbody tr')).toBeLessThanOrEqual(100);
});

test('a selection shows its path, wherever it is', async () => {
  const page = await pages.open(sampleGraph(500), '#search=gateway-40');
  await select(page, 'workload', 'gateway-40');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await settled(page);
  const hints = page.locator('.hint:visible', { hasText: 'more on the path' });
  for (let left = await hints.count(); left > 0; left -= 1) {
    await hints.first().click();
    await settled(page);
  }
  expect(await names(page, '.role .row.lit')).toEqual(['Gateway-40Role']);
});

test('the table has pages', async () => {
  const page = await pages.open(sampleGraph(500), '#view=table');
  const first = await page.locator('tbody tr').first().textContent();
  await page.getByRole('button', { name: 'Next' }).click();
  expect(await page.locator('tbody tr').first().textContent()).not.toBe(first);
  expect(page.url()).toContain('page=2');
  expect(await page.locator('caption').textContent()).toContain('shows 101 to 200');
});

test('the page of 5,000 accounts has less than 10 MB, of which its code is at most 60 kB', () => {
  const { script, style } = pageParts();
  expect(Buffer.byteLength(script + style)).toBeLessThanOrEqual(60_000);
  expect(Buffer.byteLength(pageHtml(sampleGraph(5000)))).toBeLessThan(10_000_000);
});
