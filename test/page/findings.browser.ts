import { Page } from 'playwright-core';
import { drawnNames, Pages, select, settled } from './browser';
import { GraphBuilder } from './sample-graph';

const pages = new Pages();
const REACHABLE = { what: 'reachable-node-role: pods can use the role of their nodes', settledBy: 'At Nodes in Platform.template.json' };
const UNTRUSTED = { what: 'untrusted-account: role WrongRole does not trust service account reports/uploader, which is annotated with it.', settledBy: 'Correct it.' };

/** What is about two accounts, and what is about the app, and names two nodes. */
function graph() {
  const builder = new GraphBuilder();
  const place = { group: 'prod / reports', kind: 'service account', facts: [['Cluster', 'prod'], ['Namespace', 'reports']] } as const;
  const [uploader, importer] = ['uploader', 'importer'].map((name) => builder.node('account', name, { ...place, findings: [REACHABLE] }));
  builder.edge(uploader, builder.node('role', 'WrongRole'), { by: 'IRSA', outcome: 'DENIED' });
  builder.edge(importer, builder.node('role', 'ImporterRole'), { by: 'IRSA' });
  return builder.graph({ findings: [UNTRUSTED] });
}

const texts = (page: Page, selector: string) => page.locator(`.panel ${selector}`).allInnerTexts();

test('each finding is there once, with the nodes that it is about', async () => {
  const page = await pages.open(graph());
  expect(await texts(page, '.findings h3')).toEqual(['2 findings']);
  expect((await texts(page, '.finding')).map((text) => text.split(/\s*\n\s*/))).toEqual([
    [UNTRUSTED.what, 'Correct it.', expect.stringContaining('reports/uploader service account'), expect.stringContaining('WrongRole role')],
    [REACHABLE.what, REACHABLE.settledBy, 'reports/uploader service account', 'reports/importer service account'],
  ]);
});

test('a node has the same findings', async () => {
  const page = await pages.open(graph());
  expect(await page.locator('.tag.finding').allTextContents()).toEqual(expect.arrayContaining(['! 2 findings', '! 1 finding', '! 1 finding']));
  await select(page, 'account', 'uploader');
  expect(await texts(page, '.findings h3')).toEqual(['2 findings']);
  await select(page, 'role', 'WrongRole');
  expect(await texts(page, '.finding p:first-child')).toEqual([UNTRUSTED.what]);
});

test.each([['untrusted-account', ['uploader']], ['reachable-node-role', ['importer', 'uploader']], ['reports/importer', ['importer']]])(
  'the search finds %s', async (text, expected) => {
    const page = await pages.open(graph());
    await page.getByLabel('Search', { exact: true }).fill(text);
    await settled(page);
    expect(await drawnNames(page, 'account')).toEqual(expected);
  });

test('from the search, Enter goes to a name before a finding that mentions it', async () => {
  const builder = new GraphBuilder();
  builder.node('role', 'Other', { findings: [{ what: 'Wanted cannot assume it.', settledBy: '' }] });
  builder.edge(builder.node('role', 'Wanted'), builder.node('permission', 'Wanted actions'));
  for (const key of ['Enter', 'ArrowDown']) {
    const page = await pages.open(builder.graph());
    await page.getByLabel('Search', { exact: true }).fill('wanted');
    await page.keyboard.press(key);
    await settled(page);
    expect(await page.evaluate('document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).title')).toBe('Wanted');
  }
});
