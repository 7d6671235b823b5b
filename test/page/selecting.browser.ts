import { litNames, Pages, select, settled } from './browser';
import { smallGraph } from './small-graph';

const pages = new Pages();
const READ = 's3:GetObject on arn:aws:s3:::orders';
const REMOVE = 's3:DeleteObject on arn:aws:s3:::orders';
const DECRYPT = 'kms:Decrypt on arn:aws:kms:::orders';

test('a workload lights what it reaches, and not who shares its role', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'workload', 'worker');
  expect(await litNames(page)).toEqual({ workload: ['worker'], account: ['worker'], role: ['ShopRole'], permission: [`${REMOVE} ✕ DENIED`, READ].sort() });
  expect(await page.locator('.edge.lit').count()).toBe(4);
});

test('where something is denied, the path ends', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'workload', 'web');
  expect(await litNames(page)).toEqual({
    workload: ['web'], account: ['web'], role: ['AuditRole ✕ DENIED', 'ShopRole'], permission: [`${REMOVE} ✕ DENIED`, READ].sort(),
  });
  expect(await page.locator('.panel').textContent()).toContain('The trust policy names auditor, and not web.');
});

test('a path goes on over roles that lead to others, and stays unknown', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'workload', 'reporter');
  expect(await litNames(page)).toEqual({
    workload: ['reporter'], account: ['reporter'], role: ['AuditRole ? UNKNOWN', 'ReportRole ? UNKNOWN'], permission: [`${DECRYPT} ? UNKNOWN`, `${REMOVE} ? UNKNOWN`],
  });
  const unknown = page.locator('.steps details', { hasText: 'What would settle it' });
  expect(await unknown.textContent()).toContain('Pass --parameter Subject=VALUE.');
  expect(await unknown.getAttribute('open')).toBe('');
});

test('a workload that gets less than its service account lights less', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'workload', 'probe');
  expect(await litNames(page)).toEqual({ workload: ['probe'], account: ['reporter'], role: [], permission: [] });
});

test('a permission lights who has it', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'permission', REMOVE);
  expect(await litNames(page)).toEqual({
    workload: ['reporter ? UNKNOWN', 'web ✕ DENIED', 'worker ✕ DENIED'],
    account: ['444455556666 ? UNKNOWN', 'reporter ? UNKNOWN', 'web ✕ DENIED', 'worker ✕ DENIED'],
    role: ['ReportRole', 'ShopRole ✕ DENIED'],
    permission: [REMOVE],
  });
  const panel = await page.locator('.panel').textContent();
  expect(panel).toContain("cdk-irsa access cdk.out --can 's3:DeleteObject on arn:aws:s3:::orders'");
  expect(panel).toContain('The permissions boundary does not allow it.');
});

test('a role at the end of a chain lights who gets there', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'role', 'AuditRole');
  expect(await litNames(page)).toEqual({
    workload: ['reporter ? UNKNOWN', 'web ✕ DENIED'], account: ['reporter ? UNKNOWN', 'web ✕ DENIED'], role: ['AuditRole', 'ReportRole'], permission: [DECRYPT],
  });
});

test('a line that is denied lights who is refused', async () => {
  const page = await pages.open(smallGraph(), '#outcome=DENIED');
  await page.locator('.edge', { hasText: 'web → AuditRole' }).locator('.hit').click({ force: true });
  await settled(page);
  expect(await litNames(page)).toEqual({ workload: ['web ✕ DENIED'], account: ['web ✕ DENIED'], role: ['AuditRole ✕ DENIED'], permission: [] });
  expect(await page.getByRole('status').textContent()).toContain('On its path: 1 workload, 1 account, 1 role, 0 permissions.');
});

test('a node lights the role that its pods reach', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'role', 'NodeRole');
  expect(await litNames(page)).toEqual({ workload: ['workers'], account: [], role: ['NodeRole'], permission: ['logs:PutLogEvents on arn:aws:logs:::orders'] });
  expect(await page.locator('.steps').textContent()).toContain('instance metadata');
});

test('the panel has findings, places and marks', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'role', 'ReportRole');
  const panel = await page.locator('.panel').textContent();
  expect(panel).toContain('The role trusts an account that no template defines.');
  expect(panel).toContain('Remove 444455556666 from the trust policy.');
  expect(panel).toContain('App.template.json: ReportRole');
  await page.locator('.members .link', { hasText: '444455556666' }).click();
  expect(await page.locator('.panel h2').textContent()).toBe('444455556666');
  expect(await page.locator('.panel .kind').textContent()).toContain('elsewhere');
});

test('a line lights its path, and shows why', async () => {
  const page = await pages.open(smallGraph());
  await page.locator('.edge', { hasText: 'worker → ShopRole' }).locator('.hit').click({ force: true });
  await settled(page);
  expect(await litNames(page)).toEqual({ workload: ['worker'], account: ['worker'], role: ['ShopRole'], permission: [`${REMOVE} ✕ DENIED`, READ].sort() });
  expect(await page.locator('.panel h2').textContent()).toBe('worker → ShopRole');
  expect(await page.locator('.steps').textContent()).toContain('An association names worker.');
});

test('what is unknown and denied is dashed, and has its word', async () => {
  const page = await pages.open(smallGraph());
  for (const [outcome, word] of [['unknown', 'UNKNOWN'], ['denied', 'DENIED']]) {
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.edge.${outcome} .line')).strokeDasharray`)).toMatch(/\d/);
    expect(await page.locator(`.edge.${outcome} text`, { hasText: word }).count()).toBeGreaterThan(0);
  }
});

test('only the path can be drawn', async () => {
  const page = await pages.open(smallGraph());
  await select(page, 'workload', 'worker');
  await page.getByLabel('Only this path').check();
  await settled(page);
  expect(await page.locator('.workload .row, .account .row, .role .row').count()).toBe(3);
});
