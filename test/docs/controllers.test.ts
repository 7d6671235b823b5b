import { classes, controllersTable, PREFIX, types } from './controllers-table';
import { policies } from '../../lib';
import { read } from '../documents';
import { EXAMPLES } from '../policies/examples';

test('there is an example of each policy', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(classes);
});

test.each(classes)('the description of %s names the upstream policy, its URL, and what the controller must be told', (name) => {
  expect(types[`${PREFIX}${name}`].docs).toMatchObject({
    see: expect.stringMatching(/^https:\/\//), custom: { upstream: expect.stringMatching(/\d/), hops: expect.stringMatching(/\.$/) },
  });
});

test('the guide lists the policies', () => {
  expect(read('docs/controllers.md')).toContain(`${controllersTable()}\n\n`);
});

test('each policy is exported', () => {
  expect(Object.keys(policies).sort()).toEqual([...classes, 'CustomControllerPolicy'].sort());
});
