import { accessTo, complete, DENIED, shown, UNKNOWN } from './questions';
import { accountRole, allow, clusterTemplate, job, objects } from '../../templates';

/** What only the role of the nodes of `clusterTemplate` allows. */
const OF_NODE = 'sqs:ListQueues';
const OF_OTHERS = 's3:ListAllMyBuckets';
const REACHABLE = 'ALLOWED, by default UNKNOWN';

const addon = (AddonName: unknown, ClusterName: unknown = { Ref: 'Cluster' }, more: object = {}) =>
  ({ Type: 'AWS::EKS::Addon', Properties: { ClusterName, AddonName, ...more } });
const cluster = (BootstrapSelfManagedAddons: unknown) => ({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', BootstrapSelfManagedAddons } } });
const NO_ADDONS = cluster(false);
const OF_AWS_CDK = { Cluster: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { name: 'prod', bootstrapSelfManagedAddons: false } } } };
const EXISTING = { Cluster: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'prod' } } };

function ask(resources: object, serviceAccountName: string, action = OF_NODE, inCluster?: string, namespace = 'kube-system') {
  const access = accessTo(clusterTemplate({ Other: accountRole('default:other', allow(OF_OTHERS)), ...resources }, { Parameters: { Given: { Type: 'String' } } }));
  return access.assume({ noOtherNodes: true }).pod({ cluster: inCluster, namespace, serviceAccountName, definedElsewhere: true }).decide(action);
}

describe.each(['aws-node', 'kube-proxy'])('the pods of %s', (name) => {
  const addonName = name === 'aws-node' ? 'vpc-cni' : name;

  test.each([
    ['reach the role of their node at a hop limit of 1', {}, REACHABLE],
    ['do if the cluster gets them in any case', cluster(true), REACHABLE],
    ['do with their add-on', { ...NO_ADDONS, Pods: addon(addonName) }, REACHABLE],
    ['may do if only the deployment knows whether the cluster gets them', cluster({ Ref: 'Given' }), UNKNOWN],
  ])('%s', (_, resources, expected) => {
    expect(shown(ask(resources, name))).toBe(expected);
  });

  test.each([
    ['without them', NO_ADDONS],
    ['of aws-cdk without them', OF_AWS_CDK],
    ['with another add-on', { ...NO_ADDONS, Dns: addon('coredns') }],
    ['with an add-on of no cluster', { ...NO_ADDONS, Pods: { Type: 'AWS::EKS::Addon', Properties: { AddonName: addonName } } }],
  ])('are not in a cluster %s', (_, resources) => {
    expect(ask(resources, name).outcome).toBe(DENIED);
  });

  test('may reach the role of nodes of a cluster that the templates only name', () => {
    expect(ask(EXISTING, name).outcome).toBe(UNKNOWN);
  });

  test('of a cluster that may be another one may reach the role of their node', () => {
    expect(ask({ Pods: addon(addonName, { Ref: 'Given' }), ...NO_ADDONS }, name, OF_NODE, 'prod').outcome).toBe(UNKNOWN);
  });

  test('may get the credentials of other pods', () => {
    expect(ask({}, name, OF_OTHERS).outcome).toBe(UNKNOWN);
  });
});

test.each(complete([
  ['of its own account do', { Agent: addon('eks-pod-identity-agent') }, REACHABLE, { account: 'eks-pod-identity-agent' }],
  ['may have the default account of its namespace', { Agent: addon('eks-pod-identity-agent') }, UNKNOWN, { account: 'default' }],
  ['are not there without its add-on', { Agent: addon('coredns') }, DENIED, { account: 'eks-pod-identity-agent' }],
]))('the pods of the EKS Pod Identity agent reach the role of their node: those %s', (_, resources, expected, { account }) => {
  expect(shown(ask(resources, account!))).toBe(expected);
});

test('the pods of other accounts of that namespace do not', () => {
  expect(ask({ Work: objects(job('work', 'app')) }, 'coredns').outcome).toBe(DENIED);
});

describe.each([
  ['aws-ebs-csi-driver', 'kube-system', 'ebs-csi-node-sa'],
  ['aws-efs-csi-driver', 'kube-system', 'efs-csi-node-sa'],
  ['aws-fsx-csi-driver', 'kube-system', 'fsx-csi-node-sa'],
  ['aws-mountpoint-s3-csi-driver', 'kube-system', 's3-csi-driver-sa'],
  ['amazon-cloudwatch-observability', 'amazon-cloudwatch', 'cloudwatch-agent'],
  ['amazon-cloudwatch-observability', 'amazon-cloudwatch', 'neuron-monitor-service-acct'],
  ['eks-node-monitoring-agent', 'kube-system', 'eks-node-monitoring-agent'],
  ['aws-guardduty-agent', 'amazon-guardduty', 'aws-guardduty-agent'],
  ['aws-network-flow-monitoring-agent', 'amazon-network-flow-monitor', 'aws-network-flow-monitor-agent-service-account'],
  ['aws-secrets-store-csi-driver-provider', 'aws-secrets-manager', 'secrets-store-csi-driver'],
  ['prometheus-node-exporter', 'prometheus-node-exporter', 'prometheus-node-exporter'],
])('the pods of the add-on %s in namespace %s with account %s', (addonName, namespace, name) => {
  test('may reach the role of their node', () => {
    expect(ask({ Pods: addon(addonName) }, name, OF_NODE, undefined, namespace).outcome).toBe(UNKNOWN);
  });

  test('may get the credentials of other pods', () => {
    expect(ask({ Pods: addon(addonName) }, name, OF_OTHERS, undefined, namespace).outcome).toBe(UNKNOWN);
  });

  test('may be those of an add-on whose name only the deployment knows', () => {
    expect(ask({ Pods: addon({ Ref: 'Given' }) }, name, OF_NODE, undefined, namespace).outcome).toBe(UNKNOWN);
  });

  test('are not there without the add-on', () => {
    expect(ask({ Pods: addon('coredns') }, name, OF_NODE, undefined, namespace).outcome).toBe(DENIED);
  });

  test('can be in another namespace', () => {
    const resources = { Pods: addon(addonName, { Ref: 'Cluster' }, { NamespaceConfig: { Namespace: 'own' } }) };
    expect(['own', namespace].map((one) => ask(resources, name, OF_NODE, undefined, one).outcome)).toEqual([UNKNOWN, DENIED]);
  });
});

test.each([['datadog_operator'], [{ Ref: 'Given' }]])('an add-on that is not known, %j, has objects that are not read', (addonName) => {
  const { findings } = accessTo(clusterTemplate({ Pods: addon(addonName) }, { Parameters: { Given: { Type: 'String' } } }));
  expect(findings.filter(({ id }) => id === 'unread-objects')).toHaveLength(1);
});

test('those of AWS and of the community are known', () => {
  const { findings } = accessTo(clusterTemplate({ Pods: addon('metrics-server'), Dns: addon('coredns'), Disks: addon('aws-ebs-csi-driver') }));
  expect(findings.filter(({ id }) => id === 'unread-objects')).toEqual([]);
});

test('they are no principals of their own, because the templates do not define them', () => {
  const names = accessTo(clusterTemplate()).principals.map(({ name }) => name);
  expect(names).toEqual(['nodes of nodegroup Nodes']);
});

test('they can be asked about as what the templates have', () => {
  expect(accessTo(clusterTemplate()).pod({ namespace: 'kube-system', serviceAccountName: 'aws-node' }).name).toBe('pods of service account kube-system/aws-node');
});
