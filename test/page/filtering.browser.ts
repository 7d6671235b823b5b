import { Page } from 'playwright-core';
import { drawnNames, Pages, settled } from './browser';
import { smallGraph } from './small-graph';

const pages = new Pages();

const drawn = async (page: Page) => {
  await settled(page);
  return { workloads: await drawnNames(page, 'workload'), roles: await drawnNames(page, 'role') };
};

test.each([
  ['DeleteObject', { workloads: ['reporter', 'web', 'worker'], roles: ['ReportRole', 'ShopRole'] }],
  ['web GetObject', { workloads: ['web'], roles: ['ShopRole'] }],
  ['"pod identity"', { workloads: ['worker'], roles: ['ShopRole'] }],
  ['chaining', { workloads: ['reporter'], roles: ['AuditRole', 'ReportRole'] }],
  ['elsewhere', { workloads: [], roles: ['ReportRole'] }],
  ['nothing has this', { workloads: [], roles: [] }],
  ['allowed', { workloads: ['probe', 'web', 'worker', 'workers'], roles: ['NodeRole', 'ShopRole'] }],
  ['unknown', { workloads: ['reporter'], roles: ['AuditRole', 'ReportRole'] }],
  ['Denied web', { workloads: ['web'], roles: ['AuditRole', 'ShopRole'] }],
  ['"actions"', { workloads: [], roles: [] }], // the label of a property
  ['shop/worker', { workloads: ['worker'], roles: ['ShopRole'] }],
])('search for %s', async (text, expected) => {
  const page = await pages.open(smallGraph());
  await page.getByLabel('Search', { exact: true }).fill(text);
  expect(await drawn(page)).toEqual(expected);
});

test.each([
  ['Cluster', 'staging', { workloads: ['probe', 'reporter'], roles: ['AuditRole', 'ReportRole'] }],
  ['Namespace', 'shop', { workloads: ['web', 'worker'], roles: ['AuditRole', 'ShopRole'] }],
  ['Service', 'kms', { workloads: ['reporter'], roles: ['AuditRole', 'ReportRole'] }],
  ['Outcome', 'ALLOWED', { workloads: ['probe', 'web', 'worker', 'workers'], roles: ['NodeRole', 'ShopRole'] }],
  ['Outcome', 'UNKNOWN', { workloads: ['reporter'], roles: ['AuditRole', 'ReportRole'] }],
  ['Outcome', 'DENIED', { workloads: ['web', 'worker'], roles: ['AuditRole', 'ShopRole'] }],
])('%s %s', async (filter, value, expected) => {
  const page = await pages.open(smallGraph());
  await page.getByLabel(filter, { exact: true }).selectOption(value);
  expect(await drawn(page)).toEqual(expected);
});

test.each([['Account', 'work', { workloads: ['worker'], roles: ['ShopRole'] }], ['Role', 'auditrole', { workloads: ['reporter', 'web'], roles: ['AuditRole', 'ReportRole'] }]])(
  '%s with %s in its name', async (filter, text, expected) => {
    const page = await pages.open(smallGraph());
    await page.getByLabel(filter, { exact: true }).fill(text);
    expect(await drawn(page)).toEqual(expected);
  });

test('filters are combined, and cleared at once', async () => {
  const page = await pages.open(smallGraph());
  await page.getByLabel('Namespace', { exact: true }).selectOption('shop');
  await page.getByLabel('Service', { exact: true }).selectOption('s3');
  await page.getByLabel('Outcome', { exact: true }).selectOption('ALLOWED');
  expect(await drawn(page)).toEqual({ workloads: ['web', 'worker'], roles: ['ShopRole'] });
  expect(await page.getByRole('status').textContent()).toBe('Shown: 2 workloads, 2 accounts, 1 role, 1 permission.');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  expect((await drawn(page)).workloads).toHaveLength(5);
});

test('the overview leads to what is unknown', async () => {
  const page = await pages.open(smallGraph());
  await page.locator('.outcomes li', { hasText: 'UNKNOWN' }).getByRole('button').click();
  expect((await drawn(page)).workloads).toEqual(['reporter']);
});

test('the table has the same, a row for each permission', async () => {
  const page = await pages.open(smallGraph());
  await page.getByRole('button', { name: 'Table' }).click();
  await page.getByLabel('Search', { exact: true }).fill('DeleteObject');
  const rows = (await page.locator('tbody tr').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  expect(rows.sort()).toEqual([
    '444455556666 not in the templates · elsewhere ReportRole Apps s3:DeleteObject on arn:aws:s3:::orders s3 ? UNKNOWN',
    'reporter staging: reports reporter staging: reports IRSA ReportRole Apps s3:DeleteObject on arn:aws:s3:::orders s3 ? UNKNOWN',
    'web prod: shop web prod: shop IRSA ShopRole Apps s3:DeleteObject on arn:aws:s3:::orders s3 ✕ DENIED',
    'worker prod: shop worker prod: shop EKS Pod Identity ShopRole Apps s3:DeleteObject on arn:aws:s3:::orders s3 ✕ DENIED',
  ]);
});
