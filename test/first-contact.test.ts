import { App, Stack } from 'aws-cdk-lib';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  IIrsaCluster, IrsaCluster, KubernetesObjects, PodCredentials, policies,
  ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject, ServiceAccountWithRole,
} from '../lib';
import { newCluster, newStack, version } from './stacks';

/** What JavaScript passes, and tsx, which checks no types. */
const any = (value: unknown): any => value;

describe('a mistake that TypeScript would find is an error without it, too:', () => {
  const account = (props: object) => () => {
    const stack = newStack('Apps');
    new ServiceAccountWithRole(stack, 'Reader', any({ cluster: newCluster(stack), serviceAccountName: 'reader', ...props }));
  };
  const cluster = (props: object) => () => void new IrsaCluster(newStack('Apps'), 'Cluster', any({ version, ...props }));
  const objects = (props: unknown) => () => void newCluster(newStack('Apps')).addKubernetesObjects('Config', any(props));
  const ofAwsCdk = (stack: Stack) => new eks.Cluster(stack, 'Eks', { version });

  test.each<[string, () => void, string]>([
    ['nameSpace', account({ nameSpace: 'reports' }),
      'Apps/Reader: nameSpace is not a property of ServiceAccountWithRoleProps: did you mean namespace?'],
    ['name for serviceAccountName', account({ serviceAccountName: undefined, name: 'reader' }),
      'Apps/Reader: name is not a property of ServiceAccountWithRoleProps: did you mean roleName or serviceAccountName?'],
    ['identityType, as addServiceAccount of aws-eks-v2 takes it', account({ identityType: eks.IdentityType.POD_IDENTITY }),
      'Apps/Reader: identityType is not a property of ServiceAccountWithRoleProps: did you mean podCredentials: PodCredentials.podIdentity()?'],
    ['overwriteServiceAccount, as addServiceAccount of aws-eks-v2 takes it', account({ overwriteServiceAccount: true }),
      'Apps/Reader: overwriteServiceAccount is not a property of ServiceAccountWithRoleProps: did you mean existing: ExistingObjects.TAKE_OVER?'],
    ['overwrite, as a KubernetesManifest of aws-eks-v2 takes it', objects({ objects: [], overwrite: true }),
      'Apps/Cluster/Config: overwrite is not a property of KubernetesObjectsProps: did you mean existing: ExistingObjects.TAKE_OVER?'],
    ['the agent of a new cluster', cluster({ installPodIdentityAgent: true }),
      'Apps/Cluster: installPodIdentityAgent is not a property of IrsaClusterProps: did you mean podCredentials: PodCredentials.podIdentity()? It installs the agent in a new cluster'],
    ['no version, for a cluster that exists', cluster({ version: undefined, clusterName: 'prod' }),
      'Apps/Cluster: version is undefined, but must be a KubernetesVersion, such as eks.KubernetesVersion.of(\'1.36\'): for a cluster that exists, use IrsaCluster.fromIrsaClusterAttributes(…)'],
    ['the policy of a controller among the managed policies', account({ managedPolicies: [new policies.ClusterAutoscalerPolicy()] }),
      'Apps/Reader: managedPolicies[0] is a ClusterAutoscalerPolicy, but must be an IManagedPolicy, such as iam.ManagedPolicy.fromAwsManagedPolicyName(\'AmazonS3ReadOnlyAccess\'): '
      + 'put it into controllerPolicies of the role'],
    ['a list of inline policies', account({ inlinePolicies: [new iam.PolicyDocument()] }),
      'Apps/Reader: inlinePolicies is a list, but must be an object, such as { name: new iam.PolicyDocument({ statements: [ … ] }) }'],
    ['a service account by its name, for a role', () => {
      const stack = newStack('Apps');
      new ServiceAccountRole(stack, 'Reader', any({ cluster: newCluster(stack), serviceAccountName: 'reader', namespace: 'reports' }));
    }, 'Apps/Reader: serviceAccountName is not a property of ServiceAccountRoleProps: its properties are cluster, controllerPolicies, description, inlinePolicies, managedPolicies, maxSessionDuration, path, '
      + 'permissionsBoundary, podCredentials, roleName, subjects, for example { cluster, subjects: [ServiceAccountSubject.exact(\'namespace\', \'name\')] }'],
    ['no cluster', account({ cluster: undefined }),
      'Apps/Reader: cluster is undefined, but must be an IIrsaCluster, such as an IrsaCluster, IrsaCluster.fromEksCluster(…) for a cluster of aws-eks-v2, or IrsaCluster.fromEksV1Cluster(…) for one of aws-eks'],
    ['no properties', () => void new ServiceAccountWithRole(newStack('Apps'), 'Reader', any(undefined)),
      'Apps/Reader: props is undefined, but must be an object of type ServiceAccountWithRoleProps: it requires cluster'],
    ['an eks.Cluster as cluster', () => {
      const stack = newStack('Apps');
      new ServiceAccountWithRole(stack, 'Reader', { cluster: any(ofAwsCdk(stack)), serviceAccountName: 'reader' });
    }, 'Apps/Reader: cluster is a Cluster, but must be an IIrsaCluster, such as an IrsaCluster, IrsaCluster.fromEksCluster(…) for a cluster of aws-eks-v2, or IrsaCluster.fromEksV1Cluster(…) for one of aws-eks'],
    ['the eksCluster of an IrsaCluster as cluster', () => {
      const stack = newStack('Apps');
      new KubernetesObjects(stack, 'Jobs', { cluster: any(newCluster(stack).eksCluster), objects: [] });
    }, 'Apps/Jobs: cluster is a Cluster, but must be an IKubernetesCluster, such as an IrsaCluster, IrsaCluster.fromEksCluster(…) for a cluster of aws-eks-v2, or IrsaCluster.fromEksV1Cluster(…) for one of aws-eks'],
    ['an imported cluster of aws-eks as cluster', () => {
      const stack = newStack('Apps');
      new ServiceAccountWithRole(stack, 'Reader', { cluster: any(eksV1.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'a' })), serviceAccountName: 'reader' });
    }, 'Apps/Reader: cluster is an ImportedCluster, but must be an IIrsaCluster, such as an IrsaCluster, IrsaCluster.fromEksCluster(…) for a cluster of aws-eks-v2, or IrsaCluster.fromEksV1Cluster(…) for one of aws-eks'],
    ['a cluster of the app\'s own class, with all that the interface shows', () => {
      const { node, clusterName, clusterArn, clusterEndpoint, clusterCertificateAuthorityData, issuer, openIdConnectProviderArn, audience } = newCluster(newStack('Apps'));
      const own = { node, clusterName, clusterArn, clusterEndpoint, clusterCertificateAuthorityData, issuer, openIdConnectProviderArn, audience };
      new ServiceAccountWithRole(Stack.of(node.scope!), 'Reader', { cluster: any(own), serviceAccountName: 'reader' });
    }, 'Apps/Reader: cluster is an object, but must be an IIrsaCluster, such as an IrsaCluster, IrsaCluster.fromEksCluster(…) for a cluster of aws-eks-v2, or IrsaCluster.fromEksV1Cluster(…) for one of aws-eks'],
    ['an eks.Cluster that a role is to trust', () => {
      const stack = newStack('Apps');
      const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader' });
      (reader.serviceAccountRole as ServiceAccountRole).addTrust(any(ofAwsCdk(stack)), reader.subject);
    }, 'Apps/Reader/Role: cluster is a Cluster, but must be an IIrsaCluster, such as an IrsaCluster, IrsaCluster.fromEksCluster(…) for a cluster of aws-eks-v2, or IrsaCluster.fromEksV1Cluster(…) for one of aws-eks'],
    ['a version as a string', cluster({ version: '1.35' }),
      'Apps/Cluster: version is a string, but must be a KubernetesVersion, such as eks.KubernetesVersion.of(\'1.36\')'],
    ['instanceType', cluster({ nodegroups: [{ instanceType: 'm7g.large' }] }),
      'Apps/Cluster: nodegroups[0].instanceType is not a property of IrsaNodegroupOptions: did you mean instanceTypes?'],
    ['min', cluster({ nodegroups: [{ min: 3 }] }),
      'Apps/Cluster: nodegroups[0].min is not a property of IrsaNodegroupOptions: did you mean minSize?'],
    ['defaultCapacity, as aws-eks-v2 takes it', cluster({ defaultCapacity: 2 }),
      'Apps/Cluster: defaultCapacity must be omitted: use nodegroups or autoMode instead'],
    ['defaultCapacityInstance', cluster({ defaultCapacityInstance: undefined, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP }),
      'Apps/Cluster: defaultCapacityType must be omitted: use nodegroups or autoMode instead'],
    ['Auto Mode', cluster({ compute: { nodePools: ['system'] } }),
      'Apps/Cluster: compute must be omitted: use nodegroups or autoMode instead'],
    ['no properties of a cluster', () => void new IrsaCluster(newStack('Apps'), 'Cluster', any(undefined)),
      'Apps/Cluster: props is undefined, but must be an object of type IrsaClusterProps: it requires version'],
    ['an instance type as a string', cluster({ nodegroups: [{ instanceTypes: ['m7g.large'] }] }),
      'Apps/Cluster: nodegroups[0].instanceTypes[0] is a string, but must be an InstanceType, such as new ec2.InstanceType(\'m7g.large\')'],
    ['a policy as a string', account({ managedPolicies: ['AmazonS3ReadOnlyAccess'] }),
      'Apps/Reader: managedPolicies[0] is a string, but must be an IManagedPolicy, such as iam.ManagedPolicy.fromAwsManagedPolicyName(\'AmazonS3ReadOnlyAccess\')'],
    ['a permissions boundary as a string', account({ permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
      'Apps/Reader: permissionsBoundary is a string, but must be an IManagedPolicy, such as iam.ManagedPolicy.fromAwsManagedPolicyName(\'AmazonS3ReadOnlyAccess\')'],
    ['an inline policy as JSON', account({ inlinePolicies: { Read: { Version: '2012-10-17', Statement: [] } } }),
      'Apps/Reader: inlinePolicies[\'Read\'] is an object, but must be a PolicyDocument, such as new iam.PolicyDocument({ statements: [ … ] })'],
    ['the account in place of its role', account({ serviceAccountRole: new ServiceAccountWithRole(newStack(), 'Other', { cluster: newCluster(newStack()), serviceAccountName: 'a' }) }),
      'Apps/Reader: serviceAccountRole is a ServiceAccountWithRole, but must be an IServiceAccountRole, such as new ServiceAccountRole(…), '
      + 'the serviceAccountRole of a ServiceAccountWithRole, or ServiceAccountRole.fromRole(…) for an iam.Role'],
    ['a manifest, as addManifest of aws-cdk takes it', objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }),
      'Apps/Cluster/Config: apiVersion is not a property of KubernetesObjectsProps: its properties are charts, cluster, existing, objects, waitFor, waitTimeout'],
    ['a grant to a set', () => {
      const stack = newStack('Apps');
      new s3.Bucket(stack, 'Bucket').grantRead(any(new ServiceAccountSet(stack, 'Team', { cluster: newCluster(stack) })));
    }, 'Apps/Team: a ServiceAccountSet has no role, so you cannot grant it permissions: grant them to its service accounts, which addServiceAccountWithRole returns'],
    ['a subject of a pattern for a single account', () => void ServiceAccountSubject.exact('team-*', 'reader'),
      'ServiceAccountSubject.exact: namespace is "team-*", but must be one exact name, without * and ?: '
      + 'for a pattern, use a ServiceAccountRole with ServiceAccountSubject.pattern(namespacePattern, serviceAccountNamePattern)'],
    ['seconds', account({ tokenExpiration: 3600 }),
      'Apps/Reader: tokenExpiration is 3600, but must be a Duration, such as Duration.hours(1)'],
    ['one object in place of a list', objects({ objects: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } }),
      'Apps/Cluster/Config: objects is an object, but must be a list'],
    ['a file in place of a chart', objects({ charts: ['jobs.yaml'] }),
      'Apps/Cluster/Config: charts[0] is a string, but must be an IKubernetesChart, such as new cdk8s.Chart(new cdk8s.App(), …)'],
    ['an object in place of a chart', objects({ charts: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }] }),
      'Apps/Cluster/Config: charts[0] is an object, but must be an IKubernetesChart, such as new cdk8s.Chart(new cdk8s.App(), …)'],
    ['one chart in place of a list', objects({ charts: { toJson: () => [] } }),
      'Apps/Cluster/Config: charts is an object, but must be a list of IKubernetesChart, such as [new cdk8s.Chart(new cdk8s.App(), …)]'],
    ['existing: true', objects({ objects: [], existing: true }),
      'Apps/Cluster/Config: existing is true, but must be one of ExistingObjects.REFUSE, ExistingObjects.KEEP, ExistingObjects.TAKE_OVER'],
    ['an image family as a string', cluster({ nodegroups: [{ amiFamily: 'BOTTLEROCKET' }] }),
      'Apps/Cluster: nodegroups[0].amiFamily is a string, but must be a NodeAmiFamily, such as NodeAmiFamily.BOTTLEROCKET'],
    ['a size as a number', cluster({ nodegroups: [{ disk: 100 }] }),
      'Apps/Cluster: nodegroups[0].disk is 100, but must be an object of type NodeVolume, such as { size: Size.gibibytes(100) }'],
    ['a capacity type that nobody offers', cluster({ nodegroups: [{ capacityType: 'spot' }] }),
      'Apps/Cluster: nodegroups[0].capacityType is "spot", but must be one of CapacityType.SPOT, CapacityType.ON_DEMAND, CapacityType.CAPACITY_BLOCK: did you mean CapacityType.SPOT?'],
    ['a kubelet configuration as YAML', cluster({ nodegroups: [{ kubelet: 'maxPods: 20' }] }),
      'Apps/Cluster: nodegroups[0].kubelet is a string, but must be an object'],
    ['kubectlProviderOptions without a layer', cluster({ kubectlProviderOptions: {} }),
      'Apps/Cluster: kubectlProviderOptions.kubectlLayer is undefined, but must be an ILayerVersion, such as new KubectlV36Layer(…) of @aws-cdk/lambda-layer-kubectl-v36'],
    ['CoreDNS on AWS Fargate without kubectl', cluster({ coreDnsComputeType: eks.CoreDnsComputeType.FARGATE }),
      'Apps/Cluster: kubectlProviderOptions must be set with eks.CoreDnsComputeType.FARGATE: aws-eks-v2 moves CoreDNS to AWS Fargate with kubectl; '
      + 'for example to { kubectlLayer: new KubectlV36Layer(…) } of @aws-cdk/lambda-layer-kubectl-v36'],
    ['a method that is not called', account({ podCredentials: PodCredentials.irsa }),
      'Apps/Reader: podCredentials is a function, but must be a PodCredentials, such as PodCredentials.irsa(): call it'],
    ['the class of a policy', account({ controllerPolicies: [policies.ClusterAutoscalerPolicy] }),
      'Apps/Reader: controllerPolicies[0] is the class ClusterAutoscalerPolicy, but must be an IControllerPolicy, such as new policies.ClusterAutoscalerPolicy()'],
    ['no name', account({ serviceAccountName: undefined }),
      'Apps/Reader: serviceAccountName must be set: for example to \'reader\'; only the policy of a controller in controllerPolicies gives it a default'],
    ['no subjects', () => {
      const stack = newStack('Apps');
      new ServiceAccountRole(stack, 'Reader', { cluster: newCluster(stack) });
    }, 'Apps/Reader: subjects must be set: for example to [ServiceAccountSubject.exact(\'namespace\', \'name\')]; only the policy of a controller in controllerPolicies gives them a default'],
    ['no properties of a policy', () => void new policies.ExternalDnsPolicy(any(undefined)),
      'ExternalDnsPolicy: props is undefined, but must be an object of type ExternalDnsPolicyProps, such as { hostedZones: [zone] } or { allHostedZones: true }'],
    ['a hosted zone by its name', () => void new policies.ExternalDnsPolicy({ hostedZones: any(['example.com']) }),
      'ExternalDnsPolicy: props.hostedZones[0] is a string, but must be an IHostedZone, such as route53.HostedZone.fromHostedZoneId(this, \'Zone\', \'Z…\'), '
      + 'route53.HostedZone.fromLookup(…) or new route53.PublicHostedZone(…)'],
    ['a tag that is a number', cluster({ nodegroups: [{ tags: { cost: 5 } }] }),
      'Apps/Cluster: nodegroups[0].tags[\'cost\'] is 5, but must be a string'],
    ['null', account({ namespace: null }),
      'Apps/Reader: namespace is null, but must be a string'],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(new Error(message));
  });
});

