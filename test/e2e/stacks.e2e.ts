import { changeStack, stackState } from './change-sets';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
});
afterAll(() => aws?.stop());

const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'mine' } };
/** A resource that the local AWS can create but not delete. */
const STUCK = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'stuck' }, DependsOn: 'Bucket' };
/** A resource that it cannot create. */
const UNKNOWN = { Type: 'AWS::Nobody::Knows', DependsOn: 'Stuck' };

const change = (stack: string, type: 'CREATE' | 'UPDATE', Resources: object, name?: string) => changeStack(aws, stack, { Resources }, { type, name });

const buckets = async () => (await aws.ask('s3api', 'list-buckets')).Buckets.map(({ Name }: any) => Name);
const STUCK_STAYS = 'DELETE_FAILED Stuck: the local AWS cannot delete AWS::SNS::Topic';

test('a creation that fails is rolled back', async () => {
  expect(await change('undone', 'CREATE', { Bucket: BUCKET, Stuck: { ...UNKNOWN, DependsOn: 'Bucket' } })).toEqual({
    status: 'ROLLBACK_COMPLETE', failures: ['CREATE_FAILED Stuck: the local AWS cannot make AWS::Nobody::Knows'],
  });
  expect(await buckets()).toEqual([]);
});

test('a rollback that fails for one resource continues with the others, and the stack status shows it', async () => {
  expect(await change('half-undone', 'CREATE', { Bucket: BUCKET, Stuck: STUCK, Unknown: UNKNOWN })).toEqual({
    status: 'ROLLBACK_FAILED', failures: ['CREATE_FAILED Unknown: the local AWS cannot make AWS::Nobody::Knows', STUCK_STAYS],
  });
  expect(await buckets()).toEqual([]);
});

test('an update whose clean-up fails succeeds, and the events show what is left', async () => {
  expect(await change('updated', 'CREATE', { Bucket: BUCKET, Stuck: STUCK })).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await change('updated', 'UPDATE', { Bucket: BUCKET })).toEqual({ status: 'UPDATE_COMPLETE', failures: [STUCK_STAYS] });
  expect(await buckets()).toEqual(['mine']);
});

test('a resource with a retention policy stays when it is removed from its stack, and when the stack is deleted', async () => {
  const kept = (name: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: name }, DeletionPolicy: 'Retain' });
  await change('retaining', 'CREATE', { First: kept('first'), Second: kept('second') });
  await change('retaining', 'UPDATE', { Second: kept('second') });
  await aws.ask('cloudformation', 'delete-stack', '--stack-name', 'retaining');
  expect(await buckets()).toEqual(expect.arrayContaining(['first', 'second']));
});

test('a stack that cannot be deleted stays, and the events show why', async () => {
  await change('lasting', 'CREATE', { Bucket: { ...BUCKET, Properties: { BucketName: 'lasting' } }, Stuck: STUCK });
  await aws.ask('cloudformation', 'delete-stack', '--stack-name', 'lasting');
  expect(await stackState(aws, 'lasting')).toEqual({ status: 'DELETE_FAILED', failures: [STUCK_STAYS] });
});

describe('a role', () => {
  const role = (queue: string, more: object = {}) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'worker',
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${queue}.amazonaws.com` } }] },
      Policies: [{ PolicyName: 'inline', PolicyDocument: statement(`inline-${queue}`) }],
      ...more,
    },
  });
  const policy = (queue: string) => ({
    Type: 'AWS::IAM::Policy',
    DependsOn: 'Role',
    Properties: { PolicyName: 'beside', Roles: ['worker'], PolicyDocument: statement(queue) },
  });
  const statement = (queue: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:us-west-2:123456789012:${queue}` }] });
  const unknown = { ...UNKNOWN, DependsOn: ['Role', 'Policy'] };
  let updates = 0;
  const update = (resources: object) => change('roles', 'UPDATE', resources, `update-${++updates}`);

  /** The queues that the trust policy, the inline policy and the separate policy name. */
  async function look() {
    const { RoleDetailList } = await aws.ask('iam', 'get-account-authorization-details', '--filter', 'Role');
    const { AssumeRolePolicyDocument, RolePolicyList } = RoleDetailList.find(({ RoleName }: any) => RoleName === 'worker');
    const queues = RolePolicyList.map(({ PolicyDocument }: any) => PolicyDocument.Statement[0].Resource).sort();
    return [AssumeRolePolicyDocument.Statement[0].Principal.Service, ...queues].map((text: string) => text.replace(/^.*:|\.amazonaws\.com$/g, ''));
  }

  test('is restored after an update that is rolled back, and updated by the next one', async () => {
    expect(await change('roles', 'CREATE', { Role: role('one'), Policy: policy('one') })).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await update({ Role: role('two'), Policy: policy('two'), Unknown: unknown })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await look()).toEqual(['one', 'inline-one', 'one']);
    expect(await update({ Role: role('two'), Policy: policy('two') })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await look()).toEqual(['two', 'inline-two', 'two']);
  });

  test('loses policies that are removed from it', async () => {
    const attached = { Policies: [], ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] };
    expect(await update({ Role: role('two', attached), Policy: policy('two') })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await look()).toEqual(['two', 'two']);
  });

  test('with a change that the local AWS does not support makes the stack fail', async () => {
    expect(await update({ Role: role('two', { Path: '/team/' }), Policy: policy('two') })).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE', failures: expect.arrayContaining(['UPDATE_FAILED Role: the local AWS cannot change Path of AWS::IAM::Role']),
    });
  });
});
