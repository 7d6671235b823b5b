import { accessTo, ALLOWED, complete, decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { account, allow, clusterTemplate, job, objects } from '../../templates';

const PARAMETERS = { Parameters: { Name: { Type: 'String' }, Closed: { Type: 'String', AllowedPattern: '^[a-z][a-z0-9-]*$' }, Vpc: { Type: 'AWS::EC2::VPC::Id' } } };
const TERMINATE = 'ec2:TerminateInstances';
const RESOURCE = 'arn:aws:ec2:us-west-2:111122223333:instance/i-1';
const context = { 'aws:ResourceTag/kubernetes.io/cluster/prod': ['owned'] };

/** A managed policy that is a text, as Karpenter's template has it: a condition key contains the name of the cluster. */
const managed = (text: string) => ({
  Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { 'Fn::Sub': text } } },
  ...reader([], { ManagedPolicyArns: [{ Ref: 'Policy' }] }),
});
const withKey = (name: string) => managed(JSON.stringify({
  Version: '2012-10-17',
  Statement: [allow(TERMINATE, 'arn:aws:ec2:${AWS::Region}:*:instance/*', { Condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${name}`]: 'owned' } } })],
}));
const queue = (more: object = {}) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': '${Name}' } }, ...more } });

describe('a policy that is a text', () => {
  test.each(complete([
    ['may contain anything if a parameter can have quotes', withKey('${Name}'), UNKNOWN],
    ['is read if the parameter is a part of the name of a resource', { ...withKey('${Name}'), ...queue() }, DENIED, { action: 'sqs:SendMessage' }],
    ['may contain anything if the parameter is a part of the name of a resource that has a condition', { ...withKey('${Name}'), ...queue({ Condition: 'C' }) }, UNKNOWN],
    ['is read if the parameter is assumed', withKey('${Name}'), ALLOWED, { parameters: { Name: 'prod' } }],
    ['is read if the parameter has a pattern', withKey('${Closed}'), ALLOWED, { parameters: { Closed: 'prod' } }],
    ['is read if the parameter has a pattern, but its value is unknown', withKey('${Closed}'), UNKNOWN],
    ['is read if the parameter has a type that AWS checks', withKey('${Vpc}'), DENIED, { action: 'sqs:ListQueues' }],
    ['is read with attributes that AWS generates', { ...withKey('${Vpc2.CidrBlock}'), Vpc2: { Type: 'AWS::EC2::VPC' } }, DENIED, { action: 'sqs:ListQueues' }],
    ['may contain anything with other attributes', { ...withKey('${Other.Id}'), Other: { Type: 'My::Custom::Resource' } }, UNKNOWN, { action: 'sqs:ListQueues' }],
  ]))('%s', (_, resources, expected, question) => {
    const asked = question.action ? {} : { resource: RESOURCE, context };
    const sections = { ...PARAMETERS, Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
    expect(shown(decide(resources, { action: TERMINATE, ...asked, ...question }, sections))).toBe(expected);
  });

  test('says which value to assume', () => {
    const decision = decide(withKey('${Name}'), { action: TERMINATE, resource: RESOURCE }, PARAMETERS);
    expect(`${decision}`).toContain("to state its value, assume parameters: { Name: '…' }");
    const other = { ...withKey('${Other.Id}'), Other: { Type: 'My::Custom::Resource' } };
    expect(`${decide(other, { action: TERMINATE, resource: RESOURCE })}`).toContain("to state its value, assume attributes: { 'Other.Id': '…' }");
  });
});

test('Kubernetes objects with the CIDR block of a VPC are read', () => {
  const env = { containers: [{ name: 'app', env: [{ name: 'CIDR', value: '${Vpc.CidrBlock}' }] }] };
  const resources = { ...reader([allow('sqs:ListQueues')]), Vpc: { Type: 'AWS::EC2::VPC' }, Objects: objects(account('app', 'Reader'), job('app', 'app', env)) };
  expect(accessTo(clusterTemplate(resources)).findings.map(({ id }) => id)).not.toContain('unreadable-object');
  expect(shown(decide(resources, { action: 'sqs:SendMessage' }))).toBe(DENIED);
  expect(shown(decide(resources, { action: 'sqs:ListQueues' }))).toBe(ALLOWED);
});
