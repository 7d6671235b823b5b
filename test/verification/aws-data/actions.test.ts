import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { actingNames, actionNames, arnFormats, knownAction, takesNoResource } from '../../../lib/verification/private/aws-data/actions';
import { ACTIONS } from '../../../lib/verification/private/aws-data/actions.generated';

const MODULE = '../../../lib/verification/private/aws-data/actions';
const generated = readFileSync(join(__dirname, `${MODULE}.generated.ts`), 'utf8');

test.each(['s3:GetObject', 'S3:getobject', 'eks-auth:AssumeRoleForPodIdentity', 'sts:AssumeRoleWithWebIdentity'])('%s is known', (action) => {
  expect(knownAction(action)).toBe(true);
});

test.each(['s3:NoSuchAction', 'nosuchservice:GetObject', 's3:Get*', 's3:', 's3', '*', '', 'constructor'])('%j is not known', (action) => {
  expect(knownAction(action)).toBe(false);
});

test.each(['s3:ListAllMyBuckets', 's3:listallmybuckets', 'sts:GetCallerIdentity', 'ecr:GetAuthorizationToken'])('%s takes no resource', (action) => {
  expect(takesNoResource(action)).toBe(true);
});

test.each(['s3:ListBucket', 's3:GetObject', 'sqs:SendMessage'])('%s takes a resource', (action) => {
  expect(takesNoResource(action)).toBe(false);
});

test('an unknown action may take a resource', () => {
  expect(takesNoResource('s3:NoSuchAction')).toBe(false);
});

test.each<[string, string[] | undefined]>([
  ['s3:ListAllMyBuckets', []],
  ['s3:CreateBucket', ['arn:${Partition}:s3:::${BucketName}']],
  ['s3:GetObject', [
    'arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}/object/${ObjectName}',
    'arn:${Partition}:s3:::${BucketName}/${ObjectName}',
  ]],
  ['SQS:SENDMESSAGE', ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName}']],
  ['s3:NoSuchAction', undefined],
])('the ARN formats of the resources of %s are %j', (action, formats) => {
  expect(arnFormats(action)).toEqual(formats);
});

test('an action that two APIs have, and the data has of one only, is about the resources of both', () => {
  const types = ['loadbalancer/${LoadBalancerName}', 'loadbalancer/app/${LoadBalancerName}/${LoadBalancerId}', 'targetgroup/${TargetGroupName}/${TargetGroupId}'];
  expect(arnFormats('elasticloadbalancing:AddTags')).toEqual(expect.arrayContaining(types.map((type) => `arn:\${Partition}:elasticloadbalancing:\${Region}:\${Account}:${type}`)));
  expect(takesNoResource('sms-voice:DeleteConfigurationSet')).toBe(false);
});

test('a resource type with two formats has both', () => {
  expect(arnFormats('lex:CreateBotChannel')).toEqual([
    'arn:${Partition}:lex:${Region}:${Account}:bot/${BotId}',
    'arn:${Partition}:lex:${Region}:${Account}:bot:${BotName}',
  ]);
});

test('the names are as AWS documents them, and each is there once', () => {
  const names = actionNames();
  expect(names).toEqual(expect.arrayContaining(['s3:GetObject', 'eks:DescribeCluster']));
  expect(names.filter((name) => !/^[a-z0-9-]+:[A-Za-z0-9-]+$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test('requests that act write something or change permissions, and others read, list or tag', () => {
  const names = actingNames();
  expect(names).toEqual(expect.arrayContaining(['iot:Publish', 's3:PutBucketPolicy', 'sts:AssumeRole', 'bedrock-mantle:CreateInference']));
  const others = ['s3:GetObject', 's3:ListBucket', 'sqs:TagQueue', 'billing:GetResourcePolicy', 'iot:ListSubscriptions'];
  expect(names.filter((name) => others.includes(name))).toEqual([]);
  expect(others.every(knownAction)).toBe(true);
});

test('each ARN format is that of one ARN', () => {
  const formats = new Set(actionNames().flatMap((name) => arnFormats(name)!));
  expect([...formats].filter((format) => !/^arn:\$\{Partition\}:[^\s,]+$/.test(format))).toEqual([]);
});

test('the notice names the number of actions, the package and the date', () => {
  const { source, date } = ACTIONS;
  expect(generated).toContain(` * Contains ${actionNames().length} actions from ${source}, as of ${date}, under this licence, MIT:\n`);
});

test('the data is loaded when the first action is asked for, and once', () => {
  jest.isolateModules(() => {
    const load = jest.fn(() => ({ ACTIONS }));
    jest.doMock(`${MODULE}.generated`, load);
    const decompress = jest.fn(zlib.brotliDecompressSync);
    jest.doMock('node:zlib', () => ({ ...zlib, brotliDecompressSync: decompress }));
    const loaded = jest.requireActual<{ knownAction: typeof knownAction; takesNoResource: typeof takesNoResource }>(MODULE);
    expect(load).not.toHaveBeenCalled();
    loaded.knownAction('s3:GetObject');
    loaded.takesNoResource('s3:NoSuchAction');
    expect(load).toHaveBeenCalledTimes(1);
    expect(decompress).toHaveBeenCalledTimes(1);
  });
});
