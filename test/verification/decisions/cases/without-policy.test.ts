import { ACCOUNT, ALLOWED, complete, decide, DENIED, Question, reader, REGION, shown, UNKNOWN } from './questions';
import { allow, arnOf, deny } from '../../templates';

const at = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
const PUT = { action: 'kinesis:PutRecord', resource: at('kinesis', 'stream/s') };
const stream = (more: object = {}) => ({ Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 's', ...more } } });
const workspace = { Workspace: { Type: 'AWS::APS::Workspace', Properties: {} } };
const ofRoot = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'kms:*', Resource: '*' }] };
const replica = { Replica: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/mrk-1`, KeyPolicy: ofRoot } } };
const DECRYPT = { action: 'kms:Decrypt', resource: at('kms', 'key/mrk-1') };
const encrypted = { Key: { Type: 'AWS::KMS::Key', Properties: { KeyId: 'k' } }, ...stream({ StreamEncryption: { EncryptionType: 'KMS', KeyId: arnOf('Key') } }) };

test.each(complete([
  ['of a stream is none', { ...reader([allow('kinesis:PutRecord')]), ...stream() }, ALLOWED, PUT],
  ['of a stream is none, so that only the role can be allowed', { ...reader(), ...stream() }, DENIED, PUT],
  ['of a stream is not read', { ...reader(), ...stream(), P: { Type: 'AWS::Kinesis::ResourcePolicy', Properties: { ResourceArn: arnOf('Stream'), ResourcePolicy: POLICY } } }, UNKNOWN, PUT],
  ['of a workspace is none', { ...reader([allow('aps:RemoteWrite', arnOf('Workspace'))]), ...workspace }, ALLOWED, { action: 'aps:RemoteWrite' }],
  ['of a workspace is not read', { ...reader(), ...workspace, P: { Type: 'AWS::APS::ResourcePolicy', Properties: { WorkspaceArn: arnOf('Workspace'), PolicyDocument: '{}' } } }, UNKNOWN, { action: 'aps:RemoteWrite' }],
  ['of a replica key lets the account decide', { ...reader([allow('kms:Decrypt')]), ...replica }, ALLOWED, DECRYPT],
  ['of a replica key denies what the role does not allow', { ...reader(), ...replica }, DENIED, DECRYPT],
]))('the policy %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, question as Question))).toBe(expected);
});

test.each([['kinesis:PutRecord', 'kms:GenerateDataKey'], ['kinesis:GetRecords', 'kms:Decrypt']])('%s on a stream with a key needs %s', (action, needed) => {
  expect(decide({ ...reader([allow(action)]), ...encrypted }, { ...PUT, action }).outcome).toBe(UNKNOWN);
  expect(decide({ ...reader([allow([action, needed])]), ...encrypted }, { ...PUT, action }).outcome).toBe(ALLOWED);
});

const ANY_INSTANCE = 'arn:aws:ec2:*:*:instance/*';

test.each(complete([
  ['that have no policy', reader([allow('ec2:StartInstances', ANY_INSTANCE)]), ALLOWED],
  ['of a type without policies, besides types that have some', reader([allow('ec2:CreateTags', 'arn:aws:ec2:*:*:network-interface/*')]), ALLOWED, { action: 'ec2:CreateTags' }],
  ['of a type without policies, in its own account', reader([allow('ec2:CreateTags', `arn:aws:ec2:*:${ACCOUNT}:network-interface/*`)]), ALLOWED, { action: 'ec2:CreateTags' }],
  ['of a type that can have policies', reader([allow('ec2:CreateTags', 'arn:aws:ec2:*:*:placement-group/*')]), UNKNOWN, { action: 'ec2:CreateTags' }],
  ['that have no policy, but those of its own account are denied', reader([allow('ec2:StartInstances', ANY_INSTANCE), deny('ec2:StartInstances', at('ec2', 'instance/*'))]), UNKNOWN],
  ['that have no policy, for something else', reader([allow('ec2:StopInstances', ANY_INSTANCE)]), DENIED],
  ['that can have a policy', reader([allow('sqs:SendMessage', 'arn:aws:sqs:*:*:jobs')]), UNKNOWN, { action: 'sqs:SendMessage' }],
]))('a role that names all resources %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: 'ec2:StartInstances', ...question }))).toBe(expected);
});
