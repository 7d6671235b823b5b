import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { assemblyOf, ENV } from './assembly';
import { startLocalAws } from './start-local-aws';
import { IrsaCluster, OidcProvider, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { bootstrap, deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { makeBuckets } from '../../replay/scenario';

const ACCOUNT_PRINCIPAL = new iam.AccountPrincipal(ENV.account);

/** Two roles that pods assume directly, and two that only other roles can assume. */
function define(app: App, issuerUrl: string): void {
  const stack = new Stack(app, 'Chain', { env: ENV });
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName: 'chain', issuerUrl, oidcProvider: OidcProvider.create() });
  const [reader] = ['reader', 'other'].map((name) => new ServiceAccountRole(stack, name, {
    cluster, subjects: [ServiceAccountSubject.exact('reports', name)], roleName: `reports-${name}`,
  }));
  const [forReader, forAll] = [
    new iam.Role(stack, 'ForReader', {
      assumedBy: ACCOUNT_PRINCIPAL.withConditions({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/reports-reader' } }),
      roleName: 'reports-target',
    }),
    new iam.Role(stack, 'ForAll', { assumedBy: ACCOUNT_PRINCIPAL, roleName: 'open-target' }),
  ];
  for (const target of [forReader, forAll]) {
    target.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess'));
  }
  forReader.grantAssumeRole(reader.role);
  iam.Role.fromRoleName(stack, 'Other', 'reports-other').addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['*'] }));
}

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await makeBuckets(aws);
  await bootstrap(aws);
  await aws.control({ do: 'start_cluster', name: 'chain' });
  const issuerUrl = JSON.parse(Buffer.from((await token('reader')).split('.')[1], 'base64url').toString()).iss;
  await deploy(aws, 'Chain', assemblyOf(aws, (app) => define(app, issuerUrl)));
});
afterAll(() => aws?.stop());

const token = (account: string): Promise<string> => aws.control({ do: 'token', cluster: 'chain', namespace: 'reports', account });

/** Lists the buckets with the profiles of the guide. */
async function listBuckets(account: string, target?: string): Promise<string> {
  const HOME = mkdtempSync(join(aws.folder, 'home-')); // the AWS CLI caches the sessions of profiles there
  const [config, tokenFile] = ['config', 'token'].map((name) => join(HOME, name));
  writeFileSync(tokenFile, await token(account), { mode: 0o600 });
  writeFileSync(config, `[profile target]
role_arn = arn:aws:iam::123456789012:role/${target}
source_profile = pod

[profile pod]
role_arn = arn:aws:iam::123456789012:role/reports-${account}
web_identity_token_file = ${tokenFile}
`);
  const { code, output } = await aws.aws(['s3', 'ls', '--profile', target ? 'target' : 'pod'], { HOME, AWS_CONFIG_FILE: config });
  return code === 0 ? output : output.match(/\((\w+)\) when calling the (\w+) operation/)?.slice(1).join(' ') ?? output;
}

test.each([
  ['a pod assumes a second role with the credentials of its role', 'reader', 'reports-target', expect.stringContaining('first-bucket')],
  ['its own role does not have the permissions of the second one', 'reader', undefined, 'AccessDenied ListBuckets'],
  ['the condition of the second role refuses another role of the AWS account', 'other', 'reports-target', 'AccessDenied AssumeRole'],
  ['without the condition, a role that may assume all roles assumes it', 'other', 'open-target', expect.stringContaining('first-bucket')],
  ['a role that may only assume the second one cannot assume others', 'reader', 'open-target', 'AccessDenied AssumeRole'],
])('%s', async (_, account, target, expected) => {
  expect(await listBuckets(account, target)).toEqual(expected);
});
