import { basename, join } from 'node:path';
import * as library from '../../lib';
import { blocksOf, documentsIn, read } from '../documents';

const INDEX = 'docs/README.md';
const [, table] = /^## Find a guide\n([^]*)/m.exec(read(INDEX))!;

test('each guide is in the index once, and the README links the index', () => {
  const guides = documentsIn('docs').filter((document) => document !== INDEX).map((document) => basename(document));
  const linked = [...table.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, guide]) => guide);
  expect(linked.sort()).toEqual(guides.sort());
  expect(read('README.md')).toContain(`](${join(INDEX)})`);
});

test('the figure names types and methods that exist, and all constructs', () => {
  const [figure] = blocksOf(INDEX, 'mermaid');
  const named = [...figure.matchAll(/(?:\| |\[")((?:verification\.)?[A-Z]\w+(?:\.\w+)?)(?="?\]?$)/gm)].map(([, name]) => name);
  const valueOf = (name: string) => name.split('.').reduce<any>((value, part) => value?.[part], library);
  expect(named.length).toBeGreaterThan(10); // the expression above finds them
  expect(named.filter((name) => typeof valueOf(name) !== 'function')).toEqual([]);
  const constructs = Object.keys(library).filter((name) => /^(?:Irsa|ServiceAccount|KubernetesObjects)/.test(name) && 'isConstruct' in (library as any)[name]);
  expect(constructs.filter((name) => !named.includes(name))).toEqual([]);
});

test('commands of this package run only what is installed, and npx takes none of their options as its own', () => {
  const wrong = [...documentsIn('.'), ...documentsIn('docs')].flatMap((document) => read(document).match(/npx (?:cdk-irsa|--no cdk-irsa -).*/g) ?? []);
  expect(wrong).toEqual([]);
});
