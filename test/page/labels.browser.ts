import { Page } from 'playwright-core';
import { Pages, select, settled, WIDE } from './browser';
import { GraphBuilder, sampleGraph } from './sample-graph';
import { smallGraph } from './small-graph';

const pages = new Pages();

/** Accounts with roles of their own, and the role of their nodes: many lines end at one row, and cross the others. */
function sharedNodeRole() {
  const builder = new GraphBuilder();
  const nodeRole = builder.node('role', 'NodeRole');
  for (const name of ['cleaner', 'reader', 'default', 'importer', 'exporter']) {
    const account = builder.node('account', name);
    const role = builder.node('role', `${name}Role`);
    builder.edge(account, role, { by: 'IRSA', outcome: name === 'exporter' ? 'DENIED' : 'ALLOWED' });
    if (name !== 'exporter') {
      builder.edge(account, nodeRole, { by: 'instance metadata' });
    }
    builder.edge(role, builder.node('permission', `s3:GetObject on ${name}`));
  }
  builder.edge(nodeRole, builder.node('permission', 'sqs:ListQueues on *'));
  return builder.graph();
}

/** Labels that another line touches, unless it is faint, or another label. */
const unclear = (page: Page): Promise<string[]> => page.evaluate(`(() => {
  const labels = [...document.querySelectorAll('.edge text')].map((text) => ({ text, box: text.getBBox(), edge: text.closest('.edge') }));
  const isIn = ({ x, y, width, height }, point) => point.x > x && point.x < x + width && point.y > y + 1 && point.y < y + height - 1;
  return labels.flatMap(({ text, box, edge }) => [...document.querySelectorAll('.edge:not(.unlit) .line')].filter((line) => {
    const step = (i) => line.getPointAtLength(i * 2);
    const points = Array.from({ length: Math.ceil(line.getTotalLength() / 2) }, (_, i) => step(i));
    return (line.closest('.edge') === edge) !== points.some((point) => isIn(box, point));
  }).map((line) => text.textContent + ' of ' + edge.querySelector('title').textContent + ' at ' + line.closest('.edge').querySelector('title').textContent)
    .concat(labels.filter((other) => other.edge !== edge && Math.abs(other.box.x - box.x) < box.width && Math.abs(other.box.y - box.y) < box.height - 2)
      .map((other) => text.textContent + ' on ' + other.text.textContent)));
})()`);
const labels = async (page: Page) => (await page.locator('.edge text').allTextContents()).sort();

test('a label is on its own line, and on no other one', async () => {
  const page = await pages.open(sharedNodeRole());
  expect(await unclear(page)).toEqual([]);
  expect(await labels(page)).toEqual(expect.arrayContaining(['IRSA', 'metadata', expect.stringContaining('DENIED')]));
});

test.each([[1600, 1], [1200, 0]])('also in an app of real size, and in each selection, %i pixels wide', async (width, least) => {
  const page = await pages.open(sampleGraph(40), '', { viewport: { ...WIDE.viewport, width } });
  expect(await unclear(page)).toEqual([]);
  for (const name of ['exporter', 'backup', 'reader-2']) {
    await select(page, 'workload', name);
    expect(await unclear(page)).toEqual([]);
    expect((await labels(page)).length).toBeGreaterThanOrEqual(least);
  }
  await page.keyboard.press('Escape');
  await page.getByLabel('Outcome', { exact: true }).selectOption('ALLOWED');
  await settled(page);
  expect(await unclear(page)).toEqual([]);
});

test('where there is space, each line has its label', async () => {
  const page = await pages.open(smallGraph(), '#search=worker+shop');
  expect(await labels(page)).toEqual(['DENIED', 'Pod Identity']);
});
