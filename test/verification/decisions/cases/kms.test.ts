import { ACCOUNT, ALLOWED, complete, decide, DENIED, Question, READER_ARN, reader, REGION, shown, UNKNOWN } from './questions';
import { allow } from '../../templates';

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/k-1`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const DECRYPT = 'kms:Decrypt';
const WRITE = 'kms:GenerateDataKey';
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const to = (principal: string, more: object = {}, action = 'kms:*') => allow(action, '*', { Principal: { AWS: principal }, ...more });
const key = (...statements: object[]) => ({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyId: 'k-1', ...statements.length > 0 && { KeyPolicy: document(...statements) } } } });

test.each(complete([
  ['that lets the account decide allows what the role allows', { ...reader([allow(DECRYPT, KEY)]), ...key(to(ROOT)) }, ALLOWED],
  ['that lets the account decide allows nothing that the role does not', { ...reader(), ...key(to(ROOT)) }, DENIED],
  ['without an account allows nothing to roles that it does not name', { ...reader([allow(DECRYPT, KEY)]), ...key(to(`arn:aws:iam::${ACCOUNT}:role/admin`)) }, DENIED],
  ['that names the role needs no permission of the role', { ...reader(), ...key(to(READER_ARN, {}, DECRYPT)) }, ALLOWED],
  ['without a policy lets the account decide', { ...reader([allow(DECRYPT, KEY)]), ...key() }, ALLOWED],
  ['is not named by the ARN of an alias', { ...reader([allow(DECRYPT, `arn:aws:kms:${REGION}:${ACCOUNT}:alias/data`)]), ...key(to(ROOT)) }, DENIED],
  ['that is imported may have any policy', reader([allow(DECRYPT, KEY)]), UNKNOWN],
  ['that is imported may have any policy, without permission of the role, too', reader(), UNKNOWN],
  ['that is used by another service only denies direct calls', { ...reader(), ...key(to(READER_ARN, { Condition: { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } } }, DECRYPT)) }, DENIED],
  ['that is used by another service allows its calls', { ...reader(), ...key(to(READER_ARN, { Condition: { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } } }, DECRYPT)) }, ALLOWED, { context: { 'kms:ViaService': [`s3.${REGION}.amazonaws.com`] } }],
  ['that asks for the account of the caller knows it', { ...reader(), ...key(allow(DECRYPT, '*', { Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT } } })) }, ALLOWED],
  ['that asks for another account of the caller denies', { ...reader(), ...key(allow(DECRYPT, '*', { Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': '444455556666' } } })) }, DENIED],
]))('a key %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: DECRYPT, resource: KEY, ...question } as Question))).toBe(expected);
});

const keyWith = (more: object) => ({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyId: 'k-1', ...more } } });
const all = allow(['kms:Decrypt', 'kms:Sign', 'kms:GenerateMac', 'kms:DescribeKey'], KEY);

test.each(complete([
  ['that is disabled decrypts nothing, unless somebody enables it', { ...reader([all]), ...keyWith({ Enabled: false }) }, UNKNOWN],
  ['that is disabled allows nothing to roles without permissions', { ...reader(), ...keyWith({ Enabled: false }) }, DENIED],
  ['that is disabled can be described', { ...reader([all]), ...keyWith({ Enabled: false }) }, ALLOWED, { action: 'kms:DescribeKey' }],
  ['that is enabled decrypts', { ...reader([all]), ...keyWith({ Enabled: true, KeyUsage: 'ENCRYPT_DECRYPT' }) }, ALLOWED],
  ['that may be disabled may decrypt', { ...reader([all]), ...keyWith({ Enabled: { Ref: 'AWS::StackId' } }) }, UNKNOWN],
  ['for signatures decrypts nothing', { ...reader([all]), ...keyWith({ KeyUsage: 'SIGN_VERIFY' }) }, DENIED],
  ['for signatures signs', { ...reader([all]), ...keyWith({ KeyUsage: 'SIGN_VERIFY' }) }, ALLOWED, { action: 'kms:Sign' }],
  ['for another usage signs nothing', { ...reader([all]), ...keyWith({ KeyUsage: 'GENERATE_VERIFY_MAC' }) }, DENIED, { action: 'kms:Sign' }],
  ['of a usage that only the deployment knows may sign', { ...reader([all]), ...keyWith({ KeyUsage: { Ref: 'AWS::StackId' } }) }, UNKNOWN, { action: 'kms:Sign' }],
]))('a key %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: DECRYPT, resource: KEY, ...question } as Question))).toBe(expected);
});

test.each(complete([
  ['denied to a role without permissions, if the templates have no key', reader(), DENIED],
  ['denied to a role without permissions, if a key lets the account decide', { ...reader(), ...key() }, DENIED],
  ['allowed to a role that a key names', { ...reader(), ...key(to(READER_ARN, {}, DECRYPT)) }, ALLOWED],
  ['unknown for a role with permissions for keys that no template has', reader([allow(DECRYPT)]), UNKNOWN],
]))('a request about any key is %s', (_, resources, expected) => {
  expect(shown(decide(resources, { action: DECRYPT }))).toBe(expected);
});

test.each(complete([
  ['denied to a role without permissions', reader(), DENIED],
  ['unknown for a role that may assume roles that no template has', reader([allow('sts:AssumeRole')]), UNKNOWN],
]))('to assume any role is %s', (_, resources, expected) => {
  expect(shown(decide(resources, { action: 'sts:AssumeRole' }))).toBe(expected);
});

describe('a bucket that encrypts its objects with a key', () => {
  const BUCKET = 'arn:aws:s3:::data';
  const encrypted = (KMSMasterKeyID: unknown, SSEAlgorithm: unknown = 'aws:kms') => ({
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: 'data', BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] } },
    },
  });
  const notes = (resources: object, action = 's3:GetObject') => `${decide(resources, { action, resource: `${BUCKET}/x` })}`.split('\n').filter((line) => line.includes('Note:'));
  const KEY_ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
  const s3 = allow(['s3:GetObject', 's3:PutObject']);

  test('has a note if the key denies what S3 needs', () => {
    expect(notes({ ...reader([s3]), ...key(to(ROOT)), ...encrypted(KEY_ARN) })).toEqual([`  Note: ${BUCKET}/x is encrypted with ${KEY}, which denies kms:Decrypt to role Reader`]);
    expect(notes({ ...reader([s3]), ...key(to(ROOT)), ...encrypted({ Ref: 'Key' }) }, 's3:PutObject'))
      .toEqual([`  Note: ${BUCKET}/x is encrypted with ${KEY}, which denies kms:GenerateDataKey to role Reader`]);
  });

  test('has a note if only the deployment knows whether it uses the key, which denies it', () => {
    expect(notes({ ...reader([s3]), ...key(to(ROOT)), ...encrypted(KEY_ARN, { 'Fn::ImportValue': 'Algorithm' }) }))
      .toEqual([`  Note: ${BUCKET}/x is encrypted with ${KEY}, which denies kms:Decrypt to role Reader`]);
    expect(notes({ ...reader([s3]), ...key(to(ROOT)), ...encrypted(KEY_ARN, 'AES256') })).toEqual([]);
  });

  test('has a note if the key might deny it', () => {
    expect(notes({ ...reader([s3]), ...encrypted(KEY) })).toEqual([`  Note: ${BUCKET}/x is encrypted with ${KEY}, which might deny kms:Decrypt to role Reader`]);
  });

  test.each(complete([
    ['if the key allows it', { ...reader([s3, allow('kms:Decrypt', KEY)]), ...key(to(ROOT)), ...encrypted(KEY_ARN) }, ALLOWED],
    ['if the key allows it through S3', { ...reader([s3]), ...key(to(READER_ARN, { Condition: { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } } }, DECRYPT)), ...encrypted(KEY_ARN) }, ALLOWED],
    ['if S3 denies the object', { ...reader(), ...key(to(ROOT)), ...encrypted(KEY_ARN) }, DENIED],
  ]))('has no note %s', (_, resources) => {
    expect(notes(resources)).toEqual([]);
  });
});

const [DIRECTORY, LAKE] = [`arn:aws:s3express:${REGION}:${ACCOUNT}:bucket/data--usw2-az1--x-s3`, `arn:aws:s3tables:${REGION}:${ACCOUNT}:bucket/lake`];

test.each<[type: string, property: string, bucket: object, action: string, resource: string]>([
  ['AWS::S3Express::BucketPolicy', 'PolicyDocument', { Type: 'AWS::S3Express::DirectoryBucket', Properties: { BucketName: 'data--usw2-az1--x-s3' } }, 's3express:CreateSession', DIRECTORY],
  ['AWS::S3Tables::TableBucketPolicy', 'ResourcePolicy', { Type: 'AWS::S3Tables::TableBucket', Properties: { TableBucketName: 'lake' } }, 's3tables:GetTableBucket', LAKE],
  ['AWS::S3Tables::TablePolicy', 'ResourcePolicy', { Type: 'AWS::S3Tables::TableBucket', Properties: { TableBucketName: 'lake' } }, 's3tables:GetTableData', `${LAKE}/table/t-1`],
])('an %s might allow a request, because it is not read', (Type, property, Bucket, action, resource) => {
  const PolicyDocument = { Version: '2012-10-17', Statement: [{ ...allow(action), Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } }] };
  const ofBucket = (more: object) => decide({ ...reader(), Bucket, ...more }, { action, resource }).outcome;
  expect([ofBucket({}), ofBucket({ Policy: { Type, Properties: { [property]: PolicyDocument } } })]).toEqual(['DENIED', 'UNKNOWN']);
});

describe('a key that denies what a service needs with the permissions of the caller', () => {
  const ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
  const at = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
  const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data', BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ARN } }] } } };

  const directory = { Type: 'AWS::S3Express::DirectoryBucket', Properties: { ...bucket.Properties, BucketName: 'data--usw2-az1--x-s3' } };
  const tables = { Type: 'AWS::S3Tables::TableBucket', Properties: { TableBucketName: 'lake', EncryptionConfiguration: { SSEAlgorithm: 'aws:kms', KMSKeyArn: ARN } } };
  const secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db', KmsKeyId: ARN } };
  const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId: ARN } };
  const topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news', KmsMasterKeyId: ARN } };
  const repository = { Type: 'AWS::CodeCommit::Repository', Properties: { RepositoryName: 'app', KmsKeyId: ARN } };
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'users', SSESpecification: { SSEEnabled: true, KMSMasterKeyId: ARN } } };

  test.each<[string, object, string, string]>([
    ['s3:GetObject', bucket, 'arn:aws:s3:::data/x', DECRYPT],
    ['s3:PutObject', bucket, 'arn:aws:s3:::data/x', WRITE],
    ['s3:GetObjectVersion', bucket, 'arn:aws:s3:::data/x', DECRYPT],
    ['s3:GetObjectVersionForReplication', bucket, 'arn:aws:s3:::data/x', DECRYPT],
    ['s3:ReplicateObject', bucket, 'arn:aws:s3:::data/x', 'kms:Encrypt'],
    ['s3express:CreateSession', directory, at('s3express', 'bucket/data--usw2-az1--x-s3'), WRITE],
    ['s3tables:GetTableData', tables, at('s3tables', 'bucket/lake/table/t-1'), WRITE],
    ['s3tables:PutTableData', tables, at('s3tables', 'bucket/lake/table/t-1'), WRITE],
    ['secretsmanager:GetSecretValue', secret, at('secretsmanager', 'secret:db-AbCdEf'), DECRYPT],
    ['secretsmanager:ReplicateSecretToRegions', secret, at('secretsmanager', 'secret:db-AbCdEf'), DECRYPT],
    ['secretsmanager:PutSecretValue', secret, at('secretsmanager', 'secret:db-AbCdEf'), WRITE],
    ['secretsmanager:UpdateSecret', secret, at('secretsmanager', 'secret:db-AbCdEf'), WRITE],
    ['secretsmanager:CreateSecret', secret, at('secretsmanager', 'secret:db-AbCdEf'), WRITE],
    ['sqs:SendMessage', queue, at('sqs', 'jobs'), WRITE],
    ['sqs:ReceiveMessage', queue, at('sqs', 'jobs'), DECRYPT],
    ['sqs:StartMessageMoveTask', queue, at('sqs', 'jobs'), DECRYPT],
    ['sns:Publish', topic, at('sns', 'news'), WRITE],
    ['codecommit:GitPull', repository, at('codecommit', 'app'), DECRYPT],
    ['codecommit:GitPush', repository, at('codecommit', 'app'), WRITE],
    ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem', 'PartiQLSelect', 'PartiQLInsert',
      'PartiQLUpdate', 'PartiQLDelete'].map((action): [string, object, string, string] => [`dynamodb:${action}`, table, at('dynamodb', 'table/users'), DECRYPT]),
    ['dynamodb:Query', table, at('dynamodb', 'table/users/index/by-name'), DECRYPT],
  ])('makes %s UNKNOWN, and never DENIED, because its earlier keys are not known', (action, encrypted, resource, needed) => {
    const decided = (...more: object[]) =>
      decide({ ...reader([allow(action), ...more]), ...key(to(ROOT)), Encrypted: encrypted }, { action, resource });
    expect([decided().outcome, decided().missing]).toEqual(['UNKNOWN', [expect.stringContaining(`is encrypted with ${KEY}, which denies ${needed} to role Reader`)]]);
    expect(decided(allow([DECRYPT, WRITE, 'kms:Encrypt'], KEY)).outcome).toBe('ALLOWED');
  });

  test.each([['sqs:SendMessage', queue, 'jobs'], ['sns:Publish', topic, 'news']])('makes %s UNKNOWN if the role can only generate data keys, and not verify them', (action, encrypted, name) => {
    const { outcome, missing } = decide({ ...reader([allow(action), allow(WRITE, KEY)]), ...key(to(ROOT)), Encrypted: encrypted }, { action, resource: at(action.split(':')[0], name) });
    expect([outcome, missing]).toEqual(['UNKNOWN', [expect.stringContaining(`denies ${DECRYPT} to role Reader`)]]);
  });

  test.each(['sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'])('makes no difference for %s, which needs no key', (action) => {
    expect(decide({ ...reader([allow(action)]), ...key(to(ROOT)), Encrypted: queue }, { action, resource: at('sqs', 'jobs') }).outcome).toBe('ALLOWED');
  });

  test.each(['alias/aws/sqs', `arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/sqs`])('is never %s, which AWS has', (KmsMasterKeyId) => {
    const other = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId } };
    expect(decide({ ...reader([allow('sqs:SendMessage')]), Encrypted: other }, { action: 'sqs:SendMessage', resource: at('sqs', 'jobs') }).outcome).toBe('ALLOWED');
  });

  test('is not the one that AWS has in a region that only the deployment knows', () => {
    const KmsMasterKeyId = { 'Fn::Sub': `arn:aws:kms:\${Place}:${ACCOUNT}:alias/aws/sqs` };
    const other = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId } };
    const decision = decide({ ...reader([allow('sqs:SendMessage')]), Encrypted: other }, { action: 'sqs:SendMessage', resource: at('sqs', 'jobs') }, { Parameters: { Place: { Type: 'String' } } });
    expect(decision.outcome).toBe('ALLOWED');
  });

  test.each<[string, unknown]>([
    ['its name', 'alias/jobs'],
    ['a reference', { Ref: 'Alias' }],
    ['its ARN', { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/jobs' }],
  ])('makes an action UNKNOWN if the queue has an alias of the key, by %s', (_, KmsMasterKeyId) => {
    const ofAdmin = key(to(`arn:aws:iam::${ACCOUNT}:role/admin`));
    const alias = (TargetKeyId: unknown) => ({ Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/jobs', TargetKeyId } } });
    const encrypted = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId } };
    const decided = (TargetKeyId: unknown) =>
      decide({ ...reader([allow(['sqs:SendMessage', WRITE, DECRYPT])]), ...ofAdmin, ...alias(TargetKeyId), Encrypted: encrypted }, { action: 'sqs:SendMessage', resource: at('sqs', 'jobs') });
    expect([decided({ Ref: 'Key' }).outcome, decided({ Ref: 'Key' }).missing]).toEqual(['UNKNOWN', [expect.stringContaining(`is encrypted with ${KEY}, which denies ${WRITE} to role Reader`)]]);
    expect(decided(ARN).outcome).toBe('UNKNOWN');
    expect(decided('another-key').outcome).toBe('ALLOWED');
  });

  test.each<[string, unknown[], string]>([
    ['the replica of the Region of the stack has it', [{ Region: 'eu-west-1' }, { Region: REGION, SSESpecification: { KMSMasterKeyId: ARN } }], 'UNKNOWN'],
    ['a replica has it whose Region is not known', [{ Region: { Ref: 'Place' }, SSESpecification: { KMSMasterKeyId: ARN } }], 'UNKNOWN'],
    ['a replica of another Region has one', [{ Region: 'eu-west-1', SSESpecification: { KMSMasterKeyId: ARN } }, { Region: REGION }], 'ALLOWED'],
    ['no replica has one', [{ Region: REGION }], 'ALLOWED'],
  ])('counts for a global table if %s', (_, Replicas, expected) => {
    const Encrypted = { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'users', SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas } };
    const question = { action: 'dynamodb:GetItem', resource: at('dynamodb', 'table/users') };
    expect(decide({ ...reader([allow('dynamodb:GetItem')]), ...key(to(ROOT)), Encrypted }, question, { Parameters: { Place: { Type: 'String' } } }).outcome).toBe(expected);
  });

  test.each([KEY, '*', `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`])('is assumed not to be one that the templates do not have, if the role has the permission on %s', (permitted) => {
    const other = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId: KEY } };
    const decided = (...more: object[]) => decide({ ...reader([allow('sqs:SendMessage'), ...more]), Encrypted: other }, { action: 'sqs:SendMessage', resource: at('sqs', 'jobs') });
    expect(decided().outcome).toBe('UNKNOWN');
    expect(decided(allow([WRITE, DECRYPT], permitted)).outcome).toBe('ALLOWED');
    expect(`${decided(allow([WRITE, DECRYPT], permitted))}`).toMatch(new RegExp(`Assumed: .*the policy of ${KEY}, which is not in the templates, lets policies of roles allow kms:GenerateDataKey.* allow kms:Decrypt`));
  });

  test('is not assumed to be another one on which the role has the permission', () => {
    const other = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId: { Ref: 'Any' } } };
    const decided = (permitted: unknown) => decide({ ...reader([allow('sqs:SendMessage'), allow([WRITE, DECRYPT], permitted)]), Encrypted: other }, {
      action: 'sqs:SendMessage', resource: at('sqs', 'jobs'),
    }, { Parameters: { Any: { Type: 'String', AllowedPattern: '[a-z0-9-]+' } } }).outcome;
    expect([decided('*'), decided(KEY)]).toEqual(['ALLOWED', 'UNKNOWN']);
  });

  test.each([['Encrypted', 'Plain'], ['Plain', 'Encrypted']])('changes nothing on another resource: %s, then %s', (...order) => {
    const queues: Record<string, object> = {
      Encrypted: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'secret', KmsMasterKeyId: ARN } },
      Plain: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
    };
    const inOrder = Object.fromEntries(order.map((name) => [name, queues[name]]));
    expect(decide({ ...reader([allow('sqs:SendMessage', [at('sqs', 'secret'), at('sqs', 'jobs')])]), ...key(to(ROOT)), ...inOrder }, { action: 'sqs:SendMessage' }).outcome).toBe('ALLOWED');
  });
});
