import { Wait } from '../../lib';
import { read } from '../documents';

test('the guide has a row for each kind of wait', () => {
  const kinds = Object.getOwnPropertyNames(Wait).filter((name) => typeof Wait[name as keyof typeof Wait] === 'function' && name !== 'prototype');
  const rows = [...read('docs/service-accounts.md').matchAll(/^\| `Wait\.(\w+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(kinds);
});
