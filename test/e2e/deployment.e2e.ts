import { accountsOf, inventoryOf, issuerOf, nodesOf, providersOf, rolesOf, trustOf } from './account-state';
import { assemblyOf } from './assembly';
import { startForReplay } from './broken-stack';
import { Variant, variant } from './variants';
import { deploy as deployStack, destroy as destroyStack } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';
import { jobsOf } from '../../replay/jobs';

let aws: LocalAws;
let cluster: TestCluster;
let issuer: string;
let inventory: { [call: string]: string[] };

const assemblies = new Map<Variant, string[]>();
const assembly = (name: Variant) => {
  // the local AWS only supports exports
  assemblies.set(name, assemblies.get(name) ?? assemblyOf(aws, (app) => variant(app, name), { '@aws-cdk/core:defaultCrossStackReferences': 'strong' }));
  return assemblies.get(name)!;
};
const deploy = (name: Variant, stack = 'IrsaTestStack') => deployStack(aws, stack, assembly(name));
const destroy = (name: Variant, stack: string) => destroyStack(aws, stack, assembly(name));
const look = () => cluster.look('default', 'reports', 'consumers', 'before', 'after');
const accounts = () => accountsOf(aws, cluster);

/** A role that only this account can assume. */
const role = (namespace: string, name: string, attached: string[] = [], inline: any[] = []) =>
  ({ trust: trustOf(issuer, namespace, name), attached, inline });
const writer = (queue: string) => role('reports', 'writer', [], [
  { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: `arn:aws:sqs:us-west-2:*:${queue}` },
]);

/** The resources that only the last variant changes. */
const unchanged = async () => [await providersOf(aws), await nodesOf(aws, 'irsa-test', 'nodegroup')];

beforeAll(async () => {
  aws = await startForReplay();
  inventory = await inventoryOf(aws);
});
afterAll(() => aws?.stop());

// Each test continues where the previous one ended, as a team does with its stacks.

test('service accounts name roles with the trust and permissions of the stack', async () => {
  await deploy('first');
  cluster = await aws.cluster('irsa-test');
  issuer = await issuerOf(aws, 'irsa-test');
  expect(await accounts()).toEqual({
    'default/s3-reader-sa': role('default', 's3-reader-sa', ['AmazonS3ReadOnlyAccess']),
    'default/leaver': role('default', 'leaver'),
    'before/mover': role('before', 'mover'),
    'reports/writer': writer('old'),
  });
  expect(await (await jobsOf(aws, 'irsa-test')).wait('report')).toEqual({ succeeded: true, log: 'old\n' });
});

test('another stack adds its objects, and removes them again', async () => {
  const [before, accountsBefore] = [await look(), await accounts()];
  await deploy('first', 'Consumer');
  expect(Object.keys(await look())).toEqual(expect.arrayContaining(['ServiceAccount consumer', 'ConfigMap of-the-consumer', 'Namespace consumers']));
  expect(await accounts()).toEqual({ ...accountsBefore, 'consumers/consumer': role('consumers', 'consumer') });
  await destroy('first', 'Consumer');
  const { 'Namespace consumers': kept, ...after } = await look();
  expect(kept).toBeDefined();
  expect(after).toEqual(before);
  expect(await accounts()).toEqual(accountsBefore);
});

test('an update that fails says why, and everything is restored', async () => {
  const before = [await look(), await rolesOf(aws), await unchanged()];
  await expect(deploy('bad')).rejects.toThrow(
    /^UPDATE_FAILED Custom::KubernetesObjects ClusterConfigs\w+: ConfigMap default\/bad: 500: \.data\.key: expected string: the rest of .*\ncdk deploy IrsaTestStack failed$/s);
  await expect(deploy('bad')).rejects.toThrow(/^UPDATE_FAILED(?!.*_FAILED)/s); // only the events of the last attempt
  const { 'Namespace after': made, ...after } = await look();
  expect(made).toBeDefined(); // namespaces are never deleted
  expect([after, await rolesOf(aws), await unchanged()]).toEqual(before);
});

test('an update in place changes only what has changed', async () => {
  const [before, unchangedBefore] = [await look(), await unchanged()];
  await deploy('second');
  expect(await accounts()).toEqual({
    'default/s3-reader-sa': role('default', 's3-reader-sa', ['AmazonS3ReadOnlyAccess']),
    'default/joiner': role('default', 'joiner'),
    'after/mover': role('after', 'mover'),
    'reports/writer': writer('new'),
  });
  const {
    'ConfigMap removed': removed, 'ServiceAccount leaver': leaver, 'ServiceAccount mover': mover, 'ConfigMap kept': kept, 'Job report': report, ...others
  } = before;
  const { 'ServiceAccount joiner': joiner, 'ServiceAccount mover': moved, 'ConfigMap kept': stillKept, 'Job report': newReport, ...rest } = await look();
  expect(rest).toEqual(others); // including the account of the renamed construct, with its uid
  expect([removed, leaver, joiner].every(Boolean)).toBe(true);
  expect(moved.uid).not.toBe(mover.uid);
  expect(stillKept.uid).toBe(kept.uid);
  expect([report, newReport].map(({ rest: job }) => job.spec.template.spec.containers[0].command)).toEqual([['echo', 'old'], ['echo', 'new']]);
  expect(await (await jobsOf(aws, 'irsa-test')).wait('report')).toEqual({ succeeded: true, log: 'new\n' });
  expect(await unchanged()).toEqual(unchangedBefore);
});

test('nodes are updated in place, too', async () => {
  const [nodes, others] = [await nodesOf(aws, 'irsa-test', 'nodegroup'), await look()];
  await deploy('nodes');
  expect(await nodesOf(aws, 'irsa-test', 'nodegroup')).toEqual({
    ...nodes, sizes: { minSize: 3, maxSize: 5, desiredSize: 3 }, metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
  });
  expect(await look()).toEqual(others);
});

test('destroying the stack leaves nothing behind', async () => {
  await destroy('second', 'IrsaTestStack');
  expect(await aws.control({ do: 'processes' })).toHaveLength(1);
  expect(await inventoryOf(aws)).toEqual(inventory);
});
