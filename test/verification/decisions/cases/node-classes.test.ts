import { decide, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const trusts = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const COMPUTE = 'arn:aws:iam::aws:policy/AmazonEKSComputePolicy';
const clusterRole = (Properties: object, ...statements: object[]) => {
  const { Type, Properties: own } = role(trusts('eks.amazonaws.com'), ...statements);
  return { ClusterRole: { Type, Properties: { ...own, ...Properties } } };
};
const cluster = (Enabled: unknown, RoleArn: unknown = arnOf('ClusterRole')) => ({
  Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', RoleArn, ComputeConfig: { Enabled, NodeRoleArn: arnOf('NodeRole') } } },
});
const entry = { Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Own') } } };
const pods = { Own: accountRole('default:app', allow('sqs:ListQueues')), Objects: objects(account('app', 'Own')) };
const builder = (service: string) => ({ Builder: role(trusts(service), allow(LIST)) });
const AUTO_MODE = { ...pods, ...entry, ...cluster(true), ...clusterRole({ ManagedPolicyArns: [COMPUTE] }), ...builder('ec2.amazonaws.com') };

test.each<[string, object, string]>([
  ['any role of instances', AUTO_MODE, UNKNOWN],
  ['any role of instances, if only the deployment knows whether there are such nodes', { ...AUTO_MODE, ...cluster({ Ref: 'Auto' }) }, UNKNOWN],
  ['any role of instances, with a role that the templates do not show', { ...AUTO_MODE, ...cluster(true, 'arn:aws:iam::111122223333:role/cluster') }, UNKNOWN],
  ['the role of instances that it names', { ...AUTO_MODE, ...clusterRole({}, allow('iam:PassRole', arnOf('Builder'))) }, UNKNOWN],
  ['another role', { ...AUTO_MODE, ...clusterRole({}, allow('iam:PassRole', arnOf('NodeRole'))) }, DENIED],
  ['roles of instances, while the other role is of a function', { ...AUTO_MODE, ...builder('lambda.amazonaws.com') }, DENIED],
  ['any role of instances, without EKS Auto Mode', { ...AUTO_MODE, ...cluster(false) }, DENIED],
])('pods that act in a cluster of EKS Auto Mode may run nodes with roles that the cluster may pass: %s', (_, resources, expected) => {
  const { outcome, missing } = decide(resources, { action: LIST });
  expect([outcome, missing.join()]).toEqual([expected, expected === UNKNOWN ? expect.stringContaining('the credentials of role Builder') : '']);
});

test('pods that do not act in the cluster create no node classes', () => {
  expect(decide({ ...AUTO_MODE, Entry: { Type: 'AWS::CloudFormation::WaitConditionHandle' } }, { action: LIST }).outcome).toBe(DENIED);
});
