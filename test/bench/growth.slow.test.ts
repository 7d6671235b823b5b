import { join } from 'node:path';
import type * as workloads from './workloads';
import { superlinear } from '../growth/growth';

const TITLES: { readonly [workload in keyof typeof workloads]: string } = {
  accountsOfStack: 'to synthesize a stack grows linearly with the number of its accounts',
  accountsInStacks: 'to synthesize an app grows linearly with the number of its stacks and accounts',
  setsOfObjects: 'to synthesize a stack grows linearly with the number of its sets of objects',
  templates: 'to read templates grows linearly with the number of stacks and accounts',
  accessTable: 'to make the access table grows linearly with the number of stacks and accounts',
};
const found = superlinear(join(__dirname, 'workloads.ts'), 25);

test.each(Object.entries(TITLES).map(([workload, title]) => [title, workload]))('the work %s', (_, workload) => {
  expect(found[workload]).toEqual([]);
});
