import { join } from 'node:path';
import type * as sharedTokens from './shared-tokens';
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

const TITLES_OF_PAIRS: { readonly [workload in keyof typeof sharedTokens]: string } = {
  repositories: 'with the tokens of which they change what the others run',
  identities: 'with the tokens of which they get the roles that trust a Git provider',
  keys: 'with the keys of which they act as the users of the others',
  servers: 'that run what others serve',
};
const foundOfPairs = superlinear(join(__dirname, 'shared-tokens.ts'), 144); // whose square root is a whole number, and almost so if it is doubled

test.each(Object.entries(TITLES_OF_PAIRS).map(([workload, title]) => [title, workload]))('the work to decide grows no faster than the pairs of workloads %s', (_, workload) => {
  expect(foundOfPairs[workload]).toEqual([]);
});
