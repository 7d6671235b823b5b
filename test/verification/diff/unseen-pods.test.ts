import { accessAfter, Change } from './app';
import { lines } from './differences';
import { AccessDiff } from '../../../lib/verification/access-diff';

const WHO = 'pods that the templates do not show';
const GETS = 'gets credentials of role NodeRole (instance metadata)';

/** Nothing runs in the cluster that the templates show. */
const empty = (change: Change = () => {}): Change => (resources, template) => {
  for (const logicalId of ['Account', 'Pods', 'Reader', 'Provider', 'Agent']) {
    delete resources[logicalId];
  }
  change(resources, template);
};
const options = (changed: object): Change => empty(({ LaunchTemplate: { Properties } }) =>
  Object.assign(Properties.LaunchTemplateData.MetadataOptions, changed));
const family = (AmiType: string): Change => empty(({ Nodes }) => {
  delete Nodes.Properties.LaunchTemplate;
  Nodes.Properties.AmiType = AmiType;
});
const between = (before: Change, after: Change) => AccessDiff.between(accessAfter(before), accessAfter(after));

test.each<[string, Change, Change, string]>([
  ['a higher hop limit', empty(), options({ HttpPutResponseHopLimit: 2 }), WHO],
  ['an AMI family whose nodes have a higher hop limit', family('AL2023_x86_64_STANDARD'), family('BOTTLEROCKET_x86_64'), WHO],
  ['instance metadata that is switched on', options({ HttpEndpoint: 'disabled' }), empty(), `${WHO}, on the network of their node`],
])('%s gives credentials of nodes to pods that the templates do not show', (_, before, after, who) => {
  expect(lines(between(before, after))).toContain(`GAINED ${who}: ${GETS}`);
  expect(between(before, after).broadens).toBe(true);
  expect(between(after, before).broadens).toBe(false);
});

test('where the templates do not change, these pods have no line', () => {
  const open = options({ HttpPutResponseHopLimit: 2 });
  expect(lines(between(open, open))).toEqual([]);
});
