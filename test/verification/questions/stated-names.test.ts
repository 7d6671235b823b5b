import { verification } from '../../../lib';
import { allow, clusterTemplate, role } from '../templates';

const { PodAccess } = verification;
const READ = 's3:GetObject';

/** A role that reads the bucket of a parameter, and objects below an attribute of a resource. */
const template = () => clusterTemplate({
  Bucket: { Type: 'Custom::Bucket', Properties: { ServiceToken: 'arn:aws:sns:eu-west-1:111122223333:t' } },
  Reader: role(
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    allow(READ, { 'Fn::Sub': 'arn:aws:s3:::${Stage}/*' }), allow(READ, { 'Fn::GetAtt': ['Bucket', 'Arn'] }),
  ),
}, { Parameters: { Stage: { Type: 'String' } } }).stack;

const access = PodAccess.fromTemplates({ Dev: template(), Prod: template() });
const roles = (stated: verification.AccessAssumptions) => {
  const known = access.assume({ noOtherCredentials: true, resourcesWithoutPolicy: ['*'], unreadPartsChangeNothing: true, ...stated });
  const outcomes = (name: string, resource: string) => known.roleNamed(name).decide(READ, { resource }).outcome;
  return (resource: string) => ['Dev', 'Prod'].map((stage) => outcomes(`${stage}/Reader`, resource));
};

test('a value can be stated for one of several templates that have the name', () => {
  expect(roles({ parameters: { 'Dev/Stage': 'dev', 'Prod/Stage': 'prod' }, attributes: { 'Dev/Bucket.Arn': 'arn:aws:s3:::d', 'Prod/Bucket.Arn': 'arn:aws:s3:::p' } })('arn:aws:s3:::dev/x'))
    .toEqual(['ALLOWED', 'DENIED']);
  expect(roles({ parameters: { Stage: 'dev' }, attributes: { 'Dev/Bucket.Arn': 'arn:aws:s3:::d/x', 'Prod/Bucket.Arn': 'arn:aws:s3:::p/x' } })('arn:aws:s3:::p/x'))
    .toEqual(['DENIED', 'ALLOWED']);
});

test('a parameter is stated for all templates that have it, unless one has a value of its own', () => {
  const attributes = { 'Dev/Bucket.Arn': 'arn:aws:s3:::d', 'Prod/Bucket.Arn': 'arn:aws:s3:::p' };
  expect(roles({ parameters: { Stage: 'test' }, attributes })('arn:aws:s3:::test/x')).toEqual(['ALLOWED', 'ALLOWED']);
  expect(roles({ parameters: { 'Stage': 'test', 'Prod/Stage': 'prod' }, attributes })('arn:aws:s3:::test/x')).toEqual(['ALLOWED', 'DENIED']);
});

test('an attribute that several templates have must be stated for one of them', () => {
  expect(() => access.assume({ attributes: { 'Bucket.Arn': 'arn:aws:s3:::d' } })).toThrow('attributes has Bucket.Arn, but several templates have Bucket, each of its own: '
    + 'state it for Dev/Bucket.Arn, Prod/Bucket.Arn');
});

test.each<[string, verification.AccessAssumptions, string]>([
  ['a parameter', { parameters: { 'Dev/Stages': 'x' } }, 'assume names the parameter Stages, which is not in Dev: the templates have Stage'],
  ['a resource', { attributes: { 'Dev/Buckets.Arn': 'x' } }, 'assume names the resource Buckets, which is not in Dev: the templates have Bucket'],
  ['no attribute', { attributes: { 'Dev/Bucket': 'x' } }, 'attributes has Dev/Bucket, but must have names of a logical ID and an attribute'],
  ['a value that the template does not allow', { parameters: { 'Dev/AWS::Region': 'eu-west-1' } }, 'assume names the parameter AWS::Region, which is not in Dev'],
])('%s that the template does not have is an error', (_, stated, message) => {
  expect(() => access.assume(stated)).toThrow(message);
});

test('a policy text that depends on an attribute names it in the form that can be stated', () => {
  const policy = JSON.stringify({ Statement: [allow(READ, 'arn:aws:s3:::${Bucket.Arn}')] });
  const withText = () => {
    const { Resources: { Reader, ...others }, ...sections } = template();
    const Policies = [{ PolicyName: 'text', PolicyDocument: { 'Fn::Sub': policy } }];
    return { ...sections, Resources: { ...others, Reader: { ...Reader, Properties: { ...Reader.Properties, Policies } } } };
  };
  const decision = PodAccess.fromTemplates({ Dev: withText(), Prod: withText() }).roleNamed('Dev/Reader').decide(READ, { resource: 'arn:aws:s3:::y/x' });
  expect(`${decision}`).toContain("to state its value, assume attributes: { 'Dev/Bucket.Arn': '…' }");
});

test('a nested stack has a name of its own, which starts with that of its parent', () => {
  const stack = template();
  const nested = (id: string) => ({ ...stack, Parameters: {}, Resources: { Bucket: stack.Resources.Bucket, [id]: { Type: 'AWS::SNS::Topic' } } });
  const both = PodAccess.fromTemplates({ 'A': stack, 'A/B': nested('Topic') });
  expect(() => both.assume({ attributes: { 'Bucket.Arn': 'arn:aws:s3:::a' } })).toThrow('state it for A/Bucket.Arn, A/B/Bucket.Arn');
  expect(() => both.assume({ attributes: { 'A/Bucket.Arn': 'arn:aws:s3:::a', 'A/B/Bucket.Arn': 'arn:aws:s3:::b' } })).not.toThrow();
});

test('the error about the issuer of a cluster of two stages names one of them', () => {
  const cluster = (name: string) => ({ Resources: { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: name } } } });
  const stages = PodAccess.fromTemplates({ Dev: cluster('dev'), Prod: cluster('prod') });
  expect(() => stages.assume({ clusterIssuers: { prod: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE' } }))
    .toThrow("state it with attributes: { 'Prod/Cluster.OpenIdConnectIssuerUrl': 'https://oidc.eks…' }");
});
