import { actionNames } from '../../../lib/verification/private/actions/actions';
import { canHavePolicy, WITHOUT_RESOURCE_POLICIES } from '../../../lib/verification/private/evaluation/resource-policies';
import { Text } from '../../../lib/verification/private/values/text';

/** Names of actions that set the policy of a resource, or add a statement to it. */
const SETS_POLICY = /:(Put\w*(Resource|Access|Sharing|Bucket|Key|Cluster|FileSystem)\w*Policy|Set\w*(Access|Repository|Resource)\w*Policy|Put(Policy|Permission)|AddPermission)$/;
/** It names the resources that can have one. */
const NAMES_RESOURCES = /:PutResourcePolicy$/;

test('no service that has no resource policies has an action that sets one', () => {
  const setting = actionNames().filter((name) => SETS_POLICY.test(name));
  expect(setting).toEqual(expect.arrayContaining(['s3:PutBucketPolicy', 'kms:PutKeyPolicy', 'lambda:AddPermission', 'glue:PutResourcePolicy']));
  expect(setting.filter((name) => !NAMES_RESOURCES.test(name) && WITHOUT_RESOURCE_POLICIES.has(name.split(':')[0]))).toEqual([]);
});

test('each service that has no resource policies is one of AWS', () => {
  const services = new Set(actionNames().map((name) => name.split(':')[0]));
  expect([...WITHOUT_RESOURCE_POLICIES].filter((service) => !services.has(service))).toEqual([]);
});

test.each([
  ['s3:GetObject', 'arn:aws:s3:::b/k', true],
  ['appsync:GraphQL', 'arn:aws:appsync:us-west-2:111122223333:apis/x', true],
  ['of-the-future:Get', 'arn:aws:of-the-future:us-west-2:111122223333:x', true],
  ['ec2:StopInstances', 'arn:aws:ec2:us-west-2:111122223333:instance/i-1', false],
  ['ec2:AllocateIpamPoolCidr', 'arn:aws:ec2::111122223333:ipam-pool/ipam-pool-1', true],
  ['EC2:StopInstances', 'arn:aws:ec2:us-west-2:111122223333:instance/i-1', false],
  ['s3:ListAllMyBuckets', '*', false],
])('a policy of the resource of %s on %s', (action, resource, expected) => {
  expect(canHavePolicy(action, Text.of(resource))).toBe(expected);
});
