import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IrsaCluster, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification } from '../../lib';
import { OPERATORS } from '../../lib/verification/private/evaluation/condition-operators';
import { typesWith } from '../../lib/verification/private/resource-types/declarations';
import { blocksOf, read, ROOT } from '../documents';
import { version } from '../stacks';
import { UNDOCUMENTED } from '../verification/second-opinion/undocumented';

const { PodAccess } = verification;
const page = read('docs/verification-reference.md');
const section = (heading: string) => new RegExp(`^## ${heading}\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(page)![1];
const firstCells = (text: string) => [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell);
const newStack = () => new Stack(new App(), 'Reports', { env: { account: '123456789012', region: 'us-west-2' } });
const READER = { namespace: 'reports', serviceAccountName: 'reader' };

/** The message of an error. */
function messageOf(fails: () => void): string {
  try {
    fails();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it does not fail');
}

test('the message of a failing assertion is what the page shows', () => {
  const stack = newStack();
  const cluster = new IrsaCluster(stack, 'Cluster', { version, nodegroups: [{ nodegroupName: 'nodes' }] });
  const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: 'reports' });
  const role = new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('report', 'reader')] });
  bucket.grantRead(role);
  cluster.addKubernetesObjects('Account', {
    objects: [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace: 'reports', annotations: role.annotations } }],
  });
  const pod = PodAccess.fromStack(stack).pod(READER);
  expect(blocksOf('docs/verification.md', 'text')[0]).toBe(`${messageOf(() => pod.assertAllowed('s3:GetObject', { resource: bucket.arnForObjects('*') }))}\n`);
});

describe('what an answer can depend on', () => {
  const stack = newStack();
  const cluster = new IrsaCluster(stack, 'Cluster', { version, nodegroups: [{ nodegroupName: 'nodes' }] });
  const { role } = new ServiceAccountWithRole(stack, 'Reader', { cluster, ...READER });
  const bucket = new s3.Bucket(stack, 'Bucket');
  const stage = new CfnParameter(stack, 'Stage');
  const allow = (id: string, action: string, resource: string, conditions?: object) =>
    new iam.Policy(stack, id, { roles: [role], statements: [new iam.PolicyStatement({ actions: [action], resources: [resource], conditions })] });
  allow('Shared', 's3:GetObject', 'arn:aws:s3:::shared/*');
  allow('OfStage', 's3:PutObject', `arn:aws:s3:::shared/${stage.valueAsString}`);
  allow('OfBucket', 's3:DeleteObject', bucket.arnForObjects('*'));
  allow('FromNetwork', 'sqs:ListQueues', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } });
  const ofProd = allow('OfProd', 'sns:ListTopics', '*').node.defaultChild as iam.CfnPolicy;
  ofProd.cfnOptions.condition = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(stage.valueAsString, 'prod') });
  const access = PodAccess.fromStack(stack);
  const all: verification.AccessAssumptions = { parameters: { Stage: 'prod' }, resourcesWithoutPolicy: ['arn:aws:s3:::shared'] };
  const REPORT = 'arn:aws:s3:::shared/report.csv';

  test.each<[string, string, string | undefined, verification.AccessAssumptions, verification.AccessAssumptions]>([
    ['the policy of arn:aws:s3:::shared/report.csv', 's3:GetObject', REPORT, {}, { resourcesWithoutPolicy: ['arn:aws:s3:::shared'] }],
    ['Stage', 's3:PutObject', 'arn:aws:s3:::shared/prod', { ...all, parameters: {} }, { parameters: { Stage: 'prod' } }],
    ['with IsProd (${Stage} is "prod"), the outcome is …', 'sns:ListTopics', undefined, {}, { parameters: { Stage: 'prod' } }],
    ['aws:SourceIp', 'sqs:ListQueues', undefined, all, { context: { 'aws:SourceIp': ['10.0.0.1'] } }],
  ])('%s', (dependsOn, action, resource, before, assumptions) => {
    expect(firstCells(section('What an answer can depend on'))).toContain(dependsOn);
    const ask = (assumed: verification.PodAccess) => assumed.pod(READER).decide(action, { resource });
    const { outcome, missing } = ask(access.assume(before));
    const [start, end = ''] = dependsOn.split('…');
    expect(outcome).toBe('UNKNOWN');
    expect(missing.filter((one) => one.startsWith(start) && one.endsWith(end))).not.toEqual([]);
    expect(ask(access.assume(before).assume(assumptions)).outcome).toBe('ALLOWED');
  });

  test('an issuer that a trust policy names literally', () => {
    const issuerUrl = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
    const template = Template.fromStack(stack).toJSON();
    const clusterId: string = stack.resolve(cluster.clusterName).Ref;
    const withLiteral = JSON.parse(JSON.stringify(template), (_, value) => (JSON.stringify(value) === JSON.stringify({ 'Fn::GetAtt': [clusterId, 'OpenIdConnectIssuerUrl'] }) ? issuerUrl : value));
    withLiteral.Resources[clusterId] = template.Resources[clusterId];
    const unassumed = PodAccess.fromTemplates({ stack: withLiteral }).assume({ parameters: { 'AWS::Region': 'us-west-2', 'Stage': 'prod' } });
    const listTopics = (assumed: verification.PodAccess) => assumed.pod(READER).decide('sns:ListTopics');
    const [missing] = listTopics(unassumed).missing;
    expect(firstCells(section('What an answer can depend on'))).toContain(missing);
    expect(listTopics(unassumed.assume({ attributes: { [`${clusterId}.OpenIdConnectIssuerUrl`]: issuerUrl } })).outcome).toBe('ALLOWED');
  });

  test('the generated name of a resource', () => {
    const { outcome, missing } = access.assume(all).pod(READER).decide('s3:DeleteObject', { resource: `arn:aws:s3:::${stack.stackName.toLowerCase()}-bucket83908e77-1abcdefghijk2/report.csv` });
    expect([outcome, missing]).toEqual(['UNKNOWN', expect.arrayContaining(['Bucket83908E77'])]);
    expect(firstCells(section('What an answer can depend on'))).toContain('Bucket83908E77');
  });
});

test('the table of assumptions has each option of the command', () => {
  const options = [...read('lib/cli/access-command.ts').matchAll(/option\('(--assume-[^']+)'/g)].map(([, option]) => option);
  expect(options.length).toBeGreaterThan(2); // the expression above finds them
  expect(firstCells(read('docs/command-line.md')).filter((cell) => cell.startsWith('--assume-'))).toEqual(options);
});

test('the table of findings has each finding', () => {
  const folder = join(ROOT, 'lib', 'verification');
  const sources = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((file) => /^(?!private\/rules\/).*(?<!generated)\.ts$/.test(file)).map((file) => read(join('lib', 'verification', file)));
  const ids = sources.flatMap((source) => [...source.matchAll(/(?:findings\.add(?:Gap)?\(|\.find\(|\bid: )'([a-z]+(?:-[a-z]+)*)'/g)].map(([, id]) => id));
  expect(ids.length).toBeGreaterThan(20); // the expression above finds them
  expect(firstCells(section('Findings'))).toEqual([...new Set(ids)].sort());
});

test('the table of what AWS does not document is that of the second evaluator', () => {
  const rows = UNDOCUMENTED.map(({ what, see, cases }) => `| [${what}](${see}) | ${cases} |\n`).join('');
  expect(page).toContain(`| What | Cases |\n| --- | --- |\n${rows}\n`);
  expect(read('test/verification/second-opinion/second-opinion.test.ts')).toContain('agrees on 12,000 generated cases');
});

test('the table of what is evaluated has each operator, each policy of resources and each function of templates', () => {
  const table = section('What is evaluated');
  const types = [...typesWith('ownPolicy'), ...typesWith('separatePolicy')].map(([type]) => type);
  const functions = [...read('lib/verification/private/resolution/intrinsics/index.ts').matchAll(/^ {2}'(Ref|Fn::\w+)':/gm)].map(([, name]) => name);
  expect(functions.length).toBeGreaterThan(10); // the expression above finds them
  const missing = [...OPERATORS.keys(), 'Null', ...types, ...functions].filter((name) => !table.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

test('the dates and numbers of the data about AWS are current', () => {
  const notice = (file: string) => /Contains (\d+) \w+ from .*, as of ([\d-]+) under|Contains (\d+) \w+ from .*, as of ([\d-]+),/.exec(read(`lib/verification/private/${file}.generated.ts`))!.filter(Boolean);
  const [, policies, policiesDate] = notice('aws-data/managed-policies');
  const [, actions, actionsDate] = notice('aws-data/actions');
  const [, types, typesDate] = notice('aws-data/resource-types');
  const text = section('What is evaluated').replace(/\s+/g, ' ');
  expect(text).toContain(`${Number(policies).toLocaleString('en')} managed policies, as of ${policiesDate}, of the partition \`aws\``);
  expect(text).toContain(`the names of ${Number(actions).toLocaleString('en')} actions and the formats of their resources, as of ${actionsDate}, `);
  expect(text).toContain(`the names of ${Number(types).toLocaleString('en')} resource types of CloudFormation, as of ${typesDate}.`);
});
