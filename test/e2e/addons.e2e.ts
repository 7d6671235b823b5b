import { changeStack, StackState } from './change-sets';
import { eksCluster } from './eks-clusters';
import { askAgent, association, associationsOf, makeRole } from './pod-identities';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await makeRole(aws, 'one');
  await makeRole(aws, 'two');
  await aws.control({ do: 'start_cluster', name: 'test' });
});
afterAll(() => aws?.stop());

let changes = 0;
const made = new Set<string>();
/** Creates or updates a stack. */
function change(stack: string, Resources: object): Promise<StackState> {
  const type = made.has(stack) ? 'UPDATE' : 'CREATE';
  made.add(stack);
  return changeStack(aws, stack, { Resources }, { type, name: `change-${++changes}` });
}
const addon = (cluster: string, name: string, properties: object = {}) => ({ Type: 'AWS::EKS::Addon', Properties: { ClusterName: cluster, AddonName: name, ...properties } });
const names = async (cluster: string) => (await aws.ask('eks', 'list-addons', '--cluster-name', cluster)).addons;
const describeAddon = async (name: string) => (await aws.ask('eks', 'describe-addon', '--cluster-name', 'test', '--addon-name', name)).addon;
const withRole = (account: string, role: string) => ({ PodIdentityAssociations: [{ ServiceAccount: account, RoleArn: arnOf(role) }] });

describe('a stack', () => {
  const CNI = { AddonVersion: 'v1.20.4-eksbuild.1', ConfigurationValues: '{"env":{"WARM_IP_TARGET":"1"}}', ResolveConflicts: 'OVERWRITE' };

  test('creates add-ons, and the associations that they own', async () => {
    const all = { Cni: addon('test', 'vpc-cni', { ...CNI, ...withRole('aws-node', 'one') }), Proxy: addon('test', 'kube-proxy') };
    expect(await change('test', all)).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await names('test')).toEqual(['kube-proxy', 'vpc-cni']);
    const described = await describeAddon('vpc-cni');
    expect(described).toMatchObject({
      status: 'ACTIVE',
      addonVersion: CNI.AddonVersion,
      configurationValues: CNI.ConfigurationValues,
      addonArn: expect.stringMatching(/^arn:aws:eks:us-west-2:123456789012:addon\/test\/vpc-cni\/[0-9a-f-]{36}$/),
      podIdentityAssociations: [expect.stringContaining('podidentityassociation/test/a-')],
    });
    expect(await associationsOf(aws, 'test')).toEqual({
      'aws-node': expect.objectContaining({ namespace: 'kube-system', roleArn: arnOf('one'), ownerArn: described.addonArn }),
    });
  });

  test('changes version, configuration and roles in place, and deletes an add-on with its associations', async () => {
    const { addonArn, podIdentityAssociations } = await describeAddon('vpc-cni');
    const values = 'env:\n  WARM_IP_TARGET: "2"\n';
    const next = { AddonVersion: 'v1.21.0-eksbuild.1', ConfigurationValues: values, ServiceAccountRoleArn: arnOf('irsa'), ...withRole('aws-node', 'two') };
    expect(await change('test', { Cni: addon('test', 'vpc-cni', next) })).toEqual({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await names('test')).toEqual(['vpc-cni']);
    expect(await describeAddon('vpc-cni')).toMatchObject({
      addonArn, podIdentityAssociations, addonVersion: next.AddonVersion, configurationValues: values, serviceAccountRoleArn: arnOf('irsa'),
    });
    expect(await associationsOf(aws, 'test')).toEqual({ 'aws-node': expect.objectContaining({ roleArn: arnOf('two') }) });
    expect(await change('test', { Cni: addon('test', 'vpc-cni', withRole('aws-node', 'none')) })).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE', failures: ['UPDATE_FAILED Cni: InvalidParameterException: Role provided in the request does not exist.'],
    });
    expect(await associationsOf(aws, 'test')).toEqual({ 'aws-node': expect.objectContaining({ roleArn: arnOf('two') }) });
    await aws.ask('cloudformation', 'delete-stack', '--stack-name', 'test');
    expect([await names('test'), await associationsOf(aws, 'test')]).toEqual([[], {}]);
  });

  test('keeps the agent in the cluster that it preserves', async () => {
    const uri = await aws.control({ do: 'pod_identity_agent', cluster: 'test' });
    await change('agent', { Agent: addon('test', 'eks-pod-identity-agent', { PreserveOnDelete: true }) });
    await aws.ask('cloudformation', 'delete-stack', '--stack-name', 'agent');
    expect(await names('test')).toEqual([]);
    expect(await askAgent(uri, '')).toMatchObject({ status: 400 });
  });

  test('fails with an add-on that exists, which stays', async () => {
    await change('first', { Proxy: addon('test', 'kube-proxy') });
    expect(await change('second', { Proxy: addon('test', 'kube-proxy') })).toEqual({
      status: 'ROLLBACK_COMPLETE', failures: ['CREATE_FAILED Proxy: ResourceInUseException: Addon already exists.'],
    });
    expect(await names('test')).toEqual(['kube-proxy']);
  });

  test('fails with an association that exists, and leaves no add-on', async () => {
    await change('association', { Node: association('test', 'aws-node', 'one', { Namespace: 'kube-system' }) });
    expect(await change('refused', { Cni: addon('test', 'vpc-cni', withRole('aws-node', 'two')) })).toEqual({
      status: 'ROLLBACK_COMPLETE', failures: [expect.stringMatching(/^CREATE_FAILED Cni: ResourceInUseException: Association already exists: a-/)],
    });
    expect(await names('test')).toEqual(['kube-proxy']);
    expect(await associationsOf(aws, 'test')).toEqual({ 'aws-node': expect.objectContaining({ roleArn: arnOf('one') }) });
  });

  test('fails with a property that the local AWS does not know', async () => {
    expect((await change('unknown', { Dns: addon('test', 'coredns', { NamespaceConfig: { Namespace: 'dns' } }) })).failures)
      .toEqual(['CREATE_FAILED Dns: the local AWS does not know NamespaceConfig of AWS::EKS::Addon']);
  });
});

