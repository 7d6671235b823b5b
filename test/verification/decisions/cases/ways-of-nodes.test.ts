import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const open = {
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, AmiType: 'BOTTLEROCKET_x86_64' } },
};
const TRUSTS_EC2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const entry = (properties: object = {}) => ({
  Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Own'), ...properties } },
});
const awsAuth = (data: object) => ({ AwsAuth: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data }) });
const NODE_ARN = arnOf('NodeRole');
const SPARK = { Jobs: { Type: 'AWS::EMRContainers::VirtualCluster', Properties: { Name: 'spark', ContainerProvider: { Type: 'EKS', Id: { Ref: 'Cluster' } } } } };
const ownRole = (...actions: string[]) => ({ Own: accountRole('default:app', allow(actions)) });
const trusts = (logicalId: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf(logicalId) } });

const OTHER_GROUP = {
  OtherNodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'other', NodeRole: arnOf('OtherNode'), AmiType: 'AL2023_x86_64_STANDARD' } },
  OtherNode: role(TRUSTS_EC2, allow('sns:ListTopics')),
};
const nodeMayAlso = (...actions: string[]) => ({ ...open, NodeRole: role(TRUSTS_EC2, allow(['sqs:ListQueues', ...actions])) });
const mappedNode = (...groups: string[]) =>
  awsAuth({ mapRoles: JSON.stringify([{ rolearn: '${NodeRole.Arn}', username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:bootstrappers', 'system:nodes', ...groups] }]) });
const deployer = { Deployer: accountRole('other:deployer', allow('sqs:ListQueues')), ...entry({ PrincipalArn: arnOf('Deployer') }) };

test.each<[string, object, string]>([
  ['the role of its node, which aws-auth maps to administrators', { ...open, ...mappedNode('system:masters') }, UNKNOWN],
  ['the role of its node, which aws-auth maps to nodes', { ...open, ...mappedNode() }, DENIED],
  ['the role of its node, which has the access entry of nodes', { ...open, ...entry({ PrincipalArn: NODE_ARN, Type: 'EC2_LINUX' }) }, DENIED],
  ['the role of its node, which may give access to the cluster', nodeMayAlso('eks:CreateAccessEntry'), UNKNOWN],
  ['the role of its node, which may run jobs', { ...SPARK, ...nodeMayAlso('emr-containers:StartJobRun') }, UNKNOWN],
  ['the role of its node, which may change associations', nodeMayAlso('eks:UpdatePodIdentityAssociation'), DENIED],
  ['a role that may change associations and run jobs', { ...SPARK, ...ownRole('eks:UpdatePodIdentityAssociation', 'emr-containers:StartJobRun') }, UNKNOWN],
  ['a role that may assume the role of a node and change associations', {
    ...ownRole('eks:UpdatePodIdentityAssociation', 'sts:AssumeRole'), NodeRole: role([TRUSTS_EC2, trusts('Own')], allow('eks:CreateAccessEntry')),
  }, UNKNOWN],
  ['the role of its node, and so a token of a pod whose role has an access entry', { ...open, ...deployer }, UNKNOWN],
])('a pod with %s gets the role of another nodegroup, or not', (_, resources, expected) => {
  const template = clusterTemplate({ ...OTHER_GROUP, ...resources, Objects: objects(account('app', 'Own' in resources ? 'Own' : undefined)) });
  expect(accessTo(template).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide('sns:ListTopics').outcome).toBe(expected);
});
