import { App, CfnParameter, CfnResource, CfnStack, NestedStack, Stack } from 'aws-cdk-lib';
import { messages, modelOf, modelOfApp, role, shown } from '../models';

const rolesOf = (...args: Parameters<typeof modelOf>) => modelOf(...args).roles;

const TRUST = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] };

test('a role has its ARN, its account, its tags and its place', () => {
  const [reader] = rolesOf({
    Reader: {
      ...role({ RoleName: 'reader', Path: '/pods/', Tags: [{ Key: 'team', Value: 'reports' }] }),
      Metadata: { 'aws:cdk:path': 'Stack/Reader/Resource' },
    },
  });
  expect(shown(reader)).toMatchObject({
    label: 'Reader',
    arn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/pods/reader',
    account: '${AWS::AccountId}',
    tags: { team: 'reports' },
    place: { template: 'stack', logicalId: 'Reader', constructPath: 'Stack/Reader/Resource' },
  });
});

test.each<[string, unknown]>([
  ['an object', TRUST],
  ['a string', JSON.stringify(TRUST)],
  ['a string with values that only the deployment knows', { 'Fn::Sub': JSON.stringify(TRUST).replace('ec2.amazonaws.com', 'ec2.${AWS::URLSuffix}') }],
])('a trust policy can be %s', (_, AssumeRolePolicyDocument) => {
  const [{ trustPolicy }] = rolesOf({ Role: role({ AssumeRolePolicyDocument }) });
  expect(shown(trustPolicy)).toEqual({
    name: 'trust policy',
    place: { template: 'stack', logicalId: 'Role', path: 'Properties.AssumeRolePolicyDocument' },
    document: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: expect.stringMatching(/^ec2\./) } }] },
  });
});

test('the conditions of a trust policy can be those of CfnJson, whose keys have the issuer', () => {
  const [{ trustPolicy }] = rolesOf({
    Cluster: { Type: 'AWS::EKS::Cluster' },
    Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] } } },
    Json: {
      Type: 'Custom::AWSCDKCfnJson',
      Properties: { Value: { 'Fn::Join': ['', ['{"', { 'Fn::Select': [1, { 'Fn::Split': [':oidc-provider/', { Ref: 'Provider' }] }] }, ':aud":"sts.amazonaws.com"}']] } },
    },
    Role: role({ AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Condition: { StringEquals: { 'Fn::GetAtt': ['Json', 'Value'] } } }] } }),
  });
  expect(shown(trustPolicy.document)).toEqual({
    Statement: [{ Effect: 'Allow', Condition: { StringEquals: { '${Cluster.IssuerHost}/id/${Cluster.IssuerId}:aud': 'sts.amazonaws.com' } } }],
  });
});

test.each<[string, unknown, string]>([
  ['not JSON', '{"Statement": [', 'the trust policy cannot be read: it is not JSON at character 16'],
  ['JSON, but not an object', '[]', 'the trust policy cannot be read: it is not a JSON object'],
  ['without Statement', { Version: '2012-10-17' }, 'the trust policy cannot be read: it has no Statement'],
  ['a string without Statement', '{}', 'the trust policy cannot be read: it has no Statement'],
  ['a list', [TRUST], 'the trust policy cannot be read: it is a list'],
  ['missing', undefined, 'the trust policy cannot be read: it has no document'],
])('a trust policy that is %s is unknown, with a finding', (_, AssumeRolePolicyDocument, message) => {
  const model = modelOf({ Role: role({ AssumeRolePolicyDocument }) });
  expect(model.roles[0].trustPolicy).toMatchObject({ unknown: expect.any(String), place: { path: 'Properties.AssumeRolePolicyDocument' } });
  expect(model.roles[0].trustPolicy.document).toBeUndefined();
  expect(messages(model, 'unreadable-policy')).toEqual([message]);
});

test('a trust policy that is a parameter is unknown', () => {
  const model = modelOf({ Role: role({ AssumeRolePolicyDocument: { Ref: 'Trust' } }) }, { Parameters: { Trust: { Type: 'String' } } });
  expect(model.roles[0].trustPolicy.document).toBeUndefined();
  expect(messages(model, 'unreadable-policy')).toEqual([expect.stringContaining('the trust policy cannot be read: it has ${Trust} outside of a string')]);
});

test('properties that are not an object are left out, with a finding', () => {
  const model = modelOf({ Role: { Type: 'AWS::IAM::Role', Properties: ['AssumeRolePolicyDocument'] } });
  expect(model.roles[0].trustPolicy.unknown).toBe('it has no document');
  expect(messages(model, 'unreadable-resource')).toEqual(['the properties of Role are not an object that can be read: they are left out']);
});

test('a role whose condition does not hold is not there', () => {
  expect(rolesOf({ Role: { ...role(), Condition: 'Never' } }, { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } })).toEqual([]);
});

test('a tag whose key is known only at deployment is a finding', () => {
  const model = modelOf({ Role: role({ Tags: [{ Key: { Ref: 'Key' }, Value: 'a' }, { Key: 'b', Value: 'c' }] }) }, { Parameters: { Key: { Type: 'String' } } });
  expect(shown(model.roles[0].tags)).toEqual({ b: 'c' });
  expect(model.roles[0].tags.mayHaveOthers).toBe(true);
  expect(messages(model, 'unreadable-tag')).toEqual(['a tag of Role has a key that is missing or known only at deployment, so it can be any tag']);
});

test('a tag whose key is known only at deployment can be any tag, and replace that of a nested stack', () => {
  const tagsWith = (own: unknown) => {
    const app = new App();
    const stack = new NestedStack(new Stack(app, 'Stack'), 'Nested');
    (stack.nestedStackResource as CfnStack).tags.setTag('team', 'stack');
    new CfnParameter(stack, 'Key');
    new CfnResource(stack, 'Role', { type: 'AWS::IAM::Role', properties: role({ Tags: own }).Properties });
    return shown(modelOfApp(app).roles[0].tags);
  };
  expect(tagsWith([{ Key: 'a', Value: 'b' }])).toEqual({ a: 'b', team: 'stack' });
  expect(tagsWith([{ Key: 'a', Value: 'b' }, { Key: { Ref: 'Key' }, Value: 'c' }])).toEqual({ a: 'b' });
});
