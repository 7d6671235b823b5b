import { verification } from '../../../lib';
import { write } from '../../files';
import { allow, arnOf, clusterTemplate, role } from '../templates';

const { PodAccess, AccessDiff } = verification;
const ENVIRONMENT = 'aws://111122223333/eu-west-1';
const EC2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const LAMBDA = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const PUBLISH = 'sns:Publish';
const TOPIC = (name: string) => `arn:aws:sns:eu-west-1:111122223333:${name}`;

/** A nested stack, made of one template with others. */
const nested = (topic: string) => ({
  Type: 'AWS::CloudFormation::Stack',
  Metadata: { 'aws:asset:path': 'nested.json', 'aws:asset:property': 'TemplateURL' },
  Properties: { Parameters: { Topic: topic } },
});

const TEMPLATE = {
  Parameters: { Topic: { Type: 'String' } },
  Resources: {
    More: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'prod', NodeRole: arnOf('MoreRole'), AmiType: 'AL2023_x86_64_STANDARD' } },
    MoreRole: role(EC2, allow(PUBLISH, { Ref: 'Topic' })),
    Function: role(LAMBDA, allow(PUBLISH, { Ref: 'Topic' })),
  },
};

/** An app with nested stacks that are made of one template. */
function read(stacks: { [logicalId: string]: string }) {
  const outer = clusterTemplate(Object.fromEntries(Object.entries(stacks).map(([logicalId, topic]) => [logicalId, nested(topic)]))).stack;
  return PodAccess.fromAssembly(write({
    'manifest.json': { version: '36.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', environment: ENVIRONMENT, properties: { templateFile: 'App.json' } } } },
    'App.json': outer,
    'nested.json': TEMPLATE,
  })).assume({ resourcesWithoutPolicy: ['arn:aws:sns:*'] });
}

describe('two nested stacks that are made of one template', () => {
  const access = read({ First: TOPIC('first'), Second: TOPIC('second') });
  const outcomes = (name: string) => ['first', 'second'].map((topic) => access.nodegroup({ nodegroupName: name }).decide(PUBLISH, { resource: TOPIC(topic) }).outcome);

  test('have nodes of their own', () => {
    const rows = access.principals.filter(({ name }) => name === 'nodes of nodegroup More');
    expect(rows.map((nodes) => nodes.decide(PUBLISH, { resource: TOPIC('first') }).outcome)).toEqual(['ALLOWED', 'DENIED']);
    expect(rows.map((nodes) => nodes.decide(PUBLISH, { resource: TOPIC('second') }).outcome)).toEqual(['DENIED', 'ALLOWED']);
  });

  test('have trust policies of their own', () => {
    expect(access.trustPolicies.filter((trust) => trust.role === 'Function').map(({ place }) => place)).toEqual([
      { template: 'nested.json', nestedStack: 'App.json/First', logicalId: 'Function', path: 'Properties.AssumeRolePolicyDocument' },
      { template: 'nested.json', nestedStack: 'App.json/Second', logicalId: 'Function', path: 'Properties.AssumeRolePolicyDocument' },
    ]);
  });

  test('are named where a question is about one of them', () => {
    expect(() => access.nodegroup({ nodegroupName: 'More' })).toThrow('More names several nodegroups: pass one of App.json/First/More, App.json/Second/More');
    expect(outcomes('App.json/First/More')).toEqual(['ALLOWED', 'DENIED']);
    expect(outcomes('App.json/Second/More')).toEqual(['DENIED', 'ALLOWED']);
    expect(access.roleNamed('App.json/Second/Function').decide(PUBLISH, { resource: TOPIC('second') }).toString()).toContain('at App.json/Second: Function.Properties.Policies[0]');
  });

  test.each(['first', 'second'])('are all asked who else may publish to the topic %s', (topic) => {
    const nodes = access.nodegroup({ nodegroupName: topic === 'first' ? 'App.json/First/More' : 'App.json/Second/More' });
    expect(() => access.assertOnly(PUBLISH, { principals: [nodes], resource: TOPIC(topic) })).toThrow('sessions of role Function');
    expect(() => access.assertOnly(PUBLISH, { principals: [], resource: TOPIC(topic) })).toThrow('nodes of nodegroup More');
  });

  test('are compared apart', () => {
    const { changes } = AccessDiff.between(read({ First: TOPIC('first'), Second: TOPIC('second') }), read({ First: TOPIC('first'), Second: TOPIC('first') }));
    const gained = changes.filter(({ kind, affected }) => kind === 'GAINED' && affected.includes('nodes of nodegroup More'));
    expect(gained).toEqual([expect.objectContaining({ what: expect.stringContaining(TOPIC('first')) })]);
  });
});

