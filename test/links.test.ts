import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { documentsIn, read, ROOT } from './documents';

const documents = ['.', 'docs', 'decisions'].flatMap(documentsIn);

/** How GitHub names a heading in a link. API.md has names of its own. */
const anchorOf = (heading: string) => heading.trim().toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');
const anchorsIn = (document: string) => [
  ...[...document.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading)),
  ...[...document.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id),
];

test.each(documents)('every link of %s leads somewhere', (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].map(([, file, anchor]) => ({ file, anchor }));
  const dead = links.filter(({ file, anchor }) => {
    const target = file ? join(ROOT, dirname(document), file) : join(ROOT, document);
    return !existsSync(target) || (anchor !== undefined && !anchorsIn(readFileSync(target, 'utf8')).includes(anchor));
  });
  expect(dead).toEqual([]);
});

const CONTRIBUTING = read('CONTRIBUTING.md');

test('every file that CONTRIBUTING.md names to open exists', () => {
  const [, section] = /## To change something\n(.*?)\n## /s.exec(CONTRIBUTING)!;
  const rows = [...section.matchAll(/^\| (?!To change|---)(.*?) \| (.*) \|$/gm)];
  const files = rows.map(([, , open]) => [...open.matchAll(/`([\w-]+\/[\w./-]*)`/g)].map(([, file]) => file));
  expect(files.length).toBeGreaterThan(10); // the expression above finds the rows
  for (const named of files) {
    expect([1, 2]).toContain(named.length);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  }
});

test('every file that a recipe names exists', () => {
  const [, recipes] = /\n## Recipes\n(.*?)\n## /s.exec(CONTRIBUTING)!;
  const files = [...recipes.matchAll(/`((?:\.?[\w-]+\/)+[\w./-]*|[\w-]*\.(?:md|json|ts))`/g)].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(100); // the expression above finds them
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

/** The paths in the map, whose indentation says what is in what. A line may name several files of a folder. */
function filesInTheMap(): string[] {
  const [, map] = /## The map\n.*?```\n(.*?)```/s.exec(CONTRIBUTING)!;
  const folders: string[] = [];
  return map.split('\n').flatMap((line) => {
    const [, indentation, names] = /^((?:  ){0,5})([\w.-]+(?:\/|\.\w+)(?:, [\w.-]+)*)(?:\s|$)/.exec(line) ?? [];
    if (names === undefined) {
      return [];
    }
    folders.length = indentation.length / 2;
    const paths = names.split(', ').map((name) => join(...folders, name));
    folders.push(names);
    return paths;
  });
}

test('every file and folder in the map of CONTRIBUTING.md exists', () => {
  const files = filesInTheMap();
  expect(files).toContain('lib/kubernetes/function/event-handler.ts');
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('every folder of the library is in the map of CONTRIBUTING.md', () => {
  const entries = readdirSync(join(ROOT, 'lib'), { withFileTypes: true, recursive: true }).filter((entry) => entry.isDirectory());
  const folders = entries.map(({ parentPath, name }) => `${relative(ROOT, join(parentPath, name))}/`);
  expect(folders.length).toBeGreaterThan(30);
  expect(folders.filter((folder) => !filesInTheMap().includes(folder))).toEqual([]);
});
