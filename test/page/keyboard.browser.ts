import { Page } from 'playwright-core';
import { Pages, settled, WIDE } from './browser';
import { sampleGraph } from './sample-graph';
import { smallGraph } from './small-graph';

const pages = new Pages();

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) {
    await page.keyboard.press(key);
  }
  await settled(page);
};
/** The name that a screen reader reads. */
const active = (page: Page): Promise<string> => page.evaluate(`(() => {
  const list = document.activeElement;
  const option = document.getElementById(list.getAttribute('aria-activedescendant'));
  return list.dataset.column + ': ' + option.querySelector('.name').textContent;
})()`);
const focusColumn = (page: Page, column: string) => page.locator(`[data-column=${column}]`).focus();

test('arrows go within a column, and along lines to the next one', async () => {
  const page = await pages.open(smallGraph());
  await focusColumn(page, 'workload');
  await press(page, 'Home');
  const first = await active(page);
  await press(page, 'End', 'ArrowUp', 'ArrowDown', 'Home');
  expect(await active(page)).toBe(first);
  while (!(await active(page)).endsWith('reporter')) {
    await press(page, 'ArrowDown');
  }
  await press(page, 'ArrowRight');
  expect(await active(page)).toBe('account: reporter');
  await press(page, 'ArrowRight');
  expect(await active(page)).toBe('role: ReportRole');
  await press(page, 'ArrowRight');
  expect(await active(page)).toBe('permission: s3:DeleteObject on arn:aws:s3:::orders');
  await press(page, 'ArrowLeft', 'ArrowLeft');
  expect((await active(page)).startsWith('account: ')).toBe(true);
});

test('Enter selects, and Escape clears', async () => {
  const page = await pages.open(smallGraph());
  await focusColumn(page, 'role');
  await press(page, 'End', 'Enter');
  expect(await page.locator('.row.selected').count()).toBe(1);
  expect(await page.getByRole('status').textContent()).toContain(' selected. On its path: ');
  await press(page, 'ArrowUp', 'Space');
  expect(await page.locator('.row.selected').getAttribute('aria-selected')).toBe('true');
  await press(page, 'Escape');
  expect(await page.locator('.row.selected').count()).toBe(0);
  expect(page.url()).not.toContain('#');
});

test('a slash goes to the search, and Escape clears it', async () => {
  const page = await pages.open(smallGraph());
  await focusColumn(page, 'role');
  await press(page, '/');
  await page.keyboard.type('a/b');
  expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('a/b');
  await press(page, 'Escape');
  expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('');
  expect(await page.locator('.role .row').count()).toBe(4);
});

test('Escape leaves the search, and clears it from anywhere', async () => {
  const page = await pages.open(smallGraph());
  const search = page.getByLabel('Search', { exact: true });
  await search.fill('worker');
  await press(page, 'Escape', 'Escape');
  expect(await active(page)).toMatch(/^workload: /);
  await press(page, '/');
  expect(await search.inputValue()).toBe('');
  await page.keyboard.type('web');
  await focusColumn(page, 'role');
  await press(page, 'Enter', 'Escape'); // selects, and clears the selection
  expect(await search.inputValue()).toBe('web');
  await press(page, 'Escape');
  expect(await search.inputValue()).toBe('');
});

test('the focus stays where the keyboard can go on', async () => {
  const page = await pages.open(sampleGraph(40), '#search=elsewhere');
  const focused = () => page.evaluate('document.activeElement.textContent.trim()');
  const enter = async (selector: string) => {
    await page.locator(selector).first().focus();
    await press(page, 'Enter');
  };
  await enter('.reset');
  expect(await focused()).toBe('Overview');
  await enter('.outcomes .link');
  expect(await focused()).toBe('Overview');
  await enter('.finding .link');
  expect(await active(page)).toBe(`role: ${await page.locator('.row.selected .name').textContent()}`);
  await enter('.close');
  expect(await focused()).toBe('Overview');
});

test('Tab reaches the search, each filter, the columns and the panel, and each shows its focus', async () => {
  const page = await pages.open(smallGraph(), '', WIDE);
  const reached: string[] = [];
  await page.evaluate('document.body.focus()');
  for (let i = 0; i < 24; i += 1) {
    await press(page, 'Tab');
    reached.push(await page.evaluate(`(() => {
      if (document.activeElement === document.body) {
        return 'the end';
      }
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      const { name, textContent, dataset, className } = document.activeElement;
      return [dataset.column || name || className || textContent, outlineStyle === 'none' || outlineWidth === '0px' ? 'without focus' : ''].join('');
    })()`));
  }
  expect(reached).toEqual(expect.arrayContaining([
    'search', 'cluster', 'namespace', 'account', 'role', 'service', 'outcome', 'workload', 'permission', 'panel',
  ]));
  expect(reached.filter((name) => name.includes('without focus'))).toEqual([]);
});

test('the active row is drawn and visible, however far the keyboard goes', async () => {
  const page = await pages.open(sampleGraph(500));
  await focusColumn(page, 'workload');
  for (const keys of [['End'], ['PageUp', 'PageUp'], ['Home'], ['PageDown', 'PageDown', 'PageDown']]) {
    await press(page, ...keys);
    const isVisible = await page.evaluate(`(() => {
      const list = document.activeElement.getBoundingClientRect();
      const row = document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).getBoundingClientRect();
      return row.top >= list.top && row.bottom <= list.bottom;
    })()`);
    expect(isVisible).toBe(true);
  }
});
