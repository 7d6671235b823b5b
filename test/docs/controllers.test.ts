import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compromisedPod, HEADING } from './compromised-pod';
import { classes, controllersTable, PREFIX, types } from './controllers-table';
import { policies } from '../../lib';
import { read, ROOT } from '../documents';
import { EXAMPLES } from '../policies/examples';

test('there is an example of each policy', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(classes);
});

test('there is a table of the calls of each controller', () => {
  const tables = readdirSync(join(ROOT, 'test/policies')).map((file) => read(`test/policies/${file}`)).filter((text) => text.includes('describeController('));
  expect(classes.filter((name) => !tables.some((text) => text.includes(`new policies.${name}(`)))).toEqual([]);
});

test.each(classes)('the description of %s names the upstream policy, its URL, and what the controller must be told', (name) => {
  expect(types[`${PREFIX}${name}`].docs).toMatchObject({
    see: expect.stringMatching(/^https:\/\//), custom: { upstream: expect.stringMatching(/\d/), hops: expect.stringMatching(/\.$/) },
  });
});

test.each([...classes.map((name) => `${PREFIX}${name}`), `${PREFIX}CustomControllerPolicy`, 'cdk-irsa.ObjectsAccess'])(
  'the description of %s says in a sentence and a list of up to five what a compromised pod can still do', (fqn) => {
    const { summary, bullets } = compromisedPod(types[fqn].docs.remarks);
    for (const text of [summary, ...bullets]) {
      expect(text).toMatch(/^[^|]+\.$/); // a sentence, which fits into a cell of a table
    }
    expect(bullets.length).toBeLessThanOrEqual(5);
  });

test.each([
  ['without the heading', 'Something.\n\n- a list.'],
  ['with the heading twice', `${HEADING}\n\nRead.\n\n- Read.\n\n${HEADING}\n\nRead.\n\n- Read.`],
  ['without a sentence under it', `${HEADING}\n\n- Read.`],
  ['without a list under it', `${HEADING}\n\nRead.\n\nSomething else.`],
])('a description %s is refused', (_, remarks) => {
  expect(() => compromisedPod(remarks)).toThrow(HEADING);
});

test('the guide lists the policies', () => {
  expect(read('docs/controllers.md')).toContain(`${controllersTable()}\n\n`);
});

test('each policy is exported', () => {
  expect(Object.keys(policies).sort()).toEqual([...classes, 'CustomControllerPolicy'].sort());
});
