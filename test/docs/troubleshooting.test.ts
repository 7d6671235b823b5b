import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { read, ROOT } from '../documents';
import { newStack } from '../stacks';
import { AT_DEPLOYMENT } from './troubleshooting/at-deployment';
import { AT_SYNTHESIS } from './troubleshooting/at-synthesis';
import { WARNINGS } from './troubleshooting/warnings';

const MESSAGES = { ...AT_SYNTHESIS, ...AT_DEPLOYMENT };
const page = read('docs/troubleshooting.md');
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the page has these messages', () => {
  expect([...page.matchAll(/^### `(.*)`$/gm)].map(([, message]) => message)).toEqual(Object.keys(MESSAGES));
});

test.each(Object.entries(MESSAGES))('%s', async (message, provoke) => {
  await expect((async () => provoke())()).rejects.toThrow(new RegExp(message.split('…').map((part) => escaped(part.trim())).join('.*'), 's'));
});

test('the page has each warning', () => {
  const sources = readdirSync(join(ROOT, 'lib'), { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.ts')).map((file) => read(join('lib', file)));
  const ids = sources.flatMap((source) => [...source.matchAll(/'(cdk-irsa:[\w-]+)'/g)].map(([, id]) => id));
  const listed = [...page.matchAll(/^\| `(cdk-irsa:[\w-]+)` \|/gm)].map(([, id]) => id);
  expect(listed.sort()).toEqual([...new Set(ids)].sort());
  expect(listed).toEqual(Object.keys(WARNINGS).sort());
});

test.each(Object.entries(WARNINGS))('%s', (id, provoke) => {
  const stack = newStack();
  provoke(stack);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(`\\[ack: ${id}\\]`))).toHaveLength(1);
});
