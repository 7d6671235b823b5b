import { accessTo, clusterRole, everywhere, role, rule, ruleFor } from './rbac-apps';
import { allow, arnOf } from '../templates';

const BALANCE = 'elasticloadbalancing:CreateLoadBalancer';
const clusterWith = (properties: object, ...statements: object[]) => ({
  Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', RoleArn: arnOf('ClusterRole'), AccessConfig: { AuthenticationMode: 'API' }, ...properties } },
  ClusterRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] },
      Policies: [{ PolicyName: 'eks', PolicyDocument: { Statement: statements.length > 0 ? statements : [allow('elasticloadbalancing:*'), allow('ec2:*')] } }],
    },
  },
});
const AUTO = { ComputeConfig: { Enabled: true } };
const ask = (documents: object[], action: string, cluster: object = clusterWith({}), statements: object[] = [], more: object = {}) =>
  accessTo(documents, statements, { ...cluster, ...more }).pod({ serviceAccountName: 'app' }).decide(action);

test.each<[what: string, documents: object[], action: string, auto: boolean]>([
  ['create Services', clusterRole(rule('', 'services', 'create')), BALANCE, false],
  ['change the Services of a namespace', role('default', rule('', 'services', 'patch')), 'ec2:AuthorizeSecurityGroupIngress', false],
  ['do everything', [everywhere('cluster-admin')], BALANCE, false],
  ['create Ingresses', clusterRole(rule('networking.k8s.io', 'ingresses', 'create')), BALANCE, true],
  ['delete claims', clusterRole(rule('', 'persistentvolumeclaims', 'delete')), 'ec2:DeleteVolume', true],
  ['delete nodes', clusterRole(rule('', 'nodes', 'delete')), 'ec2:TerminateInstances', true],
])('who may %s makes Amazon EKS act with the role of the cluster', (_, documents, action, auto) => {
  const decided = ask(documents, action, clusterWith(auto ? AUTO : {}));
  expect(decided.missing.join()).toContain('what Amazon EKS does with role ClusterRole of the cluster');
  expect(ask(documents, action, clusterWith(auto ? AUTO : {}, allow('s3:GetObject'))).outcome).toBe('DENIED');
  expect(ask(documents, 'ec2:CreateVpc', clusterWith(auto ? AUTO : {})).outcome).toBe('DENIED');
});

test.each<[what: string, documents: object[], action: string]>([
  ['read Services', clusterRole(rule('', 'services', 'get', 'list', 'watch')), BALANCE],
  ['create Services', clusterRole(rule('', 'services', 'create')), 'ec2:DeleteVolume'],
  ['create Ingresses without EKS Auto Mode', clusterRole(rule('networking.k8s.io', 'ingresses', 'create')), BALANCE],
  ['delete claims without EKS Auto Mode', clusterRole(rule('', 'persistentvolumeclaims', 'delete')), 'ec2:DeleteVolume'],
])('who may %s does not', (_, documents, action) => {
  expect(ask(documents, action).outcome).toBe('DENIED');
});

const FARGATE = {
  Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: arnOf('Execution'), Selectors: [{ Namespace: 'jobs' }] } },
  Execution: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'eks-fargate-pods.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      Policies: [{ PolicyName: 'logs', PolicyDocument: { Statement: [allow(['firehose:PutRecordBatch', 'logs:PutLogEvents', 'sqs:SendMessage'])] } }],
    },
  },
};
const LOGGING = role('aws-observability', ruleFor(['aws-logging'], '', 'configmaps', 'patch'));

test.each<[what: string, documents: object[], action: string, more: object, outcome: string]>([
  ['where the logs of pods on AWS Fargate go', LOGGING, 'firehose:PutRecordBatch', FARGATE, 'UNKNOWN'],
  ['the log groups of these', LOGGING, 'logs:PutLogEvents', FARGATE, 'UNKNOWN'],
  ['all that these pods run', [everywhere('cluster-admin')], 'firehose:PutRecordBatch', FARGATE, 'UNKNOWN'],
  ['nothing else', LOGGING, 'sqs:SendMessage', FARGATE, 'DENIED'],
  ['nothing without AWS Fargate', LOGGING, 'firehose:PutRecordBatch', { Execution: FARGATE.Execution }, 'DENIED'],
  ['nothing in another namespace', role('ops', rule('', 'configmaps', 'patch')), 'firehose:PutRecordBatch', FARGATE, 'DENIED'],
  ['nothing by another ConfigMap', role('aws-observability', ruleFor(['other'], '', 'configmaps', 'patch')), 'firehose:PutRecordBatch', FARGATE, 'DENIED'],
])('who may change the settings of logs decides %s', (_, documents, action, more, outcome) => {
  expect(ask(documents, action, clusterWith({}), [], more).outcome).toBe(outcome);
});

test('an administrator of the cluster by an access entry does', () => {
  const Entry = { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Role'), KubernetesGroups: ['ops'] } };
  expect([{ Entry }, {}].map((more) => ask([], BALANCE, clusterWith({}), [], more).outcome)).toEqual(['UNKNOWN', 'DENIED']);
});

const capability = (Type: string) => ({
  Capability: { Type: 'AWS::EKS::Capability', Properties: { ClusterName: { Ref: 'Cluster' }, Type, RoleArn: arnOf('CapabilityRole') } },
  CapabilityRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'capabilities.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] },
      Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [allow('sqs:CreateQueue')] } }],
    },
  },
});

test.each<[what: string, documents: object[], outcome: string]>([
  ['create its objects', clusterRole(rule('sqs.services.k8s.aws', 'queues', 'create')), 'UNKNOWN'],
  ['do everything', [everywhere('cluster-admin')], 'UNKNOWN'],
  ['read its objects', clusterRole(rule('sqs.services.k8s.aws', 'queues', 'get', 'list')), 'DENIED'],
])('who may %s makes a capability act with its role, or not', (_, documents, outcome) => {
  const outcomes = [capability('ACK'), {}].map((more) => ask(documents, 'sqs:CreateQueue', clusterWith({}), [], more).outcome);
  expect(outcomes).toEqual([outcome, 'DENIED']);
});

test('who runs commands in the pods of an account that may create Services does, too', () => {
  const pods = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'deployer', namespace: 'ops' }, spec: { serviceAccountName: 'deployer', containers: [{ name: 'it' }] } };
  const deployer = [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'deployer' }, rules: [rule('', 'services', 'create')] },
    { ...everywhere('deployer', { kind: 'ServiceAccount', name: 'deployer', namespace: 'ops' }), metadata: { name: 'deployer' } },
  ];
  const exec = role('ops', rule('', 'pods/exec', 'create'));
  expect([[pods, ...deployer, ...exec], [pods, ...deployer], [pods, ...exec]].map((documents) => ask(documents, BALANCE).outcome)).toEqual(['UNKNOWN', 'DENIED', 'DENIED']);
});
