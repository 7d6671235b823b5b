import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { rolesOf } from './account-state';
import { assemblyOf } from './assembly';
import { startForReplay } from './broken-stack';
import { Hostile } from './hostile';
import { deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { hostile, HOSTILE } from '../hostile';
import { partsOf } from '../nodes/user-data';

// its types are those of an ES module, which a CommonJS module cannot import
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { parse } = require('smol-toml') as { parse(text: string): any };
const values = [...HOSTILE, ...fc.sample(hostile, 15).filter((value) => value !== '')];
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
const isTakenByIam = (value: string) => /^[\t\n\r -\xff]*$/.test(value);
const VALUES = [...values.filter(isTakenByIam), ...values.filter((value) => !isTakenByIam(value))];
const STORED = '"},"x":"${sts:ExternalId}{{resolve:ssm:/other}}';

let aws: LocalAws;
let assembly: string[];
beforeAll(async () => {
  aws = await startForReplay();
  assembly = assemblyOf(aws, (app) => new Hostile(app, VALUES.length, 1 + VALUES.filter(isTakenByIam).length));
  await store('/other', 'other');
});
afterAll(() => aws?.stop());

const store = (name: string, value: string) => aws.ask('ssm', 'put-parameter', '--overwrite', '--type', 'String', '--name', name, '--value', value);

async function deployWith(given: string[], stored: string) {
  await store('/hostile', stored);
  const parameters = given.flatMap((value, i) => ['--parameters', `Hostile:P${i}=${value}`]);
  await deploy(aws, 'Hostile', [...assembly, ...parameters]);
}

/** Everything that is parsed: the trust policies, the objects in the cluster, and the user data. */
async function look() {
  const cluster = await aws.cluster('hostile');
  const { items: bindings } = await cluster.ask('GET', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings');
  const objects = await cluster.look('default');
  return {
    trusts: Object.values(await rolesOf(aws)).map(({ trust }) => trust).filter((trust) => JSON.stringify(trust).includes('WebIdentity')),
    bindings: bindings.map(({ metadata }: any) => metadata.name),
    objects: Object.fromEntries(Object.entries(objects).map(([name, { annotations, rest }]) => [name, { title: annotations?.['example.com/title'], rest }])),
    nodes: await nodes(),
  };
}

async function nodes() {
  const { LaunchTemplates } = await aws.ask('ec2', 'describe-launch-templates');
  const texts: string[] = await Promise.all(LaunchTemplates.map(async ({ LaunchTemplateId }: any) => {
    const { LaunchTemplateVersions: [{ LaunchTemplateData }] } = await aws.ask('ec2', 'describe-launch-template-versions', '--launch-template-id', LaunchTemplateId, '--versions', '$Latest');
    return Buffer.from(LaunchTemplateData.UserData, 'base64').toString();
  }));
  const mime = texts.find((text) => text.startsWith('Content-Type: multipart'))!;
  const [[, script], [, config], ...more] = partsOf(mime);
  return {
    more,
    environment: spawnSync('bash', ['-c', script], { encoding: 'utf8', env: {} }).stdout.split('\0').filter((line) => /^(P\d+|Stored)=/s.test(line)).sort(),
    config: JSON.parse(config),
    settings: parse(texts.find((text) => text !== mime)!),
  };
}

/** The same, with every harmless value replaced. */
function exchanged(seen: any, exchange: (text: string) => string): any {
  if (Array.isArray(seen)) {
    return seen.map((item) => exchanged(item, exchange));
  }
  if (typeof seen === 'object' && seen !== null) {
    return Object.fromEntries(Object.entries(seen).map(([key, item]) => [key, exchanged(item, exchange)]));
  }
  return typeof seen === 'string' ? exchange(seen) : seen;
}

test('a hostile value changes nothing but itself, wherever it is parsed', async () => {
  const harmless = VALUES.map((_, i) => `harmless-${i}.`);
  await deployWith(harmless, 'harmless-stored.');
  const before = await look();
  await deployWith(VALUES, STORED);
  const after = await look();

  const valueOf = (text: string) => (text === 'harmless-stored.' ? STORED : VALUES[harmless.indexOf(text)] ?? text);
  // in an IAM policy, ${$} is a dollar sign, and ${*} and ${?} are no wildcards
  const inPolicy = (text: string) => (valueOf(text) === text ? text : valueOf(text).replace(/[$*?]/g, '${$&}'));
  // in an object, CloudFormation resolves a dynamic reference, which stays data
  const inObject = (text: string) => valueOf(text).replace(/{{resolve:ssm:\/(\w+)}}/g, (_, name) => ({ hostile: STORED, other: 'other' } as any)[name]);
  const inEnvironment = (line: string) => line.replace(/=(.*)$/s, (_, text) => `=${valueOf(text)}`);
  const { environment, config, settings, more } = before.nodes;
  expect(after).toEqual({
    trusts: exchanged(before.trusts, inPolicy),
    bindings: before.bindings,
    objects: exchanged(before.objects, inObject),
    nodes: { more, environment: exchanged(environment, inEnvironment), config: exchanged(config, valueOf), settings: exchanged(settings, valueOf) },
  });
  expect(before.nodes.environment).toHaveLength(VALUES.length + 1);
  expect(Object.keys(before.objects['ConfigMap values'].rest.data)).toHaveLength(VALUES.length + 1);
});
