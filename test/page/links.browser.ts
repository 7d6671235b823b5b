import { drawnNames, litNames, Pages, select, settled } from './browser';
import { smallGraph } from './small-graph';

const pages = new Pages();
const fragmentOf = (address: string) => address.slice(address.indexOf('#'));

test('a link shows the same selection, filters and view', async () => {
  const page = await pages.open(smallGraph());
  await page.getByLabel('Namespace', { exact: true }).selectOption('shop');
  await select(page, 'workload', 'worker');
  await page.getByLabel('Only this path').check();
  await settled(page);
  const other = await pages.open(smallGraph(), fragmentOf(page.url()));
  expect(await litNames(other)).toEqual(await litNames(page));
  expect(await drawnNames(other, 'workload')).toEqual(['worker']);
  expect(await other.getByLabel('Namespace', { exact: true }).inputValue()).toBe('shop');
  expect(await other.getByLabel('Only this path').isChecked()).toBe(true);
});

test('a link to a line, in the table', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'workload', 'worker');
  await page.locator('.steps details', { hasText: 'EKS Pod Identity' }).getByRole('button', { name: 'Select this step' }).click();
  await page.getByRole('button', { name: 'Table' }).click();
  const other = await pages.open(smallGraph(), fragmentOf(page.url()));
  expect(await other.locator('.panel h2').textContent()).toBe('worker → ShopRole');
  expect(await other.locator('tbody tr').count()).toBe(2);
});

test('the names in a link do not depend on the order of the nodes', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'role', 'ShopRole');
  expect(decodeURIComponent(fragmentOf(page.url()))).toBe('#selected=role/Apps/role/ShopRole');
});

test('the browser goes back to what was selected before', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'role', 'ShopRole');
  await select(page, 'role', 'NodeRole');
  await page.goBack();
  await settled(page);
  expect(await page.locator('.panel h2').textContent()).toBe('ShopRole');
  await page.goBack();
  await settled(page);
  expect(await page.locator('.panel h2').textContent()).toBe('Overview');
});

test('a link to what the page does not have says so', async () => {
  const page = await pages.open(smallGraph(), '#selected=role/Apps/role/Gone');
  expect(await page.locator('.panel').textContent()).toContain('This page does not have what the link names');
  expect(await page.locator('.panel').textContent()).toContain('role/Apps/role/Gone');
});

test.each(['#%', '#selected=&selected=&selected=', '#page=-1&view=table', '#outcome=never', '#<script>', `#search=${'x'.repeat(5000)}`])('a strange link breaks nothing: %.20s', async (fragment) => {
  const page = await pages.open(smallGraph(), fragment);
  expect(await page.locator('h1').textContent()).toBe('Who can do what');
  expect(await page.locator('.panel').textContent()).not.toBe('');
});
