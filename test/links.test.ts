import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');
const documents = ['.', 'decisions'].flatMap((folder) => readdirSync(join(ROOT, folder)).filter((file) => file.endsWith('.md') && file !== 'API.md').map((file) => join(folder, file)));

/** How GitHub names a heading in a link. */
const anchorOf = (heading: string) => heading.trim().toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');
const anchorsIn = (document: string) => [...document.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));

test.each(documents)('every link of %s leads somewhere', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].map(([, file, anchor]) => ({ file, anchor }));
  const dead = links.filter(({ file, anchor }) => {
    const target = file ? join(ROOT, dirname(document), file) : join(ROOT, document);
    return !existsSync(target) || (anchor !== undefined && !anchorsIn(readFileSync(target, 'utf8')).includes(anchor));
  });
  expect(dead).toEqual([]);
});