describe('what TypeScript accepts is accepted:', () => {
  test('a property that has no value', () => {
    const stack = newStack();
    expect(() => new ServiceAccountWithRole(stack, 'Reader', any({ cluster: newCluster(stack), serviceAccountName: 'reader', nameSpace: undefined }))).not.toThrow();
  });

  test('a cluster of another language, whose objects have no class', () => {
    const stack = newStack();
    const real = newCluster(stack);
    const proxy = new Proxy(real, {});
    expect(() => new ServiceAccountWithRole(stack, 'Reader', { cluster: proxy as IIrsaCluster, serviceAccountName: 'reader' })).not.toThrow();
  });
});

test.each<[string, (cluster: IrsaCluster) => void]>([
  ['addServiceAccountWithRole', (cluster) => cluster.addServiceAccountWithRole('A', any({ serviceAccountName: 'a', cluster: newCluster(newStack('Other')) }))],
  ['addKubernetesObjects', (cluster) => cluster.addKubernetesObjects('A', any({ objects: [], cluster: newCluster(newStack('Other')) }))],
  ['addNodegroup', (cluster) => cluster.addNodegroup('A', any({ cluster: newCluster(newStack('Other')).eksCluster }))],
])('%s fails for another cluster, which a spread can bring', (method, call) => {
  const own = method === 'addNodegroup' ? 'Apps/Cluster/Cluster' : 'Apps/Cluster';
  expect(() => call(newCluster(newStack('Apps')))).toThrow(new Error(
    `Apps/Cluster: cluster must be omitted: the method uses ${own}; for another cluster, call its method`));
});

