import { ALLOWED, decide, DENIED, shown, UNKNOWN } from './questions';

const launchTemplate = (HttpEndpoint: string) => ({
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpEndpoint, HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } } },
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } },
  },
});
const ask = (httpEndpoint: string, action: string) => decide(launchTemplate(httpEndpoint), { action, node: 'nodes' });

test('whether nodes without instance metadata get the credentials of their role is unknown', () => {
  const decision = ask('disabled', 'sqs:ListQueues');
  expect(shown(decision)).toBe(UNKNOWN);
  expect(decision.missing).toEqual(['how nodes of nodegroup Nodes get the credentials of their role: the instance metadata is disabled in launch template Template']);
});

test.each([
  ['are allowed what their role is, with instance metadata', 'enabled', 'sqs:ListQueues', ALLOWED],
  ['are denied what their role is denied, without instance metadata', 'disabled', 's3:ListAllMyBuckets', DENIED],
])('nodes %s', (_, httpEndpoint, action, expected) => {
  expect(shown(ask(httpEndpoint, action))).toBe(expected);
});