/** An app with nested stacks that are made of another template. */
function readWith(template: object, nestedStacks: { [logicalId: string]: object }, more: object = {}) {
  const stacks = Object.fromEntries(Object.entries(nestedStacks).map(([logicalId, Parameters]) => [logicalId, { ...nested(''), Properties: { Parameters } }]));
  return PodAccess.fromAssembly(write({
    'manifest.json': { version: '36.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', environment: ENVIRONMENT, properties: { templateFile: 'App.json' } } } },
    'App.json': clusterTemplate({ ...more, ...stacks }).stack,
    'nested.json': template,
  }));
}

test('the policy of a secret with a key is that of the secret of its own nested stack', () => {
  const template = {
    Parameters: { Key: { Type: 'String' }, Reader: { Type: 'String' } },
    Resources: {
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { Ref: 'Key' } } },
      Policy: {
        Type: 'AWS::SecretsManager::ResourcePolicy',
        Properties: {
          SecretId: { Ref: 'Secret' },
          ResourcePolicy: { Version: '2012-10-17', Statement: [{ ...allow('secretsmanager:GetSecretValue'), Principal: { AWS: { Ref: 'Reader' } } }] },
        },
      },
    },
  };
  const outcomes = (first: string, second: string) => {
    const [First, Second] = [first, second].map((logicalId) => ({ Key: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] }, Reader: arnOf(logicalId) }));
    const access = readWith(template, { First, Second }, {
      Reader: role(LAMBDA),
      Other: role(LAMBDA),
      User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow('sqs:ListQueues')] } }] } },
      Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
    });
    return ['Reader', 'NodeRole'].map((name) => access.roleNamed(name).decide('sqs:ListQueues').outcome);
  };
  expect(outcomes('Reader', 'Other')).toEqual(['UNKNOWN', 'ALLOWED']);
  expect(outcomes('Other', 'Reader')).toEqual(['UNKNOWN', 'ALLOWED']);
  expect(outcomes('Other', 'Other')).toEqual(['DENIED', 'ALLOWED']);
});

test('what is not read in another nested stack has a line of its own', () => {
  const template = {
    Parameters: { Policy: { Type: 'String' } },
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { ...role(LAMBDA).Properties, ManagedPolicyArns: [{ Ref: 'Policy' }] } } },
  };
  const linesOf = (first: string, second: string) => readWith(template, { First: { Policy: first }, Second: { Policy: second } })._internal.lines
    .filter((line) => line.startsWith('templates: unknown-managed-policy'));
  const [KNOWN, UNKNOWN] = ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::111122223333:policy/other'];
  expect(linesOf(UNKNOWN, KNOWN)).toHaveLength(1);
  expect(linesOf(UNKNOWN, UNKNOWN)).toHaveLength(2);
});

test('a nested stack whose parameters a macro adds has a finding, also if nothing in it needs them', () => {
  const outer = clusterTemplate({ Nested: { ...nested(''), Properties: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/x.json' } } } } }).stack;
  const { findings } = PodAccess.fromAssembly(write({
    'manifest.json': { version: '36.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', environment: ENVIRONMENT, properties: { templateFile: 'App.json' } } } },
    'App.json': outer,
    'nested.json': { Resources: {} },
  }));
  expect(findings.filter(({ id }) => id === 'unreadable-resource').map(({ place }) => place?.logicalId)).toEqual(['Nested']);
});
