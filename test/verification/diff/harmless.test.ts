import { accessAfter, Change, object } from './app';
import { gainedBy, lines } from './differences';
import { AccessDiff } from '../../../lib/verification/access-diff';

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const ROOT = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };
const allow = (Principal: unknown, Action: string, more: object = {}) => ({ Effect: 'Allow', Principal, Action, Resource: '*', ...more });
const ofService = (service: string, action: string, more: object = {}) => allow({ Service: `${service}.amazonaws.com` }, action, more);
const FROM = { Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'Topic' } } } };

const key = (...statements: object[]): Change => (resources) => resources.Key = {
  Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(allow({ AWS: ROOT }, 'kms:*'), ...statements) },
};
const queue = (...statements: object[]): Change => (resources) => {
  resources.Queue = { Type: 'AWS::SQS::Queue', Properties: {} };
  resources.QueuePolicy = { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: document(...statements) } };
};
const bucketPolicy = (...statements: object[]): Change => (resources) => resources.ReportsPolicy = {
  Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Reports' }, PolicyDocument: document(...statements) },
};
const invoke = (Principal: unknown): Change => (resources) => {
  resources.Function = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', Code: {}, Role: { 'Fn::GetAtt': ['NodeRole', 'Arn'] } } };
  resources.Permission = { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Function' }, Principal } };
};

/** Broader only by the function itself, if at all. */
const grants = (change: Change) => lines(gainedBy(change)).filter((line) => line.includes('policy of'));

describe('grants to services only are not broader', () => {
  test.each<[string, Change]>([
    ['a new key', key()],
    ['a new key with the partition of most Regions', (resources) => resources.Key = {
      Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(allow({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, 'kms:*')) },
    }],
    ['a new key for the logs', key(ofService('logs', 'kms:Decrypt'))],
    ['a queue for notifications', queue(ofService('sns', 'sqs:SendMessage', FROM))],
    ['a queue for notifications, without conditions', queue(ofService('sns', 'sqs:SendMessage'))],
    ['a bucket for a distribution', bucketPolicy(ofService('cloudfront', 's3:GetObject'))],
    ['a function for notifications of a bucket', invoke('s3.amazonaws.com')],
    ['logs of DNS queries', (resources) => resources.Logs = {
      Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyName: 'dns', PolicyDocument: JSON.stringify(document(ofService('route53', 'logs:PutLogEvents'))) },
    }],
  ])('%s', (_, change) => {
    expect(grants(change)).toEqual([]);
  });

  test.each<[string, Change, string]>([
    ['everyone', queue(allow('*', 'sqs:SendMessage', FROM)), 'policy of AWS::SQS::Queue Queue: allows AWS * to sqs:SendMessage, if ArnEquals aws:SourceArn = ${Ref}'],
    ['an account and a service', queue(allow({ Service: 'sns.amazonaws.com', AWS: '111122223333' }, 'sqs:SendMessage')),
      'policy of AWS::SQS::Queue Queue: allows AWS 111122223333 to sqs:SendMessage'],
    ['all but a service', queue({ Effect: 'Allow', NotPrincipal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:*', Resource: '*' }),
      'policy of AWS::SQS::Queue Queue: allows everything except Service sns.amazonaws.com to sqs:*'],
    ['another account, of a new key', key(allow({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:Decrypt')),
      'policy of AWS::KMS::Key Key: allows AWS arn:aws:iam::111122223333:root to kms:Decrypt'],
    ['a role, of a new key', key(allow({ AWS: { 'Fn::GetAtt': ['NodeRole', 'Arn'] } }, 'kms:Decrypt')),
      'policy of AWS::KMS::Key Key: allows AWS arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${NodeRole} to kms:Decrypt'],
    ['another account, by a permission', invoke('111122223333'),
      'policy of AWS::Lambda::Function Function: allows AWS 111122223333 to lambda:InvokeFunction on '
      + 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:f'],
  ])('a grant to %s is broader', (_, change, what) => {
    expect(grants(change)).toEqual([`GAINED ${what}`]);
    expect(gainedBy(change).broadens).toBe(true);
  });

  test('a key that passes its permissions on to policies of its account now is broader', () => {
    const own: Change = (resources) => resources.Key = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(allow({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:*')) } };
    expect(AccessDiff.between(accessAfter(own), accessAfter(key())).broadens).toBe(true);
  });
});

test('a service that a trust policy admits besides an account is broader', () => {
  const shared = (...services: string[]): Change => (resources) => resources.Shared = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111122223333', ...(services.length > 0 && { Service: services }) } }),
    },
  };
  const diff = AccessDiff.between(accessAfter(shared()), accessAfter(shared('lambda.amazonaws.com')));
  expect(lines(diff)).toEqual(['GAINED trust policy of role Shared: allows Service lambda.amazonaws.com to sts:AssumeRole']);
});

describe('a second nodegroup', () => {
  const second = (policy?: object, launchTemplate = 'LaunchTemplate', more: Change = () => {}): Change => (resources, template) => {
    resources.Nodes2 = structuredClone(resources.Nodes);
    resources.Nodes2.Properties.LaunchTemplate = { Id: { Ref: launchTemplate }, Version: { 'Fn::GetAtt': [launchTemplate, 'LatestVersionNumber'] } };
    if (policy) {
      resources.NodeRole2 = structuredClone(resources.NodeRole);
      Object.assign(resources.NodeRole2.Properties.Policies[0].PolicyDocument.Statement, policy);
      resources.Nodes2.Properties.NodeRole = { 'Fn::GetAtt': ['NodeRole2', 'Arn'] };
    }
    more(resources, template);
  };

  test.each<[string, Change]>([
    ['with the role of another one', second()],
    ['with a role of its own that allows the same', second({})],
  ])('of the cluster %s is not broader', (_, change) => {
    expect(lines(gainedBy(change))).toEqual([]);
  });

  test.each<[string, Change]>([
    ['more', second({ Action: 'ecr:*' })],
    ['less', second({ Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/a' })],
  ])('with a role that allows %s is broader, because it is new', (_, change) => {
    expect(lines(gainedBy(change))).toContain('GAINED nodes of nodegroup Nodes2: gets credentials of role NodeRole2 (node role)');
    expect(gainedBy(change).broadens).toBe(true);
  });

  test('of which pods reach the instance metadata is broader', () => {
    const change = second(undefined, 'Open', (resources) => {
      resources.Open = structuredClone(resources.LaunchTemplate);
      resources.Open.Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit = 2;
    });
    expect(gainedBy(change).broadens).toBe(true);
  });

  test('of another cluster is broader', () => {
    expect(gainedBy(second(undefined, undefined, (resources) => {
      resources.Cluster2 = { Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } };
      resources.Nodes2.Properties.ClusterName = { Ref: 'Cluster2' };
    })).broadens).toBe(true);
  });
});

test('the end of a workload that gets less than others of its account is not broader', () => {
  const pod = (name: string, more = {}) => object('Pod', name, { spec: { serviceAccountName: 'idle', ...more } });
  const having = (...pods: string[]) => accessAfter(({ Pods }) => Pods.Properties.Objects = [object('ServiceAccount', 'idle', {}), ...pods]);
  const onNetworkOfNode = pod('agent', { hostNetwork: true });
  expect(AccessDiff.between(having(onNetworkOfNode, pod('idle')), having(onNetworkOfNode)).changes).toEqual([]);
});