test.each([
  ['an add-on in a cluster that does not exist', ['--addon-name', 'coredns', '--cluster-name', 'none'], 'ResourceNotFoundException', 'No cluster found for name: none.'],
  ['a service account that is not one of the add-on', ['--addon-name', 'coredns', '--pod-identity-associations', 'serviceAccount=coredns,roleArn=any'], 'InvalidParameterException',
    'Service account coredns in pod identity configuration is not supported for addon coredns'],
  ['a role that does not exist', ['--addon-name', 'aws-ebs-csi-driver', '--pod-identity-associations', `serviceAccount=ebs-csi-controller-sa,roleArn=${arnOf('none')}`],
    'InvalidParameterException', 'Role provided in the request does not exist.'],
  ['a configuration that is not YAML', ['--addon-name', 'coredns', '--configuration-values', '{'], 'InvalidParameterException',
    'ConfigurationValue provided in request is not supported: it is neither JSON nor YAML'],
  ['a configuration that is not a map', ['--addon-name', 'coredns', '--configuration-values', '[]'], 'InvalidParameterException',
    'ConfigurationValue provided in request is not supported: it is not a map'],
])('EKS refuses %s', async (_, args, code, message) => {
  const { output } = await aws.aws(['eks', 'create-addon', '--cluster-name', 'test', ...args]);
  expect(output.trim()).toBe(`An error occurred (${code}) when calling the CreateAddon operation: ${message}`);
});

test('in EKS Auto Mode, the agent runs without an add-on', async () => {
  const cluster = eksCluster('auto');
  await change('auto', { Cluster: { ...cluster, Properties: { ...cluster.Properties, ComputeConfig: { Enabled: true }, BootstrapSelfManagedAddons: false } } });
  expect(await names('auto')).toEqual([]);
  expect(await askAgent(await aws.control({ do: 'pod_identity_agent', cluster: 'auto' }), '')).toMatchObject({ status: 400 });
});
