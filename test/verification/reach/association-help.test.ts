import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, clusterTemplate, job, objects, podIdentityTrust, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const REQUEST = 'eks-auth:AssumeRoleForPodIdentity';
const ec2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const trustFirst = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
const NODES_WITHOUT = { NodeRole: role(ec2, allow('sqs:ListQueues')) };
const ASSOCIATED = { Admin: role(podIdentityTrust(), allow(LIST)), Associated: association('app', 'Admin') };
const TARGET = {
  First: role(podIdentityTrust(), allow('sqs:ListQueues')),
  Target: role(trustFirst, allow(LIST)),
  Associated: association('app', 'First', { TargetRoleArn: arnOf('Target'), DisableSessionTags: true }),
};
const FARGATE = {
  Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: arnOf('NodeRole'), Selectors: [{ Namespace: 'default' }] } },
};

const accessTo = (resources: object, ...statements: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Role: accountRole('default:app', ...statements), Objects: { ...objects(account('app', 'Role'), job('app', 'app')), DependsOn: 'Profile' },
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333' } });
const decisionOf = (resources: object, ...statements: object[]) => accessTo(resources, ...statements).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, object, string]>([
  ['they may make the request of the agent, whose node may not', { ...ASSOCIATED, ...NODES_WITHOUT }, allow(REQUEST),
    'whether the pods get credentials without the agent of their node: role Role may request eks-auth:AssumeRoleForPodIdentity, as the EKS Pod Identity agent does'],
  ['they may allow the role of their node what its agent needs', { ...ASSOCIATED, ...NODES_WITHOUT }, allow('iam:PutRolePolicy', arnOf('NodeRole')),
    'whether the pods get credentials without the agent of their node: the principal might raise the permissions of role NodeRole: role Role may request iam:PutRolePolicy'],
  ['they may allow the role of their association to assume its target role', TARGET, allow('iam:PutRolePolicy', arnOf('First')),
    'the principal might raise the permissions of role First: role Role may request iam:PutRolePolicy'],
])('pods might get credentials of EKS Pod Identity, because %s', (_, resources, statement, missing) => {
  const decision = decisionOf(resources, statement);
  expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', [missing]]);
});

test('pods on Fargate might get them, because they may make the request of the agent', () => {
  const onFargate = (statement: object) => accessTo({ ...ASSOCIATED, ...FARGATE }, statement).workload({ kind: 'Job', name: 'app' }).decide(LIST);
  expect(onFargate(allow(REQUEST)).missing).toEqual([expect.stringMatching(/^whether the pods get credentials without the agent of their node: role Role may request /)]);
  expect(onFargate(allow('sqs:ListQueues')).outcome).toBe('DENIED');
});

test.each<[string, object, object]>([
  ['may make the request of the agent for another cluster', { ...ASSOCIATED, ...NODES_WITHOUT }, allow(REQUEST, 'arn:aws:eks:us-west-2:444455556666:cluster/other')],
  ['may change another role', { ...ASSOCIATED, ...NODES_WITHOUT }, allow('iam:PutRolePolicy', arnOf('Role2'))],
  ['may make the request of the agent, for a role that does not trust EKS Pod Identity', { ...ASSOCIATED, Admin: role(ec2, allow(LIST)) }, allow(REQUEST)],
])('pods that %s get none', (_, resources, statement) =>
  expect(decisionOf({ ...resources, Role2: role(ec2) }, statement).outcome).toBe('DENIED'));
