// In other partitions, the name of a service can end in the domain of the partition. eksctl writes `ec2.amazonaws.com.cn` for nodes in China.
import { ALLOWED, decide, DENIED, Question, reader, shown } from './questions';
import { allow, association, podIdentityTrust, role } from '../../templates';

const CHINA = { 'AWS::Region': 'cn-north-1' };
const trusted = (Service: unknown) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const suffixed = (service: string) => ({ 'Fn::Sub': `${service}.\${AWS::URLSuffix}` });
const outcome = (resources: object, question: Question) => shown(decide(resources, question));

test.each<[unknown, Record<string, string | undefined>]>([
  ['ec2.amazonaws.com.cn', CHINA],
  [suffixed('ec2'), CHINA],
  ['ec2.amazonaws.com', CHINA],
  ['ec2.c2s.ic.gov', { 'AWS::Region': 'us-iso-east-1' }],
  [suffixed('ec2'), { 'AWS::Region': undefined }],
])('nodes get a role that trusts %j', (service, parameters) => {
  const NodeRole = role(trusted(service), allow('sqs:ListQueues'));
  expect(outcome({ NodeRole }, { node: 'nodes', action: 'sqs:ListQueues', parameters })).toBe(ALLOWED);
});

test('nodes do not get a role that trusts another service', () => {
  const NodeRole = role(trusted('lambda.amazonaws.com.cn'), allow('sqs:ListQueues'));
  expect(outcome({ NodeRole }, { node: 'nodes', action: 'sqs:ListQueues', parameters: CHINA })).toBe(DENIED);
});

test('pods get a role of EKS Pod Identity', () => {
  const Reader = role({ ...podIdentityTrust(), Principal: { Service: suffixed('pods.eks') } }, allow('s3:*'));
  expect(outcome({ Reader, Association: association('app', 'Reader') }, { action: 's3:ListAllMyBuckets', parameters: { 'AWS::Region': undefined } })).toBe(ALLOWED);
});

describe('a role that pods pass', () => {
  const passing = (to: unknown, condition: object = {}) => ({
    ...reader([allow('iam:PassRole', '*', condition), allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'states:CreateStateMachine', 'states:StartExecution'])]),
    Other: role(trusted(to), allow('s3:*')),
  });
  const passedTo = (service: string) => ({ Condition: { StringEquals: { 'iam:PassedToService': service } } });
  const inChina = { action: 's3:ListAllMyBuckets', parameters: CHINA };

  test.each<[string, object, Question, string]>([
    ['to a service of China', passing('lambda.amazonaws.com.cn'), inChina, 'UNKNOWN, by default DENIED'],
    ['to the service of a Region', passing({ 'Fn::Sub': 'states.${AWS::Region}.amazonaws.com' }), { action: 's3:ListAllMyBuckets' }, 'UNKNOWN, by default DENIED'],
    ['to the service with the domain of the partition', passing('lambda.amazonaws.com', passedTo('lambda.amazonaws.com.cn')), inChina, 'UNKNOWN, by default DENIED'],
    ['to another service', passing('lambda.amazonaws.com', passedTo('ec2.amazonaws.com.cn')), inChina, DENIED],
    ['outside China, to a service there', passing('lambda.amazonaws.com', passedTo('lambda.amazonaws.com.cn')), { action: 's3:ListAllMyBuckets' }, DENIED],
  ])('%s', (_, resources, question, expected) => {
    expect(outcome(resources, question)).toBe(expected);
  });
});
