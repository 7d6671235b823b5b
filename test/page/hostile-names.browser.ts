import { litNames, Pages, settled } from './browser';
import { GraphBuilder } from './sample-graph';

const pages = new Pages();

/** With each, a name would become markup, look like another one, or push other things away. */
const NAMES = [
  '<img src=x onerror="document.title=1">',
  '</script><script>document.title=2</script>',
  '<!--<script>',
  '"><svg onload=document.title=3>',
  'javascript:document.title=4',
  '&lt;b&gt;',
  '${document.title=5}',
  'x'.repeat(1000),
  'мир-עולם',
  '',
];

const everywhere = (name: string) => {
  const builder = new GraphBuilder();
  const more = {
    group: name, kind: name, isElsewhere: true, command: name, facts: [['Namespace', name], ['Cluster', name], [name, name]], places: [name], findings: [{ what: name, settledBy: name }],
  } as const;
  const [workload, account, role, permission] = (['workload', 'account', 'role', 'permission'] as const).map((column) => builder.node(column, name, more));
  for (const [from, to] of [[workload, account], [account, role], [role, permission]]) {
    builder.edge(from, to, { by: name, outcome: 'UNKNOWN', why: [name], settledBy: [name], places: [name], change: 'gained' });
  }
  builder.nodes[workload].reaches = [0, 1];
  return builder.graph({ title: name, version: name, assumed: [name], findings: [{ what: name, settledBy: name }], isComparison: true });
};

test.each(NAMES.map((name) => [name.slice(0, 40), name]))('%s is a name, and nothing else', async (_, name) => {
  const page = await pages.open(everywhere(name));
  const title = await page.title();
  for (const column of ['workload', 'role', 'permission']) {
    await page.locator(`.${column} .row`).click();
    await settled(page);
    expect(await page.locator('.panel h2').textContent()).toBe(name);
  }
  expect(await page.locator('.edge.lit').count()).toBe(3);
  await page.getByRole('button', { name: 'Table' }).click();
  expect(await page.locator('tbody .link').first().textContent()).toBe(name);
  expect(await page.locator('img, svg svg, iframe, [onerror], [onload]').count()).toBe(0);
  expect(await page.title()).toBe(title);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

  // and a link has it, too
  const other = await pages.open(everywhere(name), page.url().slice(page.url().indexOf('#')));
  expect(await other.locator('.panel h2').textContent()).toBe(name);
});

test.each([
  ['reader\u202Enimda', 'reader⟨U+202E⟩nimda'],
  ['admin\u200B', 'admin⟨U+200B⟩'],
  ['two\nlines', 'two⟨U+000A⟩lines'],
  ['a\u2066b\u2069', 'a⟨U+2066⟩b⟨U+2069⟩'],
  ['nul\u0000', 'nul⟨U+0000⟩'],
  ['tag\u{E0041}', 'tag⟨U+E0041⟩'],
])('a character that nobody sees is shown: %j', async (name, expected) => {
  const page = await pages.open(everywhere(name));
  expect(await page.locator('.workload .name').textContent()).toBe(expected);
  await page.locator('.workload .row').click();
  await settled(page);
  expect(await page.locator('.panel h2').textContent()).toBe(expected);
  expect(await page.locator('body > header, body > main').allTextContents()).not.toEqual(expect.arrayContaining([expect.stringContaining(name)]));
});

test('each name is isolated from the text around it', async () => {
  const page = await pages.open(everywhere('עולם'));
  expect(await page.evaluate('getComputedStyle(document.querySelector(".workload .name bdi")).unicodeBidi')).toBe('isolate');
});

test('a long name is cut in its row, and whole in the panel', async () => {
  const page = await pages.open(everywhere('x'.repeat(1000)));
  const row = await page.locator('.workload .row').boundingBox();
  expect(row!.height).toBe(42);
  await page.locator('.workload .row').click();
  await settled(page);
  expect(await page.locator('.panel h2').textContent()).toBe('x'.repeat(1000));
});

test('two nodes of the same name are two nodes, also for a link', async () => {
  const builder = new GraphBuilder();
  const roles = ['', ''].map(() => builder.node('role', 'Reader'));
  roles.forEach((role, i) => builder.edge(role, builder.node('permission', `permission ${i}`)));
  const page = await pages.open(builder.graph());
  await page.locator('.role .row').nth(1).click();
  await settled(page);
  const lit = await litNames(page);
  const other = await pages.open(builder.graph(), page.url().slice(page.url().indexOf('#')));
  expect(await litNames(other)).toEqual(lit);
  expect(lit.permission).toHaveLength(1);
});
