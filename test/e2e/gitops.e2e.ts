import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { assemblyOf, ENV } from './assembly';
import { startForReplay } from './broken-stack';
import { ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { Jobs, jobsOf } from '../../replay/jobs';
import { verdict } from '../../replay/outcome';
import { ExistingCluster } from '../stacks';


/** The audience of the cluster, as the role of each service account knows it. */
const AUDIENCES = { 'reader': 'sts.amazonaws.com', 'vault-reader': 'vault.example.com' };

/** A stack with roles alone, which writes the YAML that a GitOps tool applies. */
class Roles extends Stack {
  constructor(app: App, issuer: string, outdir: string) {
    super(app, 'Roles', { env: ENV });
    const files = new cdk8s.App({ outdir });
    for (const [name, audience] of Object.entries(AUDIENCES)) {
      const role = new ServiceAccountRole(this, name, {
        cluster: new ExistingCluster(this, `Cluster-${name}`, { issuer, audience }),
        subjects: [ServiceAccountSubject.exact('default', name)],
        roleName: `pods-${name}`,
        path: '/pods/',
        managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')],
      });
      new kplus.ServiceAccount(new cdk8s.Chart(files, name, { namespace: 'default' }), 'ServiceAccount', { metadata: { name, annotations: role.literalAnnotations } });
    }
    files.synth();
  }
}

let aws: LocalAws;
let jobs: Jobs;
let objects: any[];

beforeAll(async () => {
  aws = await startForReplay();
  const cluster = await aws.startCluster('gitops');
  jobs = await jobsOf(aws, 'gitops');
  const token = await aws.control({ do: 'token', cluster: 'gitops', namespace: 'default', account: 'default' });
  const issuer = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).iss.replace('https://', '');
  await aws.ask('iam', 'create-open-id-connect-provider', '--url', `https://${issuer}`, '--client-id-list', ...Object.values(AUDIENCES));
  const outdir = mkdtempSync(join(aws.folder, 'yaml-'));
  await deploy(aws, 'Roles', assemblyOf(aws, (app) => new Roles(app, issuer, outdir)));
  objects = readdirSync(outdir).flatMap((file) => cdk8s.Yaml.load(join(outdir, file)));
  for (const object of objects) {
    expect(await cluster.applyAs('argocd-controller', object)).toMatchObject({ status: 201 });
  }
  const { metadata: { annotations: { 'eks.amazonaws.com/audience': _, ...annotations } } } = objects.find(({ metadata }) => metadata.name === 'vault-reader');
  await cluster.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'without-audience', namespace: 'default', annotations } });
});
afterAll(() => aws?.stop());

test('the YAML names the deployed roles', async () => {
  const { Roles: roles } = await aws.ask('iam', 'list-roles', '--path-prefix', '/pods/');
  expect(objects.map(({ kind, metadata }) => [kind, metadata.annotations['eks.amazonaws.com/role-arn']]).sort()).toEqual(
    roles.map(({ Arn }: any) => ['ServiceAccount', Arn]).sort());
  expect(objects).toHaveLength(2);
});

test.each([
  ['a service account that a GitOps tool applied', 'reader', 'allowed'],
  ['one with tokens for another audience', 'vault-reader', 'allowed'],
  ['one that lacks the annotation for the audience', 'without-audience', 'AccessDenied'],
])('a Job as %s: %s is %s', async (_, serviceAccountName, expected) => {
  const containers = [{ name: 'main', image: 'amazon/aws-cli', command: ['aws', 's3', 'ls'] }];
  const run = await jobs.run({
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: serviceAccountName }, spec: { template: { spec: { serviceAccountName, restartPolicy: 'Never', containers } }, backoffLimit: 0 },
  });
  expect(verdict(run, 'allowed')).toBe(expected);
});
