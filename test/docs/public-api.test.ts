import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_DAY, names, publicApiTables } from './public-api-table';
import { read, ROOT } from '../documents';

const PAGE = 'docs/public-api.md';
const isUpdate = process.env.UPDATE === '1' && !process.env.CI;

test('the page lists everything that the package exports', () => {
  const [introduction] = read(PAGE).split(/^## /m);
  const page = `${introduction}${publicApiTables()}`;
  if (isUpdate) {
    writeFileSync(join(ROOT, PAGE), page);
  }
  if (read(PAGE) !== page) {
    throw new Error(`${PAGE} is stale: write it with UPDATE=1 npx jest test/docs/public-api, and read what has changed`);
  }
});

test('there is a row for each type', () => {
  expect(publicApiTables().match(/^\| \[/gm)).toHaveLength(names.length);
});

test.each(FIRST_DAY)('%s, which a first day needs, is the name of one type', (name) => {
  expect(names.filter((each) => each === name)).toHaveLength(1);
});

test('the page says how many types there are, and how many a first day needs', () => {
  expect(read(PAGE)).toContain(`exports ${names.length} types. A first day needs ${FIRST_DAY.length} of them`);
});
