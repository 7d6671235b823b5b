import { join } from 'node:path';
import type * as workloads from './workloads';
import { superlinear } from '../growth/growth';

const TITLES: { readonly [workload in keyof typeof workloads]: string } = {
  decisionsAndServices: 'to decide does not depend on the number of services in a policy',
  actionsOfService: 'to decide grows linearly with the number of actions of a service',
  statements: 'to decide grows linearly with the number of statements',
  namedResources: 'to decide grows linearly with the number of decisions about resources that a policy names',
  namedPrincipals: 'to decide grows linearly with the number of decisions about principals that a policy names',
  functionsWithGeneratedNames: 'to find what starts functions grows linearly with their number',
  functionsWithNames: 'to find what starts functions that have names grows linearly with their number',
  hostsWithUnknownStarts: 'to look up hosts with unknown starts grows linearly with their number',
  wildcardsOfPattern: 'to match a text grows linearly with the pattern',
  unknownsOfText: 'to match a pattern grows linearly with the text',
  textThatMayContain: 'to look for an unknown in a text grows linearly with the text',
  textThatMayBeEqual: 'to compare texts that may be equal grows linearly with the texts',
  textThatIsNotEqual: 'to compare texts that are not equal grows linearly with the texts',
  items: 'to parse JSON grows linearly with the number of items of an array',
  members: 'to parse JSON grows linearly with the number of members of an object',
  unknownsOfString: 'to parse JSON grows linearly with the number of unknowns in a string',
  comparedCombinations: 'to compare a statement grows linearly with the number of its actions, resources and values, not with that of their combinations',
  comparedResources: 'to compare policies grows linearly with the number of statements about different resources',
  comparedActions: 'to compare policies grows linearly with the number of statements about different actions',
  comparedConditions: 'to compare policies grows linearly with the number of statements with different conditions',
  roles: 'to resolve a template grows linearly with the number of roles',
};
const found = superlinear(join(__dirname, 'workloads.ts'), 50);

test.each(Object.entries(TITLES).map(([workload, title]) => [title, workload]))('the work %s', (_, workload) => {
  expect(found[workload]).toEqual([]);
});