test('one stack with env and one without', () => {
  const app = new App();
  const cluster = newCluster(newStack('Platform', { env: { account: '123456789012', region: 'eu-central-1' } }, app));
  const without = new Stack(app, 'Apps');
  const message = 'stack Apps has no env, but stack Platform of the cluster has the account 123456789012 and region eu-central-1 in its env: give both stacks the same env, or neither';
  expect(() => new ServiceAccountWithRole(without, 'Reader', { cluster, serviceAccountName: 'reader' })).toThrow(new Error(`Apps/Reader/Role: ${message}`));
  expect(() => new KubernetesObjects(without, 'Jobs', { cluster, objects: [] })).toThrow(new Error(`Apps/Jobs: ${message}`));
});

test('an error shows the line of the app, and no line of the library', () => {
  let error: Error | undefined;
  try {
    new IrsaCluster(newStack(), 'Cluster', { version, nodegroups: [{ instanceTypes: ['m7g.large' as any] }] });
  } catch (thrown) {
    error = thrown as Error;
  }
  const [message, first] = error!.stack!.split('\n');
  expect([message, first]).toEqual([expect.stringMatching(/^Error: Stack\/Cluster: nodegroups\[0\].instanceTypes\[0\] is a string/), expect.stringMatching(/first-contact\.test\.ts/)]);
  expect(error!.stack).not.toMatch(/[\\/]lib[\\/]/);
});
